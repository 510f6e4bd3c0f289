"""Saying yes to a round, skipping it, pausing; taking part in a congregation's pairing or not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from circles.services import present
from congregation.access import round_view
from congregation.models import Congregation
from dyads import answer_links
from dyads.answer_links import Asked
from dyads.errors import TooLateToAnswer
from dyads.forms.rounds import AnswerForm, PauseForm
from dyads.models import Openness, PairingRound, Place
from dyads.services import places
from pages.respond import go, page
from people.signed_in import person_of


@require_POST
@round_view(PairingRound)
def answer_round(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """Yes, or not this one; until the pairing is made."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            places.answer(round=round, by=person_of(request), answer=form.cleaned_data["answer"])
        except TooLateToAnswer as error:
            context = {"circle": round.congregation, "round": round, "error": error}
            return page(request, "dyads/too_late.html", context, status=409)
        except CircleError as error:
            messages.warning(request, str(error))
    return go(request, round)


# The signed address is what allows the answer, not a cookie: nothing can be forged with it, and
# it works where a mail program's own browser keeps no cookies.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_mail(request: HttpRequest, token: str, said: str) -> HttpResponseBase:
    """Shows what the link will do, and does it when the button is pressed."""
    asked = answer_links.read(token)
    if asked is None or said not in {Place.Answer.IN, Place.Answer.SKIP}:
        return page(request, "dyads/answer_unknown.html", status=404)
    status = 200
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if form.is_valid():
            answer = form.cleaned_data["answer"]
            try:
                places.answer(round=asked.round, by=asked.person, answer=answer)
                return go(request, "dyads:answer_from_mail", token, answer.value)
            except CircleError:
                # What stands in the way is what the page says anyway.
                asked, status = answer_links.read(token) or asked, 409
    with timezone.override(asked.person.zone):
        return page(request, "dyads/answer_from_mail.html", _shown(asked, said), status=status)


def _shown(asked: Asked, said: str) -> dict[str, object]:
    """What the page says: nothing of the congregation but its name and when it pairs."""
    round, person = asked.round, asked.person
    place = round.places.filter(person=person).first()
    sits = round.congregation.is_open and present(round.congregation, person)
    state = round.state(timezone.now()) if sits else "left"
    return {
        "person": person,
        "circle": round.congregation,
        "round": round,
        "state": state,
        "wished": said,
        "answered": place.answer if place else "",
        "has_no_hours": not person.suitable_hours,
        "token": answer_links.token_for(round, person),
    }


@require_POST
@circle_view(Congregation)
def take_part(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """Be paired in this congregation from now on."""
    person = person_of(request)
    try:
        places.take_part(congregation=congregation, by=person)
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        if not person.suitable_hours:
            messages.success(request, _("You take part. Now say which hours suit you."))
            return go(request, "people:hours")
        messages.success(
            request, _("You take part. Some days before a pairing you hear of it, and may skip it.")
        )
    return go(request, congregation)


@require_POST
@circle_view(Congregation)
def stop_taking_part(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """Be paired here no more."""
    with saying(request, _("You are paired no more. Come back whenever you like.")):
        places.stop_taking_part(congregation=congregation, by=person_of(request))
    return go(request, congregation)


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest) -> HttpResponseBase:
    """Be paired by no round until a day; or take that back."""
    person = person_of(request)
    openness = Openness.objects.filter(person=person).first()
    now_until = openness.paused_until if openness else None
    form = PauseForm(
        request.POST if "until" in request.POST else None,
        person=person,
        initial={"until": now_until} if now_until else None,
    )
    if "take_back" in request.POST:
        places.pause_until(by=person, until=None)
        messages.success(request, _("Good to have you back. The next round counts you in."))
        return go(request, "dyads:pause_pairing")
    if request.method == "POST" and form.is_valid():
        places.pause_until(by=person, until=form.cleaned_data["until"])
        messages.success(request, _("You are left in peace until then."))
        return go(request, "dyads:pause_pairing")
    context = {
        "form": form,
        "until": now_until,
        "is_paused": bool(now_until and now_until > form.today),
    }
    return page(request, "dyads/pause.html", context, status=422 if form.errors else 200)

"""Looking back, going on, pausing, and closing with thanks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from dyads import services
from dyads.errors import LookBackIsOver
from dyads.forms.ending import LookBackForm, PauseForm, ThanksForm
from dyads.models import Dyad, LookBack, LookBackAnswer
from dyads.rules.ending import GOODBYES, Choice
from dyads.showing import ending as showing
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def ask_look_back(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Say what a look back is, and ask for one; the one that waits is shown instead."""
    if waiting := LookBack.objects.alive().filter(dyad=dyad).first():
        return go(request, waiting)
    if request.method == "GET":
        return page(request, "dyads/ask_look_back.html", {"circle": dyad})
    try:
        look_back = services.ask_look_back(dyad=dyad, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, dyad)
    messages.success(request, _("They hear by mail. You can say yours already."))
    return go(request, look_back)


def _look_back(dyad: Dyad, number: int) -> LookBack:
    found = get_object_or_404(dyad.look_backs, pk=number)
    found.dyad = dyad
    return found


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def look_back(request: HttpRequest, dyad: Dyad, number: int) -> HttpResponseBase:
    """Answer while it waits; read when both have."""
    found = _look_back(dyad, number)
    if found.is_asking and dyad.is_open:
        return _asking(request, found)
    if request.method == "POST":
        is_open = _("You have both answered. Read it together.")
        messages.info(request, is_open if found.is_open else str(LookBackIsOver()))
        return go(request, found)
    if found.outcome == Choice.CLOSE:
        return go(request, "dyads:ending", dyad.pk)
    person = person_of(request)
    wished = services.as_before(dyad, timezone.now()) if _waits(found, Choice.CONTINUE) else None
    context: dict[str, Any] = {
        "circle": dyad,
        "look_back": found,
        "said": showing.said_in(found, person) if found.is_open else [],
        "as_before": showing.as_before_in_words(wished, person) if wished else "",
        "goes_on": _waits(found, Choice.CONTINUE),
        "form": _pause_form(found) if _waits(found, Choice.PAUSE) else None,
        "pause_is_over": found.pause_is_over(timezone.localdate()),
    }
    return page(request, "dyads/look_back_open.html", context)


def _waits(look_back: LookBack, outcome: Choice) -> bool:
    """Whether this is what waits to be done."""
    is_alive = look_back.settled_at is None and look_back.dyad.is_open
    return is_alive and look_back.outcome == outcome


def _pause_form(look_back: LookBack) -> PauseForm:
    over = look_back.pause_is_over(timezone.localdate())
    return PauseForm(initial={"until": None if over else look_back.pauses_until})


def _mine(look_back: LookBack, person: Person) -> LookBackAnswer | None:
    return LookBackAnswer.objects.filter(look_back=look_back, person=person).first()


def _other(dyad: Dyad, person: Person) -> Person | None:
    others = dyad.memberships.present().exclude(person=person).select_related("person")
    seat = others.first()
    return seat.person if seat else None


def _asking(request: HttpRequest, look_back: LookBack) -> HttpResponseBase:
    person = person_of(request)
    mine = _mine(look_back, person)
    first = {name: getattr(mine, name) for name in ("choice", "received", "word")} if mine else {}
    form = LookBackForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            found = services.answer_look_back(look_back=look_back, by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            if not found.is_open:
                messages.success(
                    request, _("Kept closed. You can change it until both have answered.")
                )
                return go(request, look_back.dyad)
            return go(request, look_back)
    context = {
        "circle": look_back.dyad,
        "look_back": look_back,
        "mine": mine,
        "form": form,
        "other": _other(look_back.dyad, person),
    }
    return page(request, "dyads/look_back.html", context, status=422 if form.errors else 200)


def _hears(said: str, other: Person | None) -> str:
    return said.format(other=other.first_name if other else _("The other"))


@require_POST
@circle_view(Dyad)
def go_on(request: HttpRequest, dyad: Dyad, number: int) -> HttpResponseBase:
    """Set the meetings again as they were."""
    found, by = _look_back(dyad, number), person_of(request)
    said = _hears(_("Your meetings are set. {other} hears by mail."), _other(dyad, by))
    with saying(request, said):
        services.go_on(look_back=found, by=by)
    return go(request, dyad)


@require_POST
@circle_view(Dyad)
def wake(request: HttpRequest, dyad: Dyad, number: int) -> HttpResponseBase:
    """The pause is over."""
    found, by = _look_back(dyad, number), person_of(request)
    said = _hears(_("You begin again. {other} hears by mail."), _other(dyad, by))
    with saying(request, said):
        services.wake(look_back=found, by=by)
    return go(request, dyad)


@require_POST
@circle_view(Dyad)
def rest_until(request: HttpRequest, dyad: Dyad, number: int) -> HttpResponseBase:
    """Choose another day on which both are asked."""
    found = _look_back(dyad, number)
    form = PauseForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            services.rest_until(look_back=found, by=person_of(request), until=until)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("That day is kept. You are both asked then."))
            return go(request, found)
    context = {
        "circle": dyad,
        "look_back": found,
        "said": showing.said_in(found, person_of(request)) if found.is_open else [],
        "form": form,
        "pause_is_over": found.pause_is_over(timezone.localdate()),
    }
    return page(request, "dyads/look_back_open.html", context, status=422)


@require_POST
@circle_view(Dyad)
def close_together(request: HttpRequest, dyad: Dyad, number: int) -> HttpResponseBase:
    """The closing words were read."""
    found = _look_back(dyad, number)
    try:
        services.close_together(look_back=found, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, dyad)
    messages.success(request, _("Your dyad has come to a good end."))
    return go(request, "dyads:ending", dyad.pk)


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def ending(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """What you received from each other: read together, then kept as the last page."""
    found = dyad.look_backs.filter(outcome=Choice.CLOSE).order_by("-opened_at").first()
    if found is None:
        raise Http404
    found.dyad = dyad
    person = person_of(request)
    mine = _mine(found, person)
    first = {"received": mine.received, "word": mine.word} if mine else {}
    form = ThanksForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_thanks(look_back=found, by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It stands on the last page."))
            return go(request, "dyads:ending", dyad.pk)
    said = showing.said_in(found, person)
    context = {
        "circle": dyad,
        "look_back": found,
        "said": said,
        # Without the other’s words nobody reads anything new here.
        "form": form if services.page_is_open(found, dyad, timezone.now()) else None,
        "is_together": len(said) == 2,
        "until": dyad.closed_at + GOODBYES if dyad.closed_at else None,
    }
    return page(request, "dyads/ending.html", context, status=422 if form.errors else 200)

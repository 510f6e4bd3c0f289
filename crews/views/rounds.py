"""Opening a round, consenting to one, changing and ending it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view, seat_of
from circles.errors import CircleError
from circles.saying import saying
from congregation.access import round_view
from congregation.forms.rounds import WordForm
from congregation.models import Congregation
from crews.errors import NotToOpen
from crews.forms.rounds import (
    OpenRoundForm,
    RoundForm,
    standing_round,
    usual_round,
)
from crews.models import FormingRound
from crews.services import rounds
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Congregation)
def open_round(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """Open a round; who is no steward asks for one."""
    person = person_of(request)
    if going_on := FormingRound.objects.going_on().filter(congregation=congregation).first():
        return _one_at_a_time(request, congregation, going_on)
    held = rounds.gatherings(congregation, timezone.now())
    chosen = next((one for one in held if str(one.pk) == request.GET.get("gathering")), None)
    form = OpenRoundForm(
        request.POST or None,
        zone=person.time_zone,
        gatherings=held,
        initial=usual_round(person, chosen),
    )
    if request.method == "POST" and form.is_valid():
        try:
            forming = rounds.open_round(congregation=congregation, by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error("day" if isinstance(error, NotToOpen) else None, str(error))
        else:
            messages.success(request, _opened(forming))
            return go(request, forming)
    seat = seat_of(person, congregation)
    context = {"circle": congregation, "form": form, "is_steward": bool(seat and seat.is_steward)}
    return page(request, "crews/open_round.html", context, status=422 if form.errors else 200)


def _one_at_a_time(
    request: HttpRequest, congregation: Congregation, going_on: FormingRound
) -> HttpResponseBase:
    """Say which round is going on; one that waits for consent only to those who may know."""
    may_know = FormingRound.objects.visible_to(person_of(request)).filter(pk=going_on.pk)
    context = {"circle": congregation, "going_on": going_on if may_know.exists() else None}
    return page(request, "crews/round_going_on.html", context)


def _opened(forming: FormingRound) -> str:
    if forming.opened_at:
        return _("The round is open. Everybody hears of it by mail.")
    return _("Asked. A steward answers, and you hear by mail.")


@require_http_methods(["GET", "POST"])
@round_view(FormingRound, stewards_only=True)
def edit_round(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """For stewards: its name, its dates, what its crews begin with."""
    form = RoundForm(request.POST or None, zone=forming.time_zone, initial=standing_round(forming))
    if request.method == "POST" and form.is_valid():
        try:
            rounds.change_round(forming=forming, by=person_of(request), **form.cleaned_data)
        except CircleError as error:
            form.add_error("day" if isinstance(error, NotToOpen) else None, str(error))
        else:
            messages.success(request, _("Changed."))
            return go(request, forming)
    context = {"circle": forming.congregation, "forming": forming, "form": form}
    return page(request, "crews/edit_round.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@round_view(FormingRound)
def call_off(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """For stewards, and whoever asked for it: call it off, with a word to those who are in it."""
    person, form = person_of(request), WordForm(request.POST if request.method == "POST" else None)
    if not rounds.may_call_off(forming, person):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data["word"]
        with saying(request, _("The round is called off. Those with a hand up hear by mail.")):
            rounds.call_off(forming=forming, by=person, word=word)
        return go(request, forming)
    context = {"circle": forming.congregation, "forming": forming, "form": form}
    context["hands"] = forming.participants.up().count()
    return page(request, "crews/call_off_round.html", context, status=422 if form.errors else 200)


@require_POST
@round_view(FormingRound, stewards_only=True)
def go_on(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """For stewards: it was called off, and takes place after all."""
    with saying(request, _("The round goes on. Hands are up as they were.")):
        rounds.go_on(forming=forming, by=person_of(request))
    return go(request, forming)


@require_POST
@round_view(FormingRound, stewards_only=True)
def close_now(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """For stewards: no hand goes up any more."""
    with saying(request, _("Hands are closed. Now set the tables.")):
        rounds.close_now(forming=forming, by=person_of(request))
    return go(request, forming)


@require_POST
@round_view(FormingRound, stewards_only=True)
def consent(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """For stewards: yes to a round that a member asked for, or no with a word."""
    person, form = person_of(request), WordForm(request.POST)
    if "yes" in request.POST:
        with saying(request, _("The round is open. Everybody hears of it by mail.")):
            rounds.consent(forming=forming, by=person)
        return go(request, forming)
    word = form.cleaned_data["word"] if form.is_valid() else form.data.get("word", "")[:300]
    with saying(request, _("Not now, then. Whoever asked hears it by mail.")):
        rounds.decline(forming=forming, by=person, word=word)
    return go(request, forming)

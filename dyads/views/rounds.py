"""A round of pairing: its page, and what stewards do with it."""

from django.contrib import messages
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
from dyads import services
from dyads.errors import NotThatDay
from dyads.forms.rounds import RoundForm, standing, usual_round
from dyads.models import PairingRound
from dyads.services import rounds
from dyads.showing.rounds import more_for, round_shown
from pages.respond import go, page
from people.signed_in import person_of


@round_view(PairingRound)
def round_page(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """The round for everybody in the congregation, in each of its states."""
    person, now = person_of(request), timezone.now()
    seat = seat_of(person, round.congregation)
    shown = round_shown(round, person, is_steward=bool(seat and seat.is_steward), now=now)
    context = {"circle": round.congregation, "round": round, "shown": shown}
    return page(request, "dyads/round.html", {**context, **more_for(shown, now)}, part="round")


@require_http_methods(["GET", "POST"])
@circle_view(Congregation, stewards_only=True)
def open_round(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """For stewards: open a round."""
    person = person_of(request)
    if going_on := PairingRound.objects.going_on().filter(congregation=congregation).first():
        standing_in_the_way = {"circle": congregation, "going_on": going_on}
        return page(request, "dyads/round_going_on.html", standing_in_the_way)
    form = RoundForm(request.POST or None, zone=person.time_zone, initial=usual_round(person))
    if request.method == "POST" and form.is_valid():
        try:
            round = rounds.open_round(congregation=congregation, by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error("day" if isinstance(error, NotThatDay) else None, str(error))
        else:
            messages.success(request, _("The round is open. Everybody hears of it by mail."))
            return go(request, round)
    context = {"circle": congregation, "form": form}
    return page(request, "dyads/open_round.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@round_view(PairingRound, stewards_only=True)
def edit_round(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """For stewards: its words, its day, what its dyads begin with."""
    form = RoundForm(request.POST or None, zone=round.time_zone, initial=standing(round))
    if request.method == "POST" and form.is_valid():
        try:
            rounds.change_round(round=round, by=person_of(request), **form.cleaned_data)
        except CircleError as error:
            form.add_error("day" if isinstance(error, NotThatDay) else None, str(error))
        else:
            messages.success(request, _("Changed."))
            return go(request, round)
    context = {"circle": round.congregation, "round": round, "form": form}
    return page(request, "dyads/edit_round.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@round_view(PairingRound, stewards_only=True)
def call_off(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """For stewards: call it off, with a word to those who are in it."""
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        word, by = form.cleaned_data["word"], person_of(request)
        with saying(request, _("The round is called off. Those in it hear by mail.")):
            rounds.call_off(round=round, by=by, word=word)
        return go(request, round)
    context = {"circle": round.congregation, "round": round, "form": form}
    context["told"] = len(rounds.who_would_hear(round))
    return page(request, "dyads/call_off_round.html", context, status=422 if form.errors else 200)


@require_POST
@round_view(PairingRound, stewards_only=True)
def go_on(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """For stewards: it was called off, and takes place after all."""
    with saying(request, _("The round goes on. What everybody had said still stands.")):
        rounds.go_on(round=round, by=person_of(request))
    return go(request, round)


@require_POST
@round_view(PairingRound, stewards_only=True)
def pair_now(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """For stewards: wait for no more answers."""
    with saying(request, _("No more answers. The pairing begins in a moment.")):
        services.pair_now(round=round, by=person_of(request))
    return go(request, round)

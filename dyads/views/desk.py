"""The stewards' desk of a pairing: look at the pairs, change them, draw again, publish."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from circles.errors import CircleError
from congregation.access import round_view
from dyads import services
from dyads.errors import PairsChanged
from dyads.forms.desk import NOBODY, AgainForm, MoveForm, SeenForm
from dyads.models import PairingRound, Place
from dyads.services.moving import Done
from dyads.showing.desk import desk_of, menu_of
from pages.respond import go, page
from people.signed_in import person_of
from practice.showing.naming import in_one_breath


def desk_view[**P](
    view: Callable[Concatenate[HttpRequest, PairingRound, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the round `pk` for the stewards of its congregation; 404 for those who may not know of
    it, 403 for other members. A round that is not proposed shows its own page."""

    def while_proposed(
        request: HttpRequest, round: PairingRound, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if round.state(timezone.now()) != PairingRound.State.PROPOSED:
            return go(request, round)
        return view(request, round, *args, **kwargs)

    return wraps(view)(round_view(PairingRound, stewards_only=True)(while_proposed))


@require_GET
@desk_view
def desk(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """The pairs and why, who is left over and why."""
    context = {
        "round": round,
        "circle": round.congregation,
        "desk": desk_of(round, person_of(request)),
    }
    return page(request, "dyads/desk.html", context)


@require_http_methods(["GET", "POST"])
@desk_view
def move(request: HttpRequest, round: PairingRound, place: int) -> HttpResponseBase:
    """With whom somebody could be; and putting them there, or separating their pair."""
    mine = round.places.filter(pk=place).select_related("person").first()
    if mine is None:
        raise Http404
    if request.method == "POST":
        return _move(request, round, mine)
    menu = menu_of(round, mine.person_id)
    if menu is None:
        messages.info(request, str(PairsChanged()))
        return go(request, "dyads:desk", round.pk)
    context = {"round": round, "circle": round.congregation, "menu": menu}
    return page(request, "dyads/desk_move.html", context)


def _move(request: HttpRequest, round: PairingRound, mine: Place) -> HttpResponseBase:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _back(request, round, str(PairsChanged()))
    by, seen, to = person_of(request), form.cleaned_data["seen"], form.cleaned_data["to"]
    try:
        if to == NOBODY:
            services.separate(round=round, by=by, version=seen, place=mine)
            return _back(request, round, "")
        other = round.places.filter(pk=to).select_related("person").first()
        if other is None:
            raise PairsChanged
        done = services.put_together(round=round, by=by, version=seen, one=mine, other=other)
    except CircleError as error:
        return _back(request, round, str(error))
    return _back(request, round, _what_it_did(done, mine, other) if done else "")


def _what_it_did(done: Done, one: Place, other: Place) -> str:
    said = _("{one} and {other} are a pair now.").format(
        one=one.person.first_name, other=other.person.first_name
    )
    if done.former_are_paired:
        return said + " " + _("The two they were with before are one, too.")
    if done.left_over:
        names = in_one_breath([place.person for place in done.left_over], one.person)
        return said + " " + _("Left over by that: {names}.").format(names=names)
    return said


@require_POST
@desk_view
def draw_again(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """Pair once more."""
    form = AgainForm(request.POST)
    if not form.is_valid():
        return _back(request, round, str(PairsChanged()))
    try:
        services.draw_again(
            round=round,
            by=person_of(request),
            version=form.cleaned_data["seen"],
            keeps_by_hand=form.cleaned_data["keeps_by_hand"],
        )
    except CircleError as error:
        return _back(request, round, str(error))
    return go(request, round)


@require_http_methods(["GET", "POST"])
@desk_view
def publish(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """What will happen, and the button."""
    person = person_of(request)
    if request.method == "GET":
        context = {"round": round, "circle": round.congregation, "desk": desk_of(round, person)}
        return page(request, "dyads/desk_publish.html", context)
    form = SeenForm(request.POST)
    try:
        if not form.is_valid():
            raise PairsChanged
        services.ask_to_publish(round=round, by=person, version=form.cleaned_data["seen"])
    except CircleError as error:
        return _back(request, round, str(error))
    messages.success(request, _("Everybody hears by mail, and reads it here."))
    return go(request, round)


def _back(request: HttpRequest, round: PairingRound, said: str) -> HttpResponseBase:
    """The desk as it stands, and a word."""
    if said:
        messages.info(request, said)
    return go(request, "dyads:desk", round.pk)

"""A round's page, and one's own hand in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circles.access import seat_of
from circles.errors import CircleError
from circles.saying import saying
from congregation.access import round_view
from congregation.forms.rounds import WordForm
from crews.forms.hand import HandForm, standing_hand
from crews.models import FormingRound
from crews.services import round_hands
from crews.showing.rounds import (
    RoundShown,
    more_for,
    people_to_choose,
    preferences_of,
    round_shown,
)
from pages.respond import go, page
from people.signed_in import person_of


def shown_to(request: HttpRequest, forming: FormingRound) -> RoundShown:
    """The round as whoever asks sees it."""
    person = person_of(request)
    seat = seat_of(person, forming.congregation)
    is_steward = bool(seat and seat.is_steward)
    return round_shown(forming, person, is_steward=is_steward, now=timezone.now())


@require_safe
@round_view(FormingRound)
def round_page(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """Where the round stands, and what is the reader's next step in it."""
    shown = shown_to(request, forming)
    context = {
        "forming": forming,
        "circle": forming.congregation,
        "shown": shown,
        "form": WordForm(),
        **more_for(shown),
    }
    return page(request, "crews/round.html", context)


@require_http_methods(["GET", "POST"])
@round_view(FormingRound)
def hand(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """Raise one's hand, or change what was said with it."""
    person = person_of(request)
    if forming.state(timezone.now()) != FormingRound.State.OPEN:
        return go(request, forming)
    mine = forming.participants.filter(person=person).first()
    people = people_to_choose(forming, person)
    form = HandForm(
        request.POST if request.method == "POST" else None,
        people=people,
        said=preferences_of(person, people),
        initial=standing_hand(mine, person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            round_hands.raise_hand(forming=forming, by=person, **form.said)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your hand is up. You can change it until the closing."))
            return go(request, forming)
    context: dict[str, Any] = {"forming": forming, "circle": forming.congregation, "form": form}
    context["is_up"] = mine is not None and mine.withdrawn_at is None
    return page(request, "crews/hand.html", context, status=422 if form.errors else 200)


@require_POST
@round_view(FormingRound)
def hand_down(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """Take one's hand down, or say "not this time": one press, and nothing more is mailed."""
    was_up = forming.participants.up().filter(person=person_of(request)).exists()
    down = _("Your hand is down. You can raise it again until the closing.")
    not_this_time = _("Not this time, then. You hear no more of this round.")
    with saying(request, down if was_up else not_this_time):
        round_hands.take_hand_down(forming=forming, by=person_of(request))
    return go(request, forming)

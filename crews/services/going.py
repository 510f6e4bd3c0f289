"""From a call to a crew: “go”, letting it rest, taking it up again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle, Membership
from circles.scales import LAWS, Scale
from circles.services import present
from crews import errors
from crews.models import Crew, Go
from crews.services.tables import changing
from crews.services.turning_away import turn_hands_away
from notifications.services import owe
from people.models import Person

GOES = LAWS[Scale.CREW].least


@transaction.atomic
def say_go(*, crew: Crew, by: Person) -> Crew:
    """Say “go”. With the third the crew begins, and everybody in it is told once, by mail.

    Raises NotAllowed, CircleClosed, HasBegun, CallRests, TooFewYet.
    """
    crew = _call(crew, by)
    if crew.is_resting:
        raise errors.CallRests
    if crew.memberships.present().count() < GOES:
        raise errors.TooFewYet
    Go.objects.get_or_create(crew=crew, person=by)
    if crew.goes.count() >= GOES:
        _begin(crew)
        tell_inside(crew, "begun", key=f"begun {crew.pk}")
    return crew


@transaction.atomic
def take_go_back(*, crew: Crew, by: Person) -> None:
    """Take one's “go” back. Raises NotAllowed, CircleClosed, HasBegun."""
    _call(crew, by).goes.filter(person=by).delete()


def begin_with_a_meeting(circle: Circle) -> None:
    """Whoever sets a meeting says “go” for the table: those who hear of it can still say no.

    Nobody gets a second mail: the one about the meeting tells it.
    """
    crew = Crew.objects.filter(pk=circle.pk, begun_at__isnull=True).first()
    if crew is not None:
        _begin(crew)


def begin_now(crew: Crew) -> None:
    """Make a locked crew one that has begun, if it is still a call. Who calls tells its people."""
    if not crew.has_begun:
        _begin(crew)


def _begin(crew: Crew) -> None:
    """From here on the caller is an equal: nothing remembers who called."""
    crew.begun_at, crew.caller = timezone.now(), None
    crew.resting_since = crew.resting_until = None
    crew.save(update_fields=["begun_at", "caller", "resting_since", "resting_until"])


def forget_go(seat: Membership) -> None:
    """Whoever leaves a call takes their “go” along."""
    Go.objects.filter(crew=seat.circle_id, person=seat.person, crew__begun_at=None).delete()


def may_let_rest(crew: Crew, person: Person) -> bool:
    """Whether the person, who is in, may let the call rest: the caller; anybody, once the caller
    has left."""
    caller = crew.caller
    return caller is None or caller == person or not present(crew, caller)


@transaction.atomic
def let_call_rest(*, crew: Crew, by: Person, words: str = "") -> Crew:
    """Let a call rest: those who are in are told, with a word, and hands are helped onward.

    Raises NotAllowed, CircleClosed, HasBegun, CallRests.
    """
    crew = _call(crew, by)
    if not may_let_rest(crew, by):
        raise NotAllowed
    if crew.is_resting:
        raise errors.CallRests
    crew.resting_since = timezone.now()
    crew.save(update_fields=["resting_since"])
    tell_inside(crew, "rests", key=_key("rests", crew.resting_since), besides=by, words=words)
    turn_hands_away(crew, why="rests")
    return crew


@transaction.atomic
def take_up_call(*, crew: Crew, by: Person) -> Crew:
    """Open a resting call again, as anybody who is in may.

    Raises NotAllowed, CircleClosed, HasBegun, CallDoesNotRest.
    """
    crew = _call(crew, by)
    if not crew.is_resting:
        raise errors.CallDoesNotRest
    crew.resting_since = None
    crew.save(update_fields=["resting_since"])
    tell_inside(crew, "taken_up", key=_key("taken up", timezone.now()), besides=by)
    return crew


def _call(crew: Crew, by: Person) -> Crew:
    found = changing(crew, by)
    if found.has_begun:
        raise errors.HasBegun
    return found


def _key(what: str, at: datetime) -> str:
    return f"{what} {at:%Y-%m-%d %H:%M:%S.%f}"


def tell_inside(
    crew: Crew, what: str, *, key: str, besides: Person | None = None, words: str = ""
) -> None:
    """Owe everybody in the crew one mail about its call."""
    seats = crew.memberships.present().select_related("person")
    for seat in seats.exclude(person=besides) if besides else seats:
        owe(
            kind="crews.call",
            key=key,
            person=seat.person,
            ref=crew.pk,
            payload={"what": what, "who": str(besides or ""), "words": words},
        )

"""Hands for which there is no seat: they are told, kindly and once, and helped onward."""

from django.utils import timezone

from circles.models import Circle, JoinRequest, Membership
from circles.scales import Scale
from crews import errors
from crews.models import Crew, Split, SplitPlace
from notifications.services import owe
from people.models import Person


def turn_hands_away(
    circle: Circle, *, why: str, by: Person | None = None, only: JoinRequest | None = None
) -> int:
    """Lower the hands that wait at a locked table, or `only` one; returns how many.

    `why` is "full", "rests" or "closed" (it stays as it is); the mail says which.
    """
    waiting = JoinRequest.objects.waiting().filter(circle=circle)
    if only is not None:
        waiting = waiting.filter(pk=only.pk)
    else:
        # For a seventh at two tables a seat is being found.
        placed = SplitPlace.objects.filter(split__in=Split.objects.open().filter(crew=circle.pk))
        waiting = waiting.exclude(person__in=placed.values("person"))
    hands = list(waiting.select_related("person"))
    JoinRequest.objects.filter(pk__in=[hand.pk for hand in hands]).update(
        state=JoinRequest.State.DECLINED, answered_at=timezone.now(), answered_by=by
    )
    for hand in hands:
        owe(
            kind="crews.no_seat",
            key=f"request {hand.pk}",
            person=hand.person,
            ref=hand.pk,
            payload={"why": why},
        )
    return len(hands)


def last_seat_taken(seat: Membership) -> None:
    """Somebody has sat down: when that was the last chair, hands still up hear so."""
    if seat.scale != Scale.CREW:
        return
    circle = Circle.objects.get(pk=seat.circle_id)
    if circle.memberships.present().count() >= circle.seats:
        # The newcomer's own hand comes down as they sit.
        own = JoinRequest.objects.waiting().filter(circle=circle, person=seat.person)
        own.update(state=JoinRequest.State.WITHDRAWN, answered_at=timezone.now())
        turn_hands_away(circle, why="full")


def no_hands_while_it_rests(circle: Circle) -> None:
    """A table at rest takes no hands. Raises CallRests."""
    if Crew.objects.filter(pk=circle.pk, resting_since__isnull=False).exists():
        raise errors.CallRests

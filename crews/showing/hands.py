"""Who would like to sit at a crew's table."""

from collections.abc import Sequence
from dataclasses import dataclass

from circles.models import Invitation, JoinRequest
from crews.showing.full import is_full
from crews.showing.now import CrewNow

MOST_HANDS = 20


@dataclass(frozen=True, slots=True)
class Hands:
    """Hands that are up, and the chairs there are for them."""

    hands: Sequence[JoinRequest]
    open_seats: int
    invitations: int


def hands_of(now: CrewNow) -> Hands | None:
    """Hands raised, chairs free, invitations on their way; None where the table is full and calm,
    and while the page says on top that people are missing. At a table of six hands are another
    question: `crews.showing.full`."""
    if not now.crew.is_open or is_full(now):
        return None
    raised = JoinRequest.objects.waiting().filter(circle=now.crew).select_related("person")
    hands = list(raised.order_by("asked_at")[:MOST_HANDS])
    invitations = Invitation.objects.waiting().filter(circle=now.crew).count()
    if not hands and (now.missing or not now.open_seats):
        return None
    return Hands(hands, now.open_seats, invitations)

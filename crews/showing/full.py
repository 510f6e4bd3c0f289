"""A table with all the chairs a crew can have, and a seventh hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from circles.models import JoinRequest
from circles.scales import relationships
from circles.services import may_become_two
from crews.models import Split
from crews.showing.now import LAW, CrewNow

MOST_HANDS = 6


@dataclass(frozen=True, slots=True)
class Full:
    """Why six is the most, who would be the seventh, and whether two tables lie there."""

    hands: Sequence[JoinRequest]
    split: Split | None
    # Whether another chair could be set: the crew chose fewer than a crew can have.
    has_room_for_chairs: bool

    @property
    def ties(self) -> int:
        """How many pairs there are at a full table."""
        return relationships(LAW.most)

    @property
    def more_ties(self) -> int:
        """How many there would be with one more."""
        return relationships(LAW.most + 1)


def is_full(now: CrewNow) -> bool:
    """Whether six sit there: a hand that is up is a seventh."""
    return may_become_two(now.crew) and not now.open_seats


def full_table(now: CrewNow) -> Full | None:
    """What a full table has to decide; None where there is room."""
    if not now.crew.is_open:
        return None
    split = Split.objects.open().filter(crew=now.crew).first()
    if now.open_seats:
        return Full([], split, has_room_for_chairs=False) if split else None
    raised = JoinRequest.objects.waiting().filter(circle=now.crew).select_related("person")
    hands = list(raised.order_by("asked_at")[:MOST_HANDS]) if is_full(now) and not split else []
    return Full(hands, split, has_room_for_chairs=not is_full(now))

"""What a crew is worth, and why: pure functions of the people in it.

The points weigh proposals against each other, and nothing else: no person has any, and no page
shows a number of them. What they come from is told in words. The table:

- each person who has a seat 1000; size 3, 4, 5, 6: −200, −60, 0, −200
- somebody wished for somebody 100, both for each other 50 more
- shared interests 10 each, at most two a pair; a pair who never met 12
- each person who knows somebody at the table 40
- each hour they share beyond the first 15, at most two
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import combinations

from circles.scales import LAWS, Scale

LAW = LAWS[Scale.CREW]
SEAT = 1000
SIZE = {3: -200, 4: -60, 5: 0, 6: -200}
WISH, WISHED_BOTH_WAYS = 100, 50
SHARED_INTEREST, MOST_INTERESTS = 10, 2
NEVER_MET = 12
KNOWS_SOMEBODY = 40
SHARED_HOUR, MOST_HOURS = 15, 2


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for a crew, or sits in one that is looked at.

    `slots` are any numbers that stand for the same hour for everybody: in the product hours of
    the week in UTC. Nobody but these functions ever learns `not_with`.
    """

    id: int
    slots: frozenset[int] = frozenset()
    interests: frozenset[object] = frozenset()
    wishes: frozenset[int] = frozenset()
    met: frozenset[int] = frozenset()
    not_with: frozenset[int] = frozenset()


class Obstacle(StrEnum):
    """Why people may not be a crew. For the code only: REFUSAL is told to nobody, ever."""

    SIZE = "size"
    NO_SHARED_HOUR = "no shared hour"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Points:
    """What a crew is worth, by what it comes from."""

    seats: int
    size: int
    shared_hours: int
    wishes: int
    shared_interests: int
    never_met: int
    know_somebody: int

    @property
    def total(self) -> int:
        """All of it."""
        return (
            self.seats
            + self.size
            + self.shared_hours
            + self.wishes
            + self.shared_interests
            + self.never_met
            + self.know_somebody
        )


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for a crew, as facts that may be told; pairs have the smaller id first.

    `wishes` are (who wished, for whom); `know_each_other` and `shared_interests` are by pair.
    """

    people: tuple[int, ...]
    shared_slots: tuple[int, ...]
    shared_interests: dict[tuple[int, int], frozenset[object]]
    know_each_other: tuple[tuple[int, int], ...]
    wishes: tuple[tuple[int, int], ...]
    points: Points


def shared_slots(crew: Iterable[Seeker]) -> frozenset[int]:
    """The hours that suit everybody; none for nobody."""
    hours = [one.slots for one in crew]
    return reduce(frozenset.intersection, hours) if hours else frozenset()


def have_met(one: Seeker, other: Seeker) -> bool:
    """Whether they know each other; either one's memory is enough."""
    return other.id in one.met or one.id in other.met


def refuse(one: Seeker, other: Seeker) -> bool:
    """Whether one of the two would rather not sit with the other."""
    return other.id in one.not_with or one.id in other.not_with


def pair_points(one: Seeker, other: Seeker) -> int:
    """What two people at one table bring, apart from knowing each other."""
    wishes = (other.id in one.wishes) + (one.id in other.wishes)
    interests = min(MOST_INTERESTS, len(one.interests & other.interests))
    return (
        WISH * wishes
        + (WISHED_BOTH_WAYS if wishes == 2 else 0)
        + SHARED_INTEREST * interests
        + (0 if have_met(one, other) else NEVER_MET)
    )


def obstacle(crew: Collection[Seeker]) -> Obstacle | None:
    """The first reason why these people may not be a crew, or None when they may."""
    if not LAW.least <= len(crew) <= LAW.most:
        return Obstacle.SIZE
    return sitting_obstacle(crew)


def sitting_obstacle(crew: Collection[Seeker]) -> Obstacle | None:
    """The same for a table that may still be too small, or that nobody asks for its size."""
    if not shared_slots(crew):
        return Obstacle.NO_SHARED_HOUR
    if any(refuse(one, other) for one, other in combinations(crew, 2)):
        return Obstacle.REFUSAL
    return None


def may_sit_together(crew: Collection[Seeker]) -> bool:
    """Whether these people may be a crew: its size, an hour for all, nobody against anybody."""
    return obstacle(crew) is None


def crew_points(crew: Collection[Seeker]) -> int:
    """What a crew is worth in all."""
    return breakdown(crew).points.total


def breakdown(crew: Collection[Seeker]) -> Grounds:
    """What speaks for a crew and what it is worth.

    Also for a table that may not be a crew (somebody left it, or a steward put it together by
    hand): a size that has no points of its own takes those of the nearest that has.
    """
    people = sorted(crew, key=lambda one: one.id)
    pairs = list(combinations(people, 2))
    hours = tuple(sorted(shared_slots(people)))
    interests = {
        (one.id, other.id): shared
        for one, other in pairs
        if (shared := one.interests & other.interests)
    }
    known = tuple((one.id, other.id) for one, other in pairs if have_met(one, other))
    wishes = tuple(
        (one.id, other.id)
        for one in people
        for other in people
        if other is not one and other.id in one.wishes
    )
    mutual = sum(1 for one, other in wishes if one < other and (other, one) in wishes)
    nearest = min(max(len(people), LAW.least), LAW.most)
    return Grounds(
        people=tuple(one.id for one in people),
        shared_slots=hours,
        shared_interests=interests,
        know_each_other=known,
        wishes=wishes,
        points=Points(
            seats=SEAT * len(people),
            size=SIZE[nearest],
            shared_hours=SHARED_HOUR * min(MOST_HOURS, max(0, len(hours) - 1)),
            wishes=WISH * len(wishes) + WISHED_BOTH_WAYS * mutual,
            shared_interests=SHARED_INTEREST
            * sum(min(MOST_INTERESTS, len(shared)) for shared in interests.values()),
            never_met=NEVER_MET * (len(pairs) - len(known)),
            know_somebody=KNOWS_SOMEBODY * len({person for pair in known for person in pair}),
        ),
    )

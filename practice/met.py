"""Who has met whom, at every scale: what dyads and crews are formed by."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import combinations

from circles.models import Circle, Membership
from circles.scales import Scale
from practice.models import Attendance

# A whole congregation's gathering is no meeting of any two.
SMALL = (Scale.DYAD, Scale.CREW)
Pair = frozenset[int]
# Circle, person, from when, until when (None: still).
Sitting = tuple[int, int, datetime, datetime | None]


def pairs_who_met(people: Collection[int]) -> set[Pair]:
    """Pairs among these people (ids) who have sat in one dyad or crew at the same time, or were
    both there at a meeting of one. Two queries.

    For forming only: that two people are a dyad is nobody else's business. What others may read
    is `pairs_from_crews`.
    """
    there = Attendance.objects.filter(
        person__in=people, was_there=True, session__circle__scale__in=SMALL
    )
    at_table: dict[int, set[int]] = defaultdict(set)
    for session, person in there.values_list("session", "person"):
        at_table[session].add(person)
    met = {frozenset(pair) for table in at_table.values() for pair in combinations(table, 2)}
    return met | _at_the_same_time(_sittings(people, circle__scale__in=SMALL))


def pairs_from_crews(
    people: Collection[int], congregation: int, *, besides: int | None = None
) -> set[Pair]:
    """Pairs among these people who have sat in one crew of this congregation, which sees its
    crews' tables; in another one than `besides`, if that is given. One query."""
    crews = Circle.objects.filter(scale=Scale.CREW, parent=congregation)
    if besides is not None:
        crews = crews.exclude(pk=besides)
    return _at_the_same_time(_sittings(people, circle__in=crews))


def _sittings(people: Collection[int], **where: object) -> Iterable[Sitting]:
    seats = Membership.objects.filter(person__in=people, **where).order_by()
    return seats.values_list("circle", "person", "joined_at", "left_at")


def _at_the_same_time(sittings: Iterable[Sitting]) -> set[Pair]:
    by_circle: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sittings:
        by_circle[sitting[0]].append(sitting)
    return {
        frozenset((one[1], other[1]))
        for table in by_circle.values()
        for one, other in combinations(table, 2)
        if one[1] != other[1] and _overlap(one, other)
    }


def _overlap(one: Sitting, other: Sitting) -> bool:
    """Whether two sat there at one time, and not only one after the other."""
    from_, until = max(one[2], other[2]), [left for left in (one[3], other[3]) if left]
    return not until or from_ < min(until)

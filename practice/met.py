"""Who has met whom, at every scale: what dyads and crews are formed by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import combinations

from django.db.models import Exists, OuterRef

from circles.models import Circle, Membership
from circles.scales import Scale
from practice.models import Attendance, PracticeSession

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


def weeks_since_met(
    people: Collection[int],
    now: datetime,
    *,
    introduced: Collection[int] = (),
    denied: Mapping[int, datetime] | None = None,
    said: Mapping[Pair, datetime] | None = None,
) -> dict[Pair, int]:
    """Whole weeks since two of these people last met, for each pair that ever did. Three queries.

    Who sits at one table meets there, until one of them leaves or the circle ends. Not so in the
    dyads (ids) in `introduced`, whose two were brought together by others: there a meeting that
    is over counts, unless somebody was noted absent, or said until `denied` that they did not
    meet. `said` is when two said that they met. For pairing only, like `pairs_who_met`.
    """
    latest: dict[Pair, datetime] = dict(said or {})
    for pair, at in _together(people, now, frozenset(introduced), denied or {}):
        latest[pair] = max(at, latest.get(pair, at))
    return {pair: max(0, (now - at) // timedelta(weeks=1)) for pair, at in latest.items()}


def _together(
    people: Collection[int],
    now: datetime,
    introduced: Collection[int],
    denied: Mapping[int, datetime],
) -> Iterable[tuple[Pair, datetime]]:
    seats = Membership.objects.filter(
        person__in=people, circle__scale__in=SMALL, joined_at__lte=now
    ).order_by()
    tables: dict[int, list[Sitting]] = defaultdict(list)
    for circle, person, joined, left, closed in seats.values_list(
        "circle", "person", "joined_at", "left_at", "circle__closed_at"
    ):
        until = min((moment for moment in (left, closed) if moment), default=None)
        tables[circle].append((circle, person, joined, until))
    for circle, table in tables.items():
        for one, other in combinations(table, 2):
            if circle not in introduced and one[1] != other[1] and _overlap(one, other):
                until = min((moment for moment in (one[3], other[3]) if moment), default=now)
                yield frozenset((one[1], other[1])), min(until, now)
    yield from _at_meetings(people, now, introduced)
    absent = Attendance.objects.filter(session=OuterRef("pk"), was_there=False)
    over = PracticeSession.objects.past(now).filter(~Exists(absent), circle__in=introduced)
    for circle, starts, ends in over.order_by().values_list("circle", "starts_at", "ends_at"):
        if circle in denied and ends <= denied[circle]:
            continue
        there = {
            person
            for _, person, joined, until in tables[circle]
            if joined <= starts and (until is None or until >= starts)
        }
        if len(there) == 2:
            yield frozenset(there), ends


def _at_meetings(
    people: Collection[int], now: datetime, introduced: Collection[int]
) -> Iterable[tuple[Pair, datetime]]:
    """Those who were noted as there at one meeting; a guest may be one of them."""
    there = Attendance.objects.filter(
        person__in=people,
        was_there=True,
        session__circle__scale__in=SMALL,
        session__ends_at__lte=now,
    ).exclude(session__circle__in=introduced)
    met: dict[tuple[int, datetime], set[int]] = defaultdict(set)
    for session, ends, person in there.values_list("session", "session__ends_at", "person"):
        met[session, ends].add(person)
    for (_, ends), table in met.items():
        for pair in combinations(sorted(table), 2):
            yield frozenset(pair), ends

"""Which beginnings in a week suit somebody: the slots that forming compares.

A slot is the number of a quarter of an hour after the first moment of a week in UTC, so that it
means the same moment for everybody. `practice.rules.shared_hours` says when people are free.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from practice.rules.shared_hours import MORNING, NIGHT, QUARTER, Member, beginnings, free

QUARTERS_IN_WEEK = 7 * 24 * 4


class PartOfDay(StrEnum):
    """What people call an hour."""

    NIGHT = "night"
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    LATE = "late"


# The first hour that is called so.
PARTS = (
    (22, PartOfDay.LATE),
    (17, PartOfDay.EVENING),
    (14, PartOfDay.AFTERNOON),
    (11, PartOfDay.MIDDAY),
    (5, PartOfDay.MORNING),
    (0, PartOfDay.NIGHT),
)


def part_of_day(hour: int) -> PartOfDay:
    """What people call a local hour from 0 to 23."""
    return next(part for first, part in PARTS if hour >= first)


def week_after(moment: datetime) -> datetime:
    """The first Monday, midnight in UTC, that is not before `moment` (UTC)."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    days = -moment.weekday() % 7
    if days == 0 and midnight < moment:
        days = 7
    return midnight + timedelta(days=days)


def slots(members: Sequence[Member], begins: datetime, minutes: int) -> dict[int, frozenset[int]]:
    """For each member by id the slots at which a meeting of so many minutes suits them.

    Not every quarter is one, else half an hour to spare would count as three choices. The grid
    has the same minute of every hour, the one at which most people's free stretches begin, and
    besides it the beginnings of the others' (Kathmandu's hours begin at a quarter past). Nothing
    is lost by that: what several people share begins where a stretch of one of them begins.
    """
    length = -(-minutes // 15)
    week = (1 << QUARTERS_IN_WEEK) - 1
    starts = {
        person: beginnings(mask, length) & week
        for person, mask in free(members, begins, QUARTERS_IN_WEEK + length).items()
    }
    first = {number for mask in starts.values() for number in _bits(mask & ~(mask << 1))}
    phases = Counter(number % 4 for number in sorted(first))
    main = max(phases, key=lambda phase: (phases[phase], -phase), default=0)
    grid = sum(1 << number for number in first | set(range(main, QUARTERS_IN_WEEK, 4)))
    return {person: frozenset(_bits(mask & grid)) for person, mask in starts.items()}


def _bits(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def moment_of(slot: int, begins: datetime) -> datetime:
    """When a slot is, in UTC, in the week that begins then."""
    return begins + slot * QUARTER


def best(
    shared: Collection[int], zones: Collection[tzinfo], begins: datetime, minutes: int
) -> int | None:
    """The slot that is kindest to people in these zones; None for none.

    Fewest people up at night, then whole hours on most walls, then the earliest in the week.
    """
    return min(shared, key=lambda slot: _hardship(slot, zones, begins, minutes), default=None)


def _hardship(
    slot: int, zones: Collection[tzinfo], begins: datetime, minutes: int
) -> tuple[int, int, int]:
    starts = moment_of(slot, begins)
    walls = [starts.astimezone(zone) for zone in zones]
    nights = sum(not is_awake(wall, minutes) for wall in walls)
    odd = sum({0: 0, 30: 1}.get(wall.minute, 2) for wall in walls)
    return nights, odd, slot


def is_awake(wall: datetime, minutes: int) -> bool:
    """Whether most people are awake for a meeting that begins then, by their own wall."""
    ends = wall.hour * 60 + wall.minute + minutes
    return wall.hour >= MORNING and ends <= NIGHT * 60

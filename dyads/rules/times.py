"""Three times at which two or three people could meet first, from the hours that suit them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import reduce
from operator import and_

from practice.rules.shared_hours import QUARTER, Member, beginnings, free, quarters_between
from practice.rules.slots import PartOfDay, is_awake, part_of_day

MOST_TIMES = 3
# Nobody is asked to be somewhere tomorrow; and what lies further off than two weeks is put off.
EARLIEST, LATEST = timedelta(days=2), timedelta(days=14)
Busy = tuple[datetime, datetime]


def times(
    members: Sequence[Member], *, after: datetime, minutes: int, busy: Collection[Busy] = ()
) -> list[datetime]:
    """Up to three beginnings in UTC that suit all of them, soonest first.

    They lie between two days and two weeks after `after`, each on a day of its own on every
    wall. Chosen are first those at which most are awake, then other parts of the day than
    those chosen already, then whole hours on most walls, then the earliest. None of them
    meets one of the `busy` times. Nobody's hours: no times.
    """
    zones = [member.zone for member in members]
    left = set(_suiting(members, after, minutes, busy))
    chosen: list[datetime] = []
    while left and len(chosen) < MOST_TIMES:
        parts = {part for one in chosen for part in enumerate(_parts(one, zones))}
        best = min(left, key=lambda start: _hardship(start, zones, minutes, parts))
        chosen.append(best)
        taken = _days(best, zones)
        left = {start for start in left if taken.isdisjoint(_days(start, zones))}
    return sorted(chosen)


def possible(members: Sequence[Member], *, after: datetime, minutes: int) -> dict[int, int]:
    """For each member by id the quarters of an hour at which a meeting suits them, as bits.

    Bit 0 is the first quarter that is two days after `after`, the last one lies within two weeks.
    """
    begins = _next_quarter(after + EARLIEST)
    length = -(-minutes // 15)
    quarters = quarters_between(begins, after + LATEST)
    within = (1 << quarters) - 1
    found = free(members, begins, quarters + length)
    return {person: beginnings(bits, length) & within for person, bits in found.items()}


def _suiting(
    members: Sequence[Member], after: datetime, minutes: int, busy: Collection[Busy]
) -> Iterator[datetime]:
    """The beginnings that suit all of them and meet nothing else."""
    if not members:
        return
    shared = reduce(and_, possible(members, after=after, minutes=minutes).values())
    start, duration = _next_quarter(after + EARLIEST), timedelta(minutes=minutes)
    while shared:
        if shared & 1 and not any(start < end and begin < start + duration for begin, end in busy):
            yield start
        shared >>= 1
        start += QUARTER


def _next_quarter(moment: datetime) -> datetime:
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour + QUARTER * -((hour - moment) // QUARTER)


def _parts(start: datetime, zones: Sequence[tzinfo]) -> list[PartOfDay]:
    return [part_of_day(start.astimezone(zone).hour) for zone in zones]


def _days(start: datetime, zones: Sequence[tzinfo]) -> set[tuple[int, date]]:
    """The day on each one's wall."""
    return {(number, start.astimezone(zone).date()) for number, zone in enumerate(zones)}


def _hardship(
    start: datetime,
    zones: Sequence[tzinfo],
    minutes: int,
    parts: Collection[tuple[int, PartOfDay]],
) -> tuple[int, int, int, datetime]:
    walls = [start.astimezone(zone) for zone in zones]
    nights = sum(not is_awake(wall, minutes) for wall in walls)
    again = sum(part in parts for part in enumerate(_parts(start, zones)))
    odd = sum({0: 0, 30: 1}.get(wall.minute, 2) for wall in walls)
    return nights, again, odd, start

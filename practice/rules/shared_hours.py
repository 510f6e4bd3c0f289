"""When several people could meet: pure functions over everyone's weekly hours.

Hours of the week (`people.week`) are wall time, each person's in their own zone, so they are
laid onto the dates concerned and counted in quarters of an hour of real time: every zone in use
lies a whole number of quarters from UTC, also Kathmandu, Chatham and, half an hour of summer
time, Lord Howe. A person's stretch of time is one integer, with bit q set when they are free in
the q-th quarter; what two hundred people share is then a matter of `&` and `>>`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate, groupby

from people.week import hour_of_week
from practice.rules.recurrence import moment

QUARTER = timedelta(minutes=15)
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
# The hours in which most people are awake, as in the picture of a day: 7 to 22 o'clock.
MORNING, NIGHT = 7, 22
# Two offers are two choices only when there is some time between them.
APART = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's hours of the week, by the clock of their zone. No hours: not said yet."""

    person: int
    zone: tzinfo
    hours: frozenset[int]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, Monday first, on the calendar of one zone."""

    monday: date
    zone: tzinfo

    @classmethod
    def of(cls, day: date, zone: tzinfo) -> "Week":
        """The week in which a day lies."""
        return cls(day - timedelta(days=day.weekday()), zone)

    @property
    def begins(self) -> datetime:
        """Its first moment, in UTC."""
        return moment(self.monday, time(), self.zone)

    @property
    def ends(self) -> datetime:
        """The first moment of the next week, in UTC."""
        return moment(self.monday + timedelta(days=7), time(), self.zone)

    @property
    def days(self) -> list[date]:
        """Its seven days."""
        return [self.monday + timedelta(days=number) for number in range(7)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of wall time within one day that suits the same number of people throughout.

    `day` is 0 for Monday; `first` and `after` are minutes after midnight.
    """

    day: int
    first: int
    after: int
    people: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A time to meet, and which of those who have said their hours it suits (their ids)."""

    starts_at: datetime
    can: frozenset[int]
    cannot: frozenset[int]


@dataclass(frozen=True, slots=True)
class Lapse:
    """A time that suits somebody at first and later, the clocks having changed, does not."""

    person: int
    starts_at: datetime
    is_for_good: bool


def quarters_between(begins: datetime, ends: datetime) -> int:
    """How many quarters of an hour it takes, a begun one counting whole."""
    return -((begins - ends) // QUARTER)


def walls(zone: tzinfo, begins: datetime, quarters: int) -> list[int]:
    """What a wall in `zone` shows at each quarter after `begins`: minutes since Monday, 0:00.

    The zone is asked twice a day, and each quarter only on a day on which its clock changes.
    """
    shown: list[int] = []
    while len(shown) < quarters:
        first = begins + len(shown) * QUARTER
        count = min(DAY_MINUTES // 15, quarters - len(shown))
        if _offset(zone, first) == _offset(zone, first + count * QUARTER):
            minute = _wall(zone, first)
            shown += [(minute + 15 * number) % WEEK_MINUTES for number in range(count)]
        else:
            shown += [_wall(zone, first + number * QUARTER) for number in range(count)]
    return shown


def _offset(zone: tzinfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _wall(zone: tzinfo, at: datetime) -> int:
    shown = at.astimezone(zone)
    return hour_of_week(shown.weekday(), shown.hour) * 60 + shown.minute


def free(members: Iterable[Member], begins: datetime, quarters: int) -> dict[int, int]:
    """For each member by id the quarters after `begins` that suit them, as bits."""
    by_zone: dict[tzinfo, dict[int, int]] = {}
    found = {}
    for member in members:
        if member.zone not in by_zone:
            bits: dict[int, int] = defaultdict(int)
            for number, minute in enumerate(walls(member.zone, begins, quarters)):
                bits[minute // 60] |= 1 << number
            by_zone[member.zone] = bits
        found[member.person] = sum(by_zone[member.zone].get(hour, 0) for hour in member.hours)
    return found


def beginnings(mask: int, quarters: int) -> int:
    """The bits of `mask` at which so many free quarters in a row begin."""
    for _ in range(quarters - 1):
        mask &= mask >> 1
    return mask


def stretches(members: Sequence[Member], week: Week) -> list[Stretch]:
    """How many people each part of the week suits, by the wall of the week's zone.

    An hour that comes twice there is shown as its first coming; parts that suit nobody are
    left out.
    """
    quarters = quarters_between(week.begins, week.ends)
    people: Counter[int] = Counter()
    for mask in free(members, week.begins, quarters).values():
        people.update(number for number in range(quarters) if mask >> number & 1)
    shown: dict[int, int] = {}
    for number, minute in enumerate(walls(week.zone, week.begins, quarters)):
        shown.setdefault(minute, people[number])
    return _runs(shown)


def _runs(shown: Mapping[int, int]) -> list[Stretch]:
    """Quarters of one day that follow each other with the same number, joined."""
    joined = []
    suited = sorted((minute, count) for minute, count in shown.items() if count)
    for (day, count, _), group in groupby(
        enumerate(suited),
        key=lambda row: (row[1][0] // DAY_MINUTES, row[1][1], row[1][0] - 15 * row[0]),
    ):
        run = [minute % DAY_MINUTES for _, (minute, _) in group]
        joined.append(Stretch(day, run[0], run[-1] + 15, count))
    return joined


def best_times(
    members: Sequence[Member],
    week: Week,
    *,
    minutes: int,
    now: datetime,
    most: int,
    busy: Sequence[tuple[datetime, datetime]] = (),
) -> list[Offer]:
    """The times to offer, the best first: those that suit most people, on different days.

    Among equal ones: fewest people up at night, then whole hours on most walls, then the
    earliest. Members without hours count for neither side, but their nights do. At least two
    must be suited, and half as many as by the best; nothing that has begun by `now` or meets
    one of the `busy` times is offered.
    """
    length = -(-minutes // 15)
    quarters = quarters_between(week.begins, week.ends)
    said = [member for member in members if member.hours]
    can: dict[int, set[int]] = {}
    for person, mask in free(said, week.begins, quarters + length).items():
        starts = beginnings(mask, length)
        for number in range(quarters):
            if starts >> number & 1:
                can.setdefault(number, set()).add(person)
    possible = {
        week.begins + number * QUARTER: people
        for number, people in can.items()
        if len(people) >= max(2, max(map(len, can.values())) / 2)
    }
    duration = timedelta(minutes=minutes)
    possible = {
        start: people
        for start, people in possible.items()
        if start > now and not any(start < end and begin < start + duration for begin, end in busy)
    }
    hardship = _hardship(members, week.begins, quarters, length)
    everyone = frozenset(member.person for member in said)
    return [
        Offer(start, frozenset(possible[start]), everyone - possible[start])
        for start in _spread(possible, hardship, week, most)
    ]


def _spread(
    possible: Mapping[datetime, set[int]],
    hardship: Mapping[datetime, tuple[int, int]],
    week: Week,
    most: int,
) -> list[datetime]:
    """The best ones, a new day going before a second time on the same day."""
    chosen: list[datetime] = []
    left = set(possible)
    while left and len(chosen) < most:
        days = {one.astimezone(week.zone).date() for one in chosen}
        best = min(
            left,
            key=lambda start: (
                -len(possible[start]),
                start.astimezone(week.zone).date() in days,
                hardship[start],
                start,
            ),
        )
        chosen.append(best)
        left = {start for start in left if abs(start - best) >= APART}
    return chosen


def _hardship(
    members: Sequence[Member], begins: datetime, quarters: int, length: int
) -> dict[datetime, tuple[int, int]]:
    """For each beginning: quarters of somebody's night, and how odd it looks on their walls."""
    nights, oddness = [0] * (quarters + length), [0] * quarters
    for zone, people in Counter(member.zone for member in members).items():
        for number, minute in enumerate(walls(zone, begins, quarters + length)):
            nights[number] += people * (not MORNING <= minute // 60 % 24 < NIGHT)
            if number < quarters:
                oddness[number] += people * {0: 0, 30: 1}.get(minute % 60, 2)
    total = [0, *accumulate(nights)]
    return {
        begins + number * QUARTER: (total[number + length] - total[number], oddness[number])
        for number in range(quarters)
    }


def lapses(members: Sequence[Member], starts: Sequence[datetime], minutes: int) -> list[Lapse]:
    """Whom the first of these meetings suits and a later one does not, and from when.

    A rhythm keeps the clock of one zone; in another the same meeting comes an hour earlier or
    later once clocks have changed in one of the two.
    """
    met: dict[tzinfo, list[set[int]]] = {}
    found = []
    for member in members:
        if member.zone not in met:
            met[member.zone] = [_hours_met(member.zone, start, minutes) for start in starts]
        suited = [hours <= member.hours for hours in met[member.zone]]
        if suited and suited[0] and not all(suited):
            first = suited.index(False)
            found.append(Lapse(member.person, starts[first], not any(suited[first:])))
    return found


def _hours_met(zone: tzinfo, start: datetime, minutes: int) -> set[int]:
    """The hours of the week that a meeting touches, by the wall of a zone."""
    quarter = start - timedelta(minutes=start.minute % 15)
    count = quarters_between(quarter, start + timedelta(minutes=minutes))
    return {minute // 60 for minute in walls(zone, quarter, count)}

"""When a rhythm's meetings are: pure functions over local wall time.

The wall clock of the rhythm's zone is what people agree on ("Tuesdays at half past six"), so
days are counted on the calendar and each is turned into UTC on its own. What a change of
clocks does to an hour is decided here, once:

- An hour that does not exist (the clock jumps over it in spring) happens at the first moment
  after the jump: 02:30 becomes 03:00. Nobody finds a meeting over before it began.
- An hour that comes twice (the clock goes back in autumn) means its first coming.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

# Enough for a weekly rhythm over a year; a cycle has six to ten (domain: "a first cycle").
MOST_MEETINGS = 52

DAYS_BETWEEN = {"week": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Pattern:
    """The rule of a rhythm: from which day, how often, at which local time, where."""

    every: str
    starts_on: date
    at: time
    zone: tzinfo

    def days(self) -> Iterator[date]:
        """Local days of the meetings, without end (one only for "once")."""
        if self.every == "once":
            yield self.starts_on
        elif self.every == "month":
            yield from monthly_on_weekday(self.starts_on)
        else:
            step = timedelta(days=DAYS_BETWEEN[self.every])
            day = self.starts_on
            while True:
                yield day
                day += step

    def moments(self, meetings: int) -> list[datetime]:
        """The first `meetings` beginnings, in UTC."""
        return [moment(day, self.at, self.zone) for day in islice(self.days(), meetings)]

    def shifted(self, meetings: int) -> list[datetime]:
        """Those of the first `meetings` whose hour the clock jumps over, as it then shows them."""
        local = [instant.astimezone(self.zone) for instant in self.moments(meetings)]
        return [one for one in local if one.time() != self.at]


def monthly_on_weekday(first: date) -> Iterator[date]:
    """The same weekday of each month as `first` is ("the first Tuesday", "the fourth").

    A fifth one, which most months lack, means the last.
    """
    nth = (first.day - 1) // 7
    year, month = first.year, first.month
    while True:
        days = [
            week[first.weekday()]
            for week in calendar.monthcalendar(year, month)
            if week[first.weekday()]
        ]
        yield date(year, month, days[-1] if nth >= 4 else days[nth])
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which a wall clock in `zone` shows `at` on `day`.

    See the module's words for hours that do not exist or come twice.
    """
    local = datetime.combine(day, at.replace(fold=0), tzinfo=zone)
    instant = local.astimezone(UTC)
    shown = instant.astimezone(zone)
    if shown.replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(instant, zone)


def _end_of_gap(after: datetime, zone: tzinfo) -> datetime:
    """The instant of the jump that swallowed a wall time.

    `after` was computed with the offset from before the jump, so it lies beyond the jump by
    less than the jump's size; the jump itself is where the offset changes.
    """
    low, high = after - timedelta(days=1), after
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)

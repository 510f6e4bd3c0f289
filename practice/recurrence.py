"""When a rhythm's meetings are: pure functions over local wall time.

The wall clock of the rhythm's zone is what people agree on ("Tuesdays at half past six"), so
days are counted on the calendar and each is turned into UTC on its own. What a change of
clocks does to an hour is decided in `people.wall_clock`.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

from people.wall_clock import moment as moment

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

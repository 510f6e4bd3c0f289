"""When a rhythm's meetings are: pure functions over local wall time.

The wall clock of the rhythm's zone is what people agree on ("Tuesdays at half past six"), so
days are counted on the calendar and each is turned into UTC on its own. What a change of
clocks does to an hour is decided in `people.wall_clock`.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from people.wall_clock import moment as moment

# Enough for a weekly rhythm over a year; a cycle has six to ten (domain: "a first cycle").
MOST_MEETINGS = 52
# Longer apart than a season is no rhythm.
MOST_WEEKS = 12

# How often, as people say it: what comes again, and how many of them apart.
OFTEN = {"once": ("once", 1), "week": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1)}


@dataclass(frozen=True, slots=True)
class Pattern:
    """The rule of a rhythm: from which day, how often, at which local time, where.

    `interval` is the number of weeks from one meeting to the next ("week" only); `first` is the
    number of the meeting on `starts_on`. A day follows from a number alone, so that a rhythm
    which is carried on later goes on where it would have been.
    """

    every: str
    starts_on: date
    at: time
    zone: tzinfo
    interval: int = 1
    first: int = 1

    def day(self, number: int) -> date:
        """The local day of the meeting with this number. Raises OverflowError beyond year 9999."""
        steps = number - self.first
        if self.every == "month":
            return same_weekday(self.starts_on, months=steps)
        return self.starts_on + timedelta(weeks=self.interval * steps)

    def moment(self, number: int) -> datetime:
        """The beginning, in UTC, of the meeting with this number."""
        return moment(self.day(number), self.at, self.zone)

    def moments(self, meetings: int) -> list[datetime]:
        """The first `meetings` beginnings, in UTC; one only for "once"."""
        count = 1 if self.every == "once" else meetings
        return [self.moment(self.first + step) for step in range(count)]

    def shifted(self, meetings: int) -> list[datetime]:
        """Those of the first `meetings` whose hour the clock jumps over, as it then shows them."""
        local = [instant.astimezone(self.zone) for instant in self.moments(meetings)]
        return [one for one in local if one.time() != self.at]


def nth(day: date) -> int:
    """Which of its weekday's days in the month this is: 1 for the first Tuesday, up to 5."""
    return (day.day - 1) // 7 + 1


def same_weekday(first: date, *, months: int) -> date:
    """The same weekday, so many months later, as `first` is ("the first Tuesday").

    A fifth one, which most months lack, means the last. Raises OverflowError beyond year 9999.
    """
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("beyond the calendar")
    weeks = calendar.monthcalendar(year, month)
    days = [week[first.weekday()] for week in weeks if week[first.weekday()]]
    return date(year, month, days[-1] if nth(first) == 5 else days[nth(first) - 1])

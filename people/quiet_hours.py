"""Hours of a day in which somebody wants to be left in peace: pure.

They are hours on the wall of the person's own zone, so that 22 to 7 is the same night before
and after a change of clocks; a night in which the clock changes is an hour longer or shorter.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from people.wall_clock import moment

# So that each day has hours in which mail may come.
MOST_HOURS = 16
# A mail that comes later than this before what it tells of is of no use.
AT_LEAST_BEFORE = timedelta(minutes=30)


def length(begins: int, ends: int) -> int:
    """Hours from one whole hour to another, over midnight if need be; 24 for the same hour."""
    return (ends - begins) % 24 or 24


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one whole hour of the wall clock until another; None for no quiet hours at all."""

    zone: tzinfo
    begins: int | None = None
    ends: int | None = None

    def around(self, instant: datetime) -> tuple[datetime, datetime] | None:
        """The stretch of quiet in which an instant lies: its beginning and its end, in UTC."""
        if self.begins is None or self.ends is None:
            return None
        today = instant.astimezone(self.zone).date()
        for day in (today, today - timedelta(days=1)):
            last = day if self.begins < self.ends else day + timedelta(days=1)
            begin = moment(day, time(self.begins), self.zone)
            end = moment(last, time(self.ends), self.zone)
            if begin <= instant < end:
                return begin, end
        return None

    def earliest(self, now: datetime, needed_by: datetime | None = None) -> datetime:
        """When a mail may go that is ready now: now, or when quiet ends; but now if by then it
        would come too late for what is needed by a moment."""
        stretch = self.around(now)
        if stretch is None:
            return now
        _, end = stretch
        return now if needed_by and end > needed_by - AT_LEAST_BEFORE else end

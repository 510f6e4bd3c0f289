"""When the weekly letter goes: pure.

At eight in the morning by the reader's clock on the day they chose; when quiet hours last longer
than that, at their end. A letter that could not go in time still goes for half a day.
"""

from datetime import date, datetime, time, timedelta

from people.quiet_hours import QuietHours
from people.wall_clock import moment

MORNING = time(8)
MONDAY = 0
STILL_HELPS = timedelta(hours=12)


def letter_due(now: datetime, weekday: int, quiet: QuietHours) -> tuple[date, datetime] | None:
    """The day and the moment of the letter that is due now; None when none is. Monday is 0."""
    today = now.astimezone(quiet.zone).date()
    for day in (today, today - timedelta(days=1)):
        if day.weekday() == weekday:
            instant = quiet.earliest(moment(day, MORNING, quiet.zone))
            if instant <= now < instant + STILL_HELPS:
                return day, instant
    return None

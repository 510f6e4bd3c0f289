"""When mail that the clock brings may go: in the reader's own morning, for some days. Pure."""

from datetime import date, datetime, timedelta, tzinfo

# Nobody is written to at night: from this hour of the reader's own clock.
MORNING_HOUR = 9
# A mail that could not go on its day still helps for so long.
STILL_HELPS = timedelta(days=3)


def is_morning(now: datetime, zone: tzinfo) -> bool:
    """Whether the reader's day has begun."""
    return now.astimezone(zone).hour >= MORNING_HOUR


def has_come(day: date, now: datetime, zone: tzinfo) -> bool:
    """Whether a day has come on the reader's own calendar, by the morning, and is not long past."""
    today = now.astimezone(zone).date()
    if not day <= today < day + STILL_HELPS:
        return False
    return today > day or is_morning(now, zone)

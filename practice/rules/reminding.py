"""When somebody is reminded of a meeting: pure functions over their rule, zone and quiet hours.

Decided here, once:

- A day before is 24 hours before, an hour before is 60 minutes: also over a change of clocks.
- The evening before is 18:00 on the reader's wall, on the day before the meeting's day there.
- A reminder whose moment falls into quiet hours goes when they end, if that is still half an
  hour before the meeting; else a few minutes before they begin. It is never left out.
- A reminder that could not go in time (no worker ran) still goes for half a day, and the one
  of the last hour until the meeting begins.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.quiet_hours import AT_LEAST_BEFORE, QuietHours
from people.wall_clock import moment

EVENING = time(18)
JUST_BEFORE_QUIET = timedelta(minutes=5)
STILL_HELPS = timedelta(hours=12)


class Reminder(StrEnum):
    """One reminder of one meeting."""

    DAY = "day"
    HOUR = "hour"
    EVENING = "evening"


class Rule(TextChoices):
    """What a person chooses for the meetings of a scale."""

    BOTH = "both", _("a day and an hour before")
    DAY = "day", _("a day before")
    HOUR = "hour", _("an hour before")
    EVENING = "evening", _("the evening before, at six")
    NONE = "none", _("not at all")


REMINDERS: dict[str, frozenset[Reminder]] = {
    Rule.BOTH: frozenset({Reminder.DAY, Reminder.HOUR}),
    Rule.DAY: frozenset({Reminder.DAY}),
    Rule.HOUR: frozenset({Reminder.HOUR}),
    Rule.EVENING: frozenset({Reminder.EVENING}),
    Rule.NONE: frozenset(),
}
DEFAULT = Rule.BOTH

# How long before a meeting a reminder can fall due at most, without quiet hours and with them.
# Those are 16 hours long at most, 17 when the clock goes back in them, so that a day before is
# never moved nearer to the day before that; an evening may be 31 hours away.
REACH = {
    Reminder.DAY: timedelta(hours=24),
    Reminder.HOUR: timedelta(hours=1),
    Reminder.EVENING: timedelta(hours=31),
}
REACH_WITH_QUIET = {**REACH, Reminder.HOUR: timedelta(hours=18)}


def planned(reminder: Reminder, starts_at: datetime, quiet: QuietHours) -> datetime:
    """The moment of a reminder as its rule says it."""
    if reminder is not Reminder.EVENING:
        return starts_at - REACH[reminder]
    day = starts_at.astimezone(quiet.zone).date()
    return moment(day - timedelta(days=1), EVENING, quiet.zone)


def due_at(reminder: Reminder, starts_at: datetime, quiet: QuietHours) -> datetime:
    """The moment of a reminder with the reader's quiet hours kept."""
    instant = planned(reminder, starts_at, quiet)
    stretch = quiet.around(instant)
    if stretch is None:
        return instant
    begin, end = stretch
    return end if end <= starts_at - AT_LEAST_BEFORE else begin - JUST_BEFORE_QUIET


def is_due(reminder: Reminder, moment: datetime, starts_at: datetime, now: datetime) -> bool:
    """Whether a reminder with this moment is to be sent now, or still helps."""
    if reminder is Reminder.HOUR:
        return moment <= now < starts_at
    return moment <= now < min(moment + STILL_HELPS, starts_at)


def without(rule: str, stopped: frozenset[Reminder]) -> Rule:
    """What is left of a rule when some of its reminders were stopped on their own."""
    left = REMINDERS[rule] - stopped
    return next(one for one in Rule if REMINDERS[one] == left)

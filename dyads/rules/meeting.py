"""How two who were paired come together: what they are shown, and when they are asked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from people.wall_clock import moment

# Once to both, when no time is set by then.
NUDGED_AFTER = timedelta(days=7)
# When no time was ever set, they are asked then whether they met all the same.
ASKED_AFTER = timedelta(days=14)
# Later nobody remembers, and it does not matter.
ASKED_UNTIL = timedelta(days=42)
# "Did you meet?" comes with breakfast, not in the night after.
MORNING = time(9)


class Stage(StrEnum):
    """What the two find on their page."""

    TIMES = "times"
    ASKED = "asked"
    AGAIN = "again"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands between two who were paired, seen by one of them.

    `first_ended_at` is the end of the first meeting since a time was taken, if it is over;
    `said` is the reader's own word on it. `is_noted`: who was there is noted already.
    """

    made_at: datetime
    comes: bool
    first_ended_at: datetime | None
    said: bool | None
    is_noted: bool = False


def stage(standing: Standing, now: datetime) -> Stage:
    """What the reader is shown: times to take, the question, a new beginning, or nothing."""
    if standing.said is False:
        return Stage.NOTHING if standing.comes else Stage.AGAIN
    if standing.first_ended_at is not None:
        is_asked = standing.said is None and not standing.is_noted
        return Stage.ASKED if is_asked else Stage.NOTHING
    if standing.comes or standing.said:
        return Stage.NOTHING
    return Stage.ASKED if standing.made_at + ASKED_AFTER <= now else Stage.TIMES


def morning_after(ended_at: datetime, zone: tzinfo) -> datetime:
    """The next morning on somebody's own clock, in UTC."""
    return moment(ended_at.astimezone(zone).date() + timedelta(days=1), MORNING, zone)

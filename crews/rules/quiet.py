"""When a crew has gone quiet: nothing held and nothing to come for twice its rhythm. Pure.

Source: issue 4 ("no session for twice its rhythm"). Days are counted on the calendar of the
rhythm's zone, so that a change of clocks moves no question.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from people.wall_clock import moment
from practice.rules.recurrence import same_weekday

TWICE = 2
# A crew that has no rhythm is given as long as a monthly one.
WITHOUT_RHYTHM = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Beat:
    """How often a crew meets: "week" with `interval` weeks, or "month"; in the zone it keeps."""

    every: str
    interval: int
    zone: tzinfo
    # The last day of a pause of its rhythm that has begun.
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """What there was last: a meeting, a beginning, an answer that it still meets, a waking."""

    since: datetime
    has_meeting_ahead: bool = False
    beat: Beat | None = None


def quiet_from(silence: Silence) -> datetime:
    """From which moment on a crew counts as quiet, if nothing comes until then."""
    beat = silence.beat
    if beat is None:
        return silence.since + WITHOUT_RHYTHM
    local = silence.since.astimezone(beat.zone)
    day, at = local.date(), local.time()
    if beat.paused_until is not None and beat.paused_until >= day:
        # A rest that was agreed on is no silence: it counts from the day after.
        day, at = beat.paused_until + timedelta(days=1), time(0)
    if beat.every == "month":
        return moment(same_weekday(day, months=TWICE), at, beat.zone)
    return moment(day + timedelta(weeks=TWICE * beat.interval), at, beat.zone)


def is_quiet(silence: Silence, now: datetime) -> bool:
    """Whether a crew has gone quiet by now."""
    return not silence.has_meeting_ahead and quiet_from(silence) <= now

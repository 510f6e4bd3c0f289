"""From a clock on a wall to an instant: pure.

What a change of clocks does to an hour is decided here, once:

- An hour that does not exist (the clock jumps over it in spring) happens at the first moment
  after the jump: 02:30 becomes 03:00. Nobody finds a meeting over before it began.
- An hour that comes twice (the clock goes back in autumn) means its first coming.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


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

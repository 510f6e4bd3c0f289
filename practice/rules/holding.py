"""Where a table stands in its order: pure functions of the order, a small clock and the moment.

Stretches follow each other by themselves. Nothing is written while time passes, so a phone that
slept needs only what it knew and the present moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from practice.rules.order import Stretch

MINUTE = timedelta(minutes=1)
NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Clock:
    """Since when the table is at a stretch; later ones follow from it.

    `extra` belongs to that stretch. A step equal to the number of stretches is the end.
    """

    step: int
    since: datetime
    extra: timedelta = NONE
    paused_at: datetime | None = None
    ended_at: datetime | None = None

    def moment(self, now: datetime) -> datetime:
        """The moment that counts: when the clock was stopped, if it is."""
        return min(stop for stop in (self.paused_at, self.ended_at, now) if stop)


@dataclass(frozen=True, slots=True)
class Place:
    """Which stretch it is, since when, and how long it lasts and has still to go."""

    step: int
    began: datetime
    length: timedelta
    left: timedelta
    is_over: bool


def place(clock: Clock, order: Sequence[Stretch], now: datetime) -> Place:
    """Where the table stands at `now`."""
    moment, step, began, extra = clock.moment(now), clock.step, clock.since, clock.extra
    while step < len(order):
        length = timedelta(seconds=order[step].seconds) + extra
        if moment < began + length:
            is_over = clock.ended_at is not None
            return Place(step, began, length, began + length - moment, is_over)
        step, began, extra = step + 1, began + length, NONE
    return Place(len(order), began, NONE, NONE, is_over=True)


def left(clock: Clock, order: Sequence[Stretch], now: datetime) -> timedelta:
    """How long the whole order has still to go."""
    spot = place(clock, order, now)
    later = sum(stretch.seconds for stretch in order[spot.step + 1 :])
    return spot.left + timedelta(seconds=later)


def pause(clock: Clock, now: datetime) -> Clock:
    """Stop where we are; a clock that stands already stands on."""
    return replace(clock, paused_at=clock.moment(now))


def resume(clock: Clock, now: datetime) -> Clock:
    """Go on where we stopped."""
    if clock.paused_at is None:
        return clock
    stood = (clock.ended_at or now) - clock.paused_at
    return replace(clock, since=clock.since + stood, paused_at=None)


def go_to(clock: Clock, order: Sequence[Stretch], now: datetime, step: int) -> Clock:
    """Begin that stretch now, with its whole time; beyond the last one is the end."""
    step = min(max(step, 0), len(order))
    return replace(clock, step=step, since=clock.moment(now), extra=NONE)


def extend(clock: Clock, order: Sequence[Stretch], now: datetime, step: int) -> Clock:
    """A minute more for the present stretch, or one for the stretch that has just run out."""
    spot = place(clock, order, now)
    if step == spot.step < len(order):
        extra = spot.length - timedelta(seconds=order[step].seconds) + MINUTE
        return replace(clock, step=step, since=spot.began, extra=extra)
    again = go_to(clock, order, now, spot.step - 1)
    length = timedelta(seconds=order[again.step].seconds)
    return replace(again, since=again.since - length, extra=MINUTE)


def end(clock: Clock, now: datetime) -> Clock:
    """Stop for good, unless somebody says that it was too early."""
    return replace(clock, ended_at=clock.ended_at or now)


def again(clock: Clock, now: datetime) -> Clock:
    """It was not the end: go on where we were."""
    if clock.ended_at is None:
        return clock
    stood = NONE if clock.paused_at else now - clock.ended_at
    return replace(clock, since=clock.since + stood, ended_at=None)


def carried_over(
    clock: Clock, before: Sequence[Stretch], after: Sequence[Stretch], now: datetime
) -> Clock:
    """The same place in a changed order.

    Where the present stretch is gone, what is new begins; else what would have come next.
    """
    spot = place(clock, before, now)
    where = {stretch.key: step for step, stretch in enumerate(after)}
    if spot.step == len(before):
        return go_to(clock, after, now, len(after))
    if (step := where.get(before[spot.step].key)) is not None:
        extra = spot.length - timedelta(seconds=before[spot.step].seconds)
        return replace(clock, step=step, since=spot.began, extra=extra)
    known = {stretch.key for stretch in before}
    new = [step for step, stretch in enumerate(after) if stretch.key not in known]
    later = [where[one.key] for one in before[spot.step :] if one.key in where]
    return go_to(clock, after, now, min(new or later or [len(after)]))

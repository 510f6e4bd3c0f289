"""Equal time for two: what one gets more, the other gets too. Pure.

A minute more in the first turn lengthens the second before it begins. A minute more in the
second comes back to the first one, as a turn of their own. Either may let it go by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from practice.rules.holding import MINUTE, NONE, Clock
from practice.rules.order import MORE, Planned, Stretch, mirrored, stretches


@dataclass(frozen=True, slots=True)
class Other:
    """What becomes longer for the other: a step that is to come, or one to be put in."""

    key: str
    is_to_come: bool
    person: int | None = None
    role: str = ""


def other_turn(steps: Sequence[Planned], order: Sequence[Stretch], step: int) -> Other | None:
    """The turn of the other that answers this stretch; None for one that is nobody's."""
    if step >= len(order):
        return None
    key = order[step].key.partition(":")[0]
    if (planned := next((one for one in steps if one.key == key), None)) is None:
        return None
    if planned.kind == "each":
        turns = [at for at, one in enumerate(order) if one.key.partition(":")[0] == key]
        if len(turns) != 2:
            return None
        return Other(key, is_to_come=turns[0] == step, person=order[turns[0]].person)
    if later := mirrored(steps, key):
        return Other(later, is_to_come=True)
    first = next((one for one in steps if one.who and mirrored(steps, one.key) == key), None)
    return Other(first.key, is_to_come=False, role=first.who) if first else None


def extended(
    clock: Clock, steps: Sequence[Planned], there: Sequence[int]
) -> tuple[Clock, list[Planned]]:
    """The clock and the steps after `holding.extend` gave `clock.step` a minute more: the other
    has it as well."""
    found = other_turn(steps, stretches(steps, there), clock.step)
    if found is None:
        return clock, list(steps)
    if found.is_to_come:
        own = _step_of(steps, there, clock.step)
        if own.key == found.key:
            # Both turns are one step, which is a minute longer now: no extra on top of it.
            clock = replace(clock, extra=max(clock.extra - MINUTE, NONE))
        return clock, [_longer(one) if one.key == found.key else one for one in steps]
    return clock, _given_back(steps, _step_of(steps, there, clock.step), found)


def _step_of(steps: Sequence[Planned], there: Sequence[int], step: int) -> Planned:
    key = stretches(steps, there)[step].key.partition(":")[0]
    return next(one for one in steps if one.key == key)


def _longer(step: Planned) -> Planned:
    return replace(step, minutes=step.minutes + 1)


def _given_back(steps: Sequence[Planned], own: Planned, to: Other) -> list[Planned]:
    key = own.key + MORE
    if any(one.key == key for one in steps):
        return [_longer(one) if one.key == key else one for one in steps]
    source = next(one for one in steps if one.key == to.key)
    back = Planned(key, source.title, source.words, 1, "talk", to.role, to.person)
    at = list(steps).index(own) + 1
    return [*steps[:at], back, *steps[at:]]


def passed(clock: Clock, order: Sequence[Stretch], now: datetime) -> dict[str, timedelta]:
    """How long each stretch has lasted since the clock's own beginning; pauses are no part."""
    found: dict[str, timedelta] = {}
    moment, began, extra = clock.moment(now), clock.since, clock.extra
    for stretch in order[clock.step :]:
        if moment <= began:
            break
        length = timedelta(seconds=stretch.seconds) + extra
        found[stretch.key] = min(length, moment - began)
        began, extra = began + length, NONE
    return found


def kept(
    spent: Mapping[str, float], before: Mapping[str, timedelta], after: Mapping[str, timedelta]
) -> dict[str, float]:
    """What a press leaves behind: seconds that the clock knew `before` it and not `after`."""
    found = dict(spent)
    for key, length in before.items():
        if (gone := (length - after.get(key, NONE)).total_seconds()) > 0:
            found[key] = round(found.get(key, 0) + gone, 1)
    return found


def together(spent: Mapping[str, float], going: Mapping[str, timedelta]) -> dict[str, float]:
    """Seconds of each stretch so far: what was kept, and what the clock knows."""
    keys = {*spent, *going}
    return {key: spent.get(key, 0) + going.get(key, NONE).total_seconds() for key in keys}

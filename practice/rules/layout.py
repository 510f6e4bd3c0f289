"""Which meetings a rhythm has: a pure rule over its pattern, its pauses and what is there.

The same rule makes a new rhythm, carries an open one on, keeps the number agreed on when days
are left out, and gives them back. It may be asked again at any time: what already stands as it
says is left alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from practice.rules.recurrence import Pattern

# So many meetings of a rhythm without an end are there ahead: a quarter of a weekly one.
AHEAD = 12


class Skipped(StrEnum):
    """Why the rhythm itself leaves a meeting out, which no person called off."""

    NOT = ""
    PAUSE = "pause"
    # The circle meets anyway, or it was added for another that rested and no longer does.
    SPARE = "spare"


@dataclass(frozen=True, slots=True)
class Days:
    """Days without meetings, the first and the last of them included, in the rhythm's zone."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class There:
    """A meeting there is. A kept one stays as it is: it has begun, a person moved it by hand, or
    called it off. `counts` tells whether a kept one is one of the number agreed on."""

    number: int
    starts_at: datetime
    is_kept: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a meeting belongs that is not kept, there already or not."""

    number: int
    starts_at: datetime
    skipped: Skipped = Skipped.NOT


def lay_out(
    pattern: Pattern,
    *,
    meetings: int | None,
    now: datetime,
    there: Iterable[There] = (),
    pauses: Sequence[Days] = (),
) -> Iterator[Slot]:
    """Where the meetings belong so that as many as agreed on take place, by their numbers.

    Without an end (`meetings` None) the next few are laid, and none that is there is spare.
    Numbers before the pattern's first were laid by a pattern that has since changed: they keep
    their moment, and may still rest. Nothing is laid into the past.
    """
    wanted = AHEAD if meetings is None else meetings
    known = {one.number: one for one in there}
    last, number = max(known, default=0), 0
    while wanted > 0 or number < last:
        number += 1
        old = known.get(number)
        if old is not None and old.is_kept:
            wanted -= old.counts
            continue
        if number >= pattern.first:
            day, starts_at = pattern.day(number), pattern.moment(number)
        elif old is not None:
            day, starts_at = old.starts_at.astimezone(pattern.zone).date(), old.starts_at
        else:
            continue
        if starts_at <= now:
            continue
        if any(day in pause for pause in pauses):
            yield Slot(number, starts_at, Skipped.PAUSE)
        elif wanted > 0:
            wanted -= 1
            yield Slot(number, starts_at)
        elif old is not None:
            yield Slot(number, starts_at, Skipped.NOT if meetings is None else Skipped.SPARE)

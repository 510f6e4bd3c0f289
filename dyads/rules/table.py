"""All pairs that may be, with their points, for hundreds of people at once.

What `pairing.may_pair` and `pairing.pair_points` say of two, said of all with whole tables of
numbers: a thousand people are half a million pairs. A test holds the two against each other.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from dyads.rules.pairing import (
    A_YEAR_AGO,
    LEFT_OUT,
    MOST_HOURS,
    NEVER_MET,
    PAIR,
    SHARED_HOUR,
    SHARED_LANGUAGE,
    WEEKS_IN_YEAR,
    WISHES,
    Seeker,
)

if TYPE_CHECKING:
    from numpy import float64, int8
    from numpy.typing import NDArray

NEVER = 2**30


def table_of(people: Sequence[Seeker]) -> "NDArray[float64]":
    """The points of each two, in the rows and columns of their places in `people`.

    0 for two who may not be a pair, and below the diagonal.
    """
    import numpy as np

    number = {one.id: place for place, one in enumerate(people)}
    hours = _in_common([one.slots for one in people])
    points = PAIR + SHARED_HOUR * np.minimum(hours, MOST_HOURS)
    points += SHARED_LANGUAGE * (_in_common([one.languages for one in people]) > 0)
    left_out = np.array([LEFT_OUT * one.left_out_last_time for one in people], dtype=float)
    points += left_out[:, None] + left_out
    wishes = _marks(number, [one.wishes for one in people])
    points += np.array(WISHES, dtype=float)[wishes + wishes.T]
    points += _for_having_met(number, people)
    apart = _marks(number, [one.not_with | one.paired_with for one in people])
    points[(hours == 0) | (apart + apart.T > 0)] = 0
    return np.triu(points, k=1)


def _in_common(sets: Sequence[Collection[object]]) -> "NDArray[float64]":
    """How many things each two have in common."""
    import numpy as np

    column = {thing: place for place, thing in enumerate({one for some in sets for one in some})}
    has = np.zeros((len(sets), len(column)), dtype="float32")
    at = [(row, column[one]) for row, some in enumerate(sets) for one in some]
    has[_rows_and_columns(at)] = 1
    return (has @ has.T).astype(float)


def _marks(number: dict[int, int], named: Sequence[Collection[int]]) -> "NDArray[int8]":
    """1 where the one of the row names the one of the column."""
    import numpy as np

    marks = np.zeros((len(named), len(named)), dtype="int8")
    at = [(row, number[one]) for row, ids in enumerate(named) for one in ids if one in number]
    marks[_rows_and_columns(at)] = 1
    return marks


def _rows_and_columns(at: list[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(zip(*at, strict=True)) or ((), ())


def _for_having_met(number: dict[int, int], people: Sequence[Seeker]) -> "NDArray[float64]":
    import numpy as np

    weeks = np.full((len(people), len(people)), NEVER, dtype="int32")
    for row, one in enumerate(people):
        for other, since in one.weeks_since.items():
            if other in number:
                weeks[row, number[other]] = since
    weeks = np.minimum(weeks, weeks.T)
    points = np.minimum(weeks, WEEKS_IN_YEAR) * A_YEAR_AGO // WEEKS_IN_YEAR
    return np.where(weeks == NEVER, NEVER_MET, points).astype(float)

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
    from numpy import bool_, int32
    from numpy.typing import NDArray

Edge = tuple[int, int, int]
NEVER = 2**30


def edges(people: Sequence[Seeker]) -> list[Edge]:
    """For each pair that may be: the place of the one in `people`, the other's, its points."""
    import numpy as np

    number = {one.id: place for place, one in enumerate(people)}
    hours = _in_common([one.slots for one in people])
    kept_apart = _marks(number, [one.not_with | one.paired_with for one in people])
    may = np.triu((hours > 0) & ~kept_apart & ~kept_apart.T, k=1)
    points = PAIR + SHARED_HOUR * np.minimum(hours, MOST_HOURS)
    points += SHARED_LANGUAGE * (_in_common([one.languages for one in people]) > 0)
    left_out = LEFT_OUT * np.array([one.left_out_last_time for one in people], dtype="int32")
    points += left_out[:, None] + left_out[None, :]
    wishes = _marks(number, [one.wishes for one in people]).astype("int32")
    points += np.array(WISHES, dtype="int32")[wishes + wishes.T]
    points += _for_having_met(number, people)
    ones, others = np.nonzero(may)
    return list(zip(ones.tolist(), others.tolist(), points[ones, others].tolist(), strict=True))


def _in_common(sets: Sequence[Collection[object]]) -> "NDArray[int32]":
    """How many things each two have in common."""
    import numpy as np

    column = {thing: place for place, thing in enumerate({one for some in sets for one in some})}
    has = np.zeros((len(sets), len(column)), dtype="float32")
    for row, some in enumerate(sets):
        has[row, [column[one] for one in some]] = 1
    return (has @ has.T).astype("int32")


def _marks(number: dict[int, int], named: Sequence[Collection[int]]) -> "NDArray[bool_]":
    """True where the one of the row names the one of the column."""
    import numpy as np

    marks = np.zeros((len(named), len(named)), dtype=bool)
    for row, ids in enumerate(named):
        marks[row, [number[one] for one in ids if one in number]] = True
    return marks


def _for_having_met(number: dict[int, int], people: Sequence[Seeker]) -> "NDArray[int32]":
    import numpy as np

    weeks = np.full((len(people), len(people)), NEVER, dtype="int32")
    for row, one in enumerate(people):
        for other, since in one.weeks_since.items():
            if other in number:
                weeks[row, number[other]] = since
    weeks = np.minimum(weeks, weeks.T)
    points = np.minimum(weeks, WEEKS_IN_YEAR) * A_YEAR_AGO // WEEKS_IN_YEAR
    return np.where(weeks == NEVER, NEVER_MET, points).astype("int32")

"""Growing tables around each person, person by person, where the best few live on.

This finds tables that are worth more than the prices of the people at them. A price is what a
person would bring elsewhere (`packing` finds it), so such a table is one that improves the whole.
"""

from dataclasses import dataclass

import numpy as np

from crews.rules.points import (
    KNOWS_SOMEBODY,
    LAW,
    MOST_HOURS,
    SEAT,
    SHARED_HOUR,
    SIZE,
)
from crews.rules.proposing.people import Bits, Flags, Numbers, People, Weights

# So many people at most are tried around a start, the most promising.
COMPANIONS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables of one size: who sits there (a sorted row each), from which start each grew, what
    the company brings (all points but those of seats, size and hours) and the hours they share."""

    members: Numbers
    start: Numbers
    company: Weights
    hours: Bits

    @property
    def size(self) -> int:
        """How many sit at each."""
        return int(self.members.shape[1])

    @property
    def worth(self) -> Weights:
        """The points of each, where it is large enough to be a crew."""
        return self.company + _hours_worth(_count(self.hours)) + SEAT * self.size + SIZE[self.size]

    def those(self, chosen: Numbers | Flags) -> "Tables":
        """Only some of them."""
        return Tables(
            self.members[chosen], self.start[chosen], self.company[chosen], self.hours[chosen]
        )


def begun(people: People, members: Numbers) -> Tables:
    """Tables of these people, to grow from."""
    company = np.zeros(len(members), dtype=np.float32)
    for seat in range(members.shape[1]):
        for other in range(seat):
            company += people.pairs[members[:, seat], members[:, other]]
    company += KNOWS_SOMEBODY * _knows(people, members).sum(axis=1)
    hours = np.bitwise_and.reduce(people.hours[members], axis=1)
    return Tables(np.sort(members, axis=1), np.arange(len(members), dtype=np.int32), company, hours)


def grow(
    people: People,
    starts: Tables,
    prices: Weights,
    *,
    most: int,
    width: int,
    keep: int,
    most_loss: float,
) -> list[Tables]:
    """The best tables around each start, by what they are worth beyond the prices.

    `width` tables around each start live on from size to size; `keep` of each size are answered,
    of those which are not worth less than their prices by more than `most_loss`.
    """
    found, tables, companions = [], starts, _companions(people, starts, prices)
    while tables.size < most and len(tables.members):
        tables = _one_more(people, tables, companions, prices, width)
        if tables.size >= LAW.least:
            gain = tables.worth - prices[tables.members].sum(axis=1)
            good = tables.those(gain > -most_loss)
            found.append(good.those(_best(good.start, gain[gain > -most_loss], keep)))
    return found


def joined(people: People, tables: Tables) -> Weights:
    """What each table is worth with each person as one more, or that it may not be."""
    everybody = np.arange(len(people), dtype=np.int32)
    newcomers = np.broadcast_to(everybody, (len(tables.members), len(people)))
    _, points = _points(people, tables, newcomers)
    return points + np.float32(SEAT * (tables.size + 1) + SIZE[tables.size + 1])


def _companions(people: People, starts: Tables, prices: Weights) -> Numbers:
    """For each start a row of those who may join it, of many the most promising."""
    near = people.closeness[starts.members].sum(axis=1) - prices
    near[~people.may[starts.members].all(axis=1)] = -np.inf
    few = min(COMPANIONS, len(people))
    return np.argpartition(-near, few - 1, axis=1)[:, :few].astype(np.int32)


def _one_more(
    people: People, tables: Tables, companions: Numbers, prices: Weights, width: int
) -> Tables:
    """Each table with one person more: for each start the best `width` of them."""
    newcomers = companions[tables.start]
    company, points = _points(people, tables, newcomers)
    gain = points - prices[newcomers] - prices[tables.members].sum(axis=1)[:, None]
    few = min(width, gain.shape[1])
    best = np.argpartition(-gain, few - 1, axis=1)[:, :few]
    gains = np.take_along_axis(gain, best, axis=1)
    row, place = np.nonzero(np.isfinite(gains))
    column, gains = best[row, place], gains[row, place]
    newcomer = newcomers[row, column]
    members = np.sort(np.column_stack([tables.members[row], newcomer]), axis=1)
    once = _once(tables.start[row], members, len(people))
    once = once[_best(tables.start[row][once], gains[once], width)]
    row, column, newcomer = row[once], column[once], newcomer[once]
    return Tables(
        members[once],
        tables.start[row],
        company[row, column],
        tables.hours[row] & people.hours[newcomer],
    )


def _points(people: People, tables: Tables, newcomers: Numbers) -> tuple[Weights, Weights]:
    """What the company of each table would bring with each newcomer; with its hours, if any."""
    company, fits = _company(people, tables, newcomers)
    common = _count(tables.hours[:, None, :] & people.hours[newcomers])
    fits &= common > 0
    return company, np.where(fits, company + _hours_worth(common), np.float32(-np.inf))


def _company(people: People, tables: Tables, newcomers: Numbers) -> tuple[Weights, Flags]:
    """What the company of each table would bring with each newcomer, and who may join it."""
    members = tables.members
    company = np.repeat(tables.company[:, None], newcomers.shape[1], axis=1)
    newly_known = np.zeros(company.shape, dtype=np.int8)
    anybody = np.zeros(company.shape, dtype=np.bool_)
    may = np.ones(company.shape, dtype=np.bool_)
    lonely = ~_knows(people, members)
    for seat in range(tables.size):
        one = members[:, seat, None]
        known = people.met[one, newcomers]
        company += people.pairs[one, newcomers]
        may &= people.may[one, newcomers]
        anybody |= known
        newly_known += known & lonely[:, seat, None]
    company += KNOWS_SOMEBODY * (newly_known + anybody)
    return company, may


def _knows(people: People, members: Numbers) -> Flags:
    """Who at each table knows somebody there."""
    known: Flags = people.met[members[:, :, None], members[:, None, :]].any(axis=2)
    return known


def _count(hours: Bits) -> Numbers:
    return np.bitwise_count(hours).sum(axis=-1, dtype=np.int32)


def _hours_worth(common: Numbers) -> Weights:
    worth = SHARED_HOUR * np.clip(common - 1, 0, MOST_HOURS)
    return worth.astype(np.float32)


def _once(start: Numbers, members: Numbers, people: int) -> Numbers:
    """Where each table of a start occurs first: two orders of coming give one table."""
    key = start.astype(np.int64)
    for seat in range(members.shape[1]):
        key = key * people + members[:, seat]
    return np.unique(key, return_index=True)[1].astype(np.int32)


def _best(start: Numbers, gain: Weights, most: int) -> Numbers:
    """The places of the best `most` of each start; equal ones in the order they have."""
    order = np.lexsort((-gain, start)).astype(np.int32)
    sorted_start = start[order]
    first = np.searchsorted(sorted_start, sorted_start, side="left")
    return order[np.arange(len(order)) - first < most]

"""The tables found so far, what each is worth, and what they say of prices.

Which tables go together is a question of set packing: each person sits at one table at most, and
the sum of what the tables are worth is as large as can be. Where fractions of tables are allowed,
each person has a price: by how much the sum would fall without them. Tables worth more than the
prices of their people are what `growing` looks for next (column generation).

Prices are found as on a market. At some heat a table that is worth x less than its prices is
wanted e^(-x / heat) times. Somebody who is wanted more than once becomes dearer, somebody wanted
less cheaper, until everybody is wanted once (iterative scaling, with momentum). The cooler, the
nearer to the prices of the linear program, and unlike a solver's they do not jump about.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from crews.rules.points import LAW
from crews.rules.proposing.growing import Tables
from crews.rules.proposing.people import Bits, Flags, Numbers, Weights

Table = tuple[int, ...]
# How far prices follow at once what is wanted, and how much of their last move goes on.
STEP, MOMENTUM = 0.2, 0.8
MOST_WANTED = 20.0


class Pool:
    """Tables by number. A row of `members` is sorted and filled up with `nobody`."""

    def __init__(self, people: int) -> None:
        self.nobody = people
        self.members: Numbers = np.zeros((0, LAW.most), dtype=np.int32)
        self.worth: Weights = np.zeros(0, dtype=np.float32)
        self._marks: Bits = np.zeros(0, dtype=np.uint64)
        # A table is told from others by the sum of its people's marks.
        self._mark: Bits = np.random.default_rng(0).integers(1, 2**63, people + 1, dtype=np.uint64)
        self._mark[people] = 0

    def __len__(self) -> int:
        return len(self.worth)

    def add(self, grown: Iterable[Tables], some: Numbers) -> None:
        """Take in tables whose people are numbered as in `some`."""
        rows, worth = [self._filled_up(np.zeros((0, 0), np.int32))], [np.zeros(0, np.float32)]
        for tables in grown:
            rows.append(self._filled_up(some[tables.members]))
            worth.append(tables.worth)
        self._add(np.concatenate(rows), np.concatenate(worth))

    def add_crews(self, crews: Mapping[Table, int]) -> None:
        """Take in tables one by one."""
        rows = [self._filled_up(np.array([table], dtype=np.int32)) for table in crews]
        if rows:
            self._add(np.concatenate(rows), np.fromiter(crews.values(), dtype=np.float32))

    def _filled_up(self, members: Numbers) -> Numbers:
        rows = np.full((len(members), LAW.most), self.nobody, dtype=np.int32)
        rows[:, : members.shape[1]] = np.sort(members, axis=1)
        return rows

    def _add(self, members: Numbers, worth: Weights) -> None:
        marks = self._mark[members].sum(axis=1)
        first = np.unique(marks, return_index=True)[1]
        new = np.sort(first[~np.isin(marks[first], self._marks)])
        self.members = np.concatenate([self.members, members[new]])
        self.worth = np.concatenate([self.worth, worth[new]])
        self._marks = np.concatenate([self._marks, marks[new]])

    def table(self, number: int) -> Table:
        """Who sits there."""
        return tuple(one for one in self.members[number].tolist() if one != self.nobody)

    def losses(self, prices: Weights) -> Weights:
        """How much less each table is worth than the prices of its people."""
        return np.append(prices, np.float32(0))[self.members].sum(axis=1) - self.worth

    def raised(self, prices: Weights) -> Weights:
        """The prices, somewhat dearer where a table would be worth more than its people."""
        losses = self.losses(prices)
        size = (self.members != self.nobody).sum(axis=1)
        more = np.zeros(self.nobody + 1, dtype=np.float32)
        np.maximum.at(more, self.members, np.maximum(0, -losses / size)[:, None])
        return prices + more[:-1]

    def seats(self, people: Numbers, chosen: Numbers | None = None) -> Flags:
        """Who of these people sits at each table, or at each of some; nobody else does."""
        members = self.members if chosen is None else self.members[chosen]
        place = np.full(self.nobody + 1, len(people))
        place[people] = np.arange(len(people))
        sits = np.zeros((len(members), len(people) + 1), dtype=np.bool_)
        sits[np.arange(len(members))[:, None], place[members]] = True
        return sits[:, :-1]

    def among(self, is_open: Flags) -> "Pool":
        """Only the tables of nobody but these."""
        return self.those(np.append(is_open, np.True_)[self.members].all(axis=1))

    def those(self, chosen: Numbers | Flags) -> "Pool":
        """Only some of the tables."""
        pool = Pool(self.nobody)
        pool.members = self.members[chosen]
        pool.worth = self.worth[chosen]
        pool._marks = self._marks[chosen]
        return pool

    def priced(self, prices: Weights, *, heat: float, times: int) -> tuple[Weights, Weights]:
        """Prices nearer to those at which everybody is wanted once, and how much each table is
        wanted."""
        price = np.append(prices, 0).astype(np.float64)
        move = np.zeros(self.nobody)
        flat = self.members.ravel()
        wanted = np.zeros(len(self))
        for _ in range(times):
            wanted = np.exp(
                np.minimum((self.worth - price[self.members].sum(axis=1)) / heat, MOST_WANTED)
            )
            load = np.bincount(flat, np.repeat(wanted, LAW.most), self.nobody + 1)[:-1]
            # To stay without a seat is wanted too, of those who bring nothing.
            load = load + np.exp(-price[:-1] / heat)
            move = MOMENTUM * move + heat * STEP * np.log(load + 1e-9)
            price[:-1] = np.maximum(0, price[:-1] + move)
        return price[:-1].astype(np.float32), wanted.astype(np.float32)

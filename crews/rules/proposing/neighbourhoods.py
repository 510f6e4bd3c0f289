"""Better and better crews, by forming neighbourhoods anew.

All is counted in losses: what people are priced at less what their table is worth; whoever has no
seat loses their price. Around a table (or somebody without a seat) where much is lost lie those
from whom good tables would take people. Together they are formed anew without that one table, if
it loses less than before, and while the search is warm also if it loses a little more, for many
an improvement lies behind a worse step (simulated annealing).
"""

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush

import numpy as np

from crews.rules.proposing.covering import cover
from crews.rules.proposing.people import Numbers, Weights
from crews.rules.proposing.pool import Pool, Table

# So many people are a neighbourhood, by chance; for each of them so many tables lead to neighbours.
FEWEST, MOST, WAYS = 25, 60, 10
# Half-made choices at a time.
CHOICES = 100
# What may be lost at a step while the search is warm, on average: so many times what a table loses.
WARM, HOTTEST = 12.0, 160.0
# Every table counts as if it lost a little more, so that each gets its turn.
A_LITTLE, SOME = 1.0, 20.0
STILL = 0.5


class Neighbourhoods:
    """Tables by number in the pool; who sits where now. People without a seat sit alone."""

    def __init__(
        self,
        pool: Pool,
        prices: Weights,
        crews: Mapping[Table, int],
        growing: Mapping[Table, int],
    ) -> None:
        self.pool = pool.those(np.argsort(pool.members[:, 0], kind="stable").astype(np.int32))
        self.prices, self.growing = prices, growing
        self.losses = self.pool.losses(prices)
        self._begin = np.searchsorted(self.pool.members[:, 0], np.arange(pool.nobody + 1))
        self._ways = list(self._least_losses())
        self._worth = dict(crews)
        self._seat: list[Table] = [(person,) for person in range(pool.nobody)]
        self._tables: dict[Table, float] = {
            (person,): float(prices[person]) for person in range(pool.nobody)
        }
        for table, worth in crews.items():
            for person in table:
                del self._tables[(person,)]
            self._sit(table, worth)
        self._least = self._lost
        self.is_best = False

    @property
    def is_perfect(self) -> bool:
        """Whether nothing is lost: no crews could be better."""
        return self._least < STILL

    @property
    def _warmth(self) -> float:
        return min(HOTTEST, WARM * self._least / len(self._tables))

    @property
    def _lost(self) -> float:
        return sum(self._tables.values())

    def crews(self) -> dict[Table, int]:
        """As they are now, with what each is worth."""
        return {table: self._worth[table] for table in self._tables if table in self._worth}

    def form_anew(self, chance: np.random.Generator, warmth: float) -> None:
        """Form the tables of one neighbourhood anew, the colder the less may be lost by it."""
        some = self._around(self._centre(chance), chance)
        people = np.array(sorted(person for table in some for person in table), dtype=np.int32)
        lost = sum(self._tables[table] for table in some)
        less_than = lost - STILL + warmth * self._warmth * float(chance.exponential())
        options = self._options(people, less_than, some[0])
        found = cover(
            self.pool.seats(people, options),
            self.losses[options],
            self.prices[people],
            width=CHOICES,
            less_than=less_than,
        )
        if found is not None:
            for table in some:
                del self._tables[table]
            self._seat_anew(people, options[found])
        self.is_best = self._lost < self._least - STILL
        self._least = min(self._least, self._lost)

    def _sit(self, table: Table, worth: int) -> None:
        self._worth[table] = worth
        self._tables[table] = float(self.prices[list(table)].sum()) - worth
        for person in table:
            self._seat[person] = table

    def _seat_anew(self, people: Numbers, tables: Numbers) -> None:
        left = set(people.tolist())
        for number in tables.tolist():
            table = self.pool.table(number)
            self._sit(table, int(self.pool.worth[number]))
            left.difference_update(table)
        for table in self.growing:
            if left.issuperset(table):
                self._sit(table, self._worth[table])
                left.difference_update(table)
        for person in left:
            self._seat[person] = (person,)
            self._tables[(person,)] = float(self.prices[person])

    def _options(self, people: Numbers, less_than: float, without: Table) -> Numbers:
        """The tables for none but these people that may be part of a better way."""
        firsts = [np.arange(self._begin[one], self._begin[one + 1]) for one in people.tolist()]
        some = np.concatenate(firsts)
        some = some[self.losses[some] < less_than]
        is_here = np.zeros(self.pool.nobody + 1, dtype=np.bool_)
        is_here[people] = is_here[-1] = True
        some = some[is_here[self.pool.members[some]].all(axis=1)]
        same = np.full(self.pool.members.shape[1], self.pool.nobody, dtype=np.int32)
        same[: len(without)] = without
        different: Numbers = some[(self.pool.members[some] != same).any(axis=1)]
        return different

    def _centre(self, chance: np.random.Generator) -> Table:
        """A table, by chance, the more is lost at it the likelier."""
        losses = np.cumsum(np.fromiter(self._tables.values(), dtype=np.float64) + A_LITTLE)
        place = np.searchsorted(losses, chance.random() * losses[-1])
        return list(self._tables)[min(int(place), len(losses) - 1)]

    def _around(self, centre: Table, chance: np.random.Generator) -> list[Table]:
        """Tables that good ones would take people from, the centre first."""
        some, size = [centre], len(centre)
        most = int(chance.integers(FEWEST, MOST, endpoint=True))
        ways: list[tuple[float, int]] = []
        newest: Table | None = centre
        while newest is not None:
            near = [way for person in newest for way in self._ways[person]]
            luck = chance.exponential(size=len(near)) * (self.losses[near] + SOME)
            for far, way in zip(luck.tolist(), near, strict=True):
                heappush(ways, (far, way))
            newest = self._next(ways, some)
            if newest is None or size + len(newest) > most:
                break
            some.append(newest)
            size += len(newest)
        return some

    def _next(self, ways: list[tuple[float, int]], some: list[Table]) -> Table | None:
        """The first table on the nearest way that is not yet among these."""
        while ways:
            for person in self.pool.table(ways[0][1]):
                if self._seat[person] not in some:
                    return self._seat[person]
            heappop(ways)
        return None

    def _least_losses(self) -> Iterator[list[int]]:
        """For each person the tables that lose least."""
        seats = self.pool.members.shape[1]
        flat = self.pool.members.ravel()
        order = np.lexsort((np.repeat(self.losses, seats), flat))
        begin = np.searchsorted(flat[order], np.arange(self.pool.nobody + 1)).tolist()
        for person in range(self.pool.nobody):
            some = order[begin[person] : min(begin[person + 1], begin[person] + WAYS)]
            yield (some // seats).tolist()

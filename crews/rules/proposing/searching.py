"""The search for a whole set of crews: prices, then table by table, then better and better.

1. People change places (`swapping`), so that there is something good soon, and at the end again.
2. Prices. Grow tables that are worth more than the prices of their people, price the people anew,
   and again, while the market cools; at last tables that lose something too, for whole ones must
   fit beside each other.
3. Settling. The tables most wanted are to be, prices are found anew for the rest, and so on; the
   last people are seated by trying what is known in all ways that promise something.
4. Neighbourhoods are formed anew (`neighbourhoods`).

How much is done follows from the number of people and of seconds alone, never from the clock, so
that the same question has the same answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from crews.rules.points import LAW
from crews.rules.proposing.covering import cover
from crews.rules.proposing.growing import Tables, begun, grow
from crews.rules.proposing.neighbourhoods import Neighbourhoods
from crews.rules.proposing.people import Flags, Numbers, People, Weights
from crews.rules.proposing.pool import Pool, Table
from crews.rules.proposing.swapping import swapped
from crews.rules.proposing.watching import Watch

# How hot the market is in each round of growing, and in the end; how often prices then move.
HEATS, COOL, TIMES = np.geomspace(40, 5, 10), 2.5, 40
# Part of the time that pricing leaves for what follows, and of the work that it is.
RESERVE, PRICING = 0.35, 0.4
# Part of the time for the last changes of places.
LAST = 0.05
# People around whom tables grow at once.
BATCH = 250
# Of the open people one in so many gets a table at a time, until so many are left, who are seated
# by trying so many half-made choices at a time.
SHARE, FEW, CHOICES = 300, 60, 1000
WANTED_WHOLE, HARDLY_WANTED = 0.95, 0.01
# Tables that lose more are not looked at before the last people are seated.
NEARLY_WORTH = 100
# How many neighbourhoods: for each person, and at most in a second.
A_PERSON, A_SECOND = 8, 160
# Among so many people there is enough to improve without a worse step.
MANY = 300


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look around each person: tables that live on from size to size, how many of
    each size are kept, and what these may lose against the prices."""

    width: int
    keep: int
    most_loss: float


# While prices are found; when whole tables must fit; for very few people all tables there are.
VERY_FEW = 12
PRICED, WHOLE, ALL = Effort(8, 3, 10), Effort(12, 8, 250), Effort(1000, 1000, 10_000)


class Search:
    """The best crews so far, by number of the people, with what each is worth.

    `growing` are those that must stay together, and may become as large as it says.
    """

    def __init__(
        self,
        people: People,
        crews: dict[Table, int],
        growing: Mapping[Table, int],
        seed: int,
        watch: Watch,
    ) -> None:
        self.crews, self.growing, self.seed, self.watch = crews, growing, seed, watch
        sit = sorted(person for table in growing for person in table)
        self.is_free = np.ones(len(people), dtype=np.bool_)
        self.is_free[sit] = False
        # Nobody who sits joins another table.
        self.people = people.nobody_moves(sit)
        self.everybody: Numbers = np.arange(len(people), dtype=np.int32)
        self.pool = Pool(len(people))
        self.pool.add_crews(crews)

    def run(self, seconds: float) -> None:
        """Look for better crews, with the effort that so many seconds allow."""
        self._say()
        if self.watch.may_go_on(0.0):
            self._swap(0.0)
        if self.watch.may_go_on(0.0):
            prices = self._price()
            settled = self._settled(prices)
            self._better(settled)
            number = int(min(A_PERSON * len(self.people), A_SECOND * seconds))
            self._improve(settled, prices, number)
            self._swap(1.0)

    def _better(self, crews: dict[Table, int]) -> None:
        self.crews = max(self.crews, crews, key=lambda some: sum(some.values()))
        self._say()

    def _swap(self, share_done: float) -> None:
        def may_go_on() -> bool:
            return self.watch.may_go_on(share_done)

        self._better(swapped(self.people, self.crews, self.is_free, may_go_on))

    def _say(self) -> None:
        self.watch.found(sum(map(len, self.crews)), sum(self.crews.values()))

    def _price(self) -> Weights:
        """Rounds of growing and pricing; in the end no table is worth more than its prices."""
        # At first as if everybody at a table brought the same.
        prices = np.full(len(self.people), 1000, dtype=np.float32)
        for table, worth in self.crews.items():
            prices[list(table)] = worth / len(table)
        for number, heat in enumerate(HEATS):
            self._grow(self.everybody, prices, PRICED)
            if not self.watch.may_go_on(PRICING * number / len(HEATS), RESERVE):
                break
            prices, _ = self.pool.priced(prices, heat=heat, times=TIMES)
        self._grow(self.everybody, prices, WHOLE if len(prices) > VERY_FEW else ALL)
        prices, _ = self.pool.priced(prices, heat=COOL, times=2 * TIMES)
        return self.pool.raised(prices)

    def _grow(self, some: Numbers, prices: Weights, effort: Effort) -> None:
        """Grow tables of some people, around each who is free and around growing tables."""
        people, grown = self.people.among(some), list[Tables]()
        for starts, most in self._starts(people, some):
            if grown and not self.watch.may_go_on(PRICING):
                break
            grown += grow(
                people,
                starts,
                prices[some],
                most=most,
                width=effort.width,
                keep=effort.keep,
                most_loss=effort.most_loss,
            )
        self.pool.add(grown, some)

    def _starts(self, people: People, some: Numbers) -> Iterator[tuple[Tables, int]]:
        """What tables grow from, numbered as in `some`, and how large they may become."""
        free = np.flatnonzero(self.is_free[some]).astype(np.int32)
        for first in range(0, len(free), BATCH):
            yield begun(people, free[first : first + BATCH, None]), LAW.most
        for table, most in self.growing.items():
            if np.isin(table, some).all():
                yield begun(people, np.searchsorted(some, table).astype(np.int32)[None, :]), most

    def _settled(self, prices: Weights) -> dict[Table, int]:
        """Whole tables, those that the market wants most first."""
        pool = self.pool.those(self.pool.losses(prices) < NEARLY_WORTH)
        settled = dict[Table, int]()
        is_open = np.ones(len(self.people), dtype=np.bool_)
        while is_open.sum() > FEW and self.watch.may_go_on(PRICING):
            if not len(pool):
                # Nothing known is left for those who are: look around them alone.
                self._grow(np.flatnonzero(is_open).astype(np.int32), prices, WHOLE)
                pool = self.pool.among(is_open)
                if not len(pool):
                    break
            prices, wanted = pool.priced(prices, heat=COOL, times=TIMES // 2)
            for place in self._most_wanted(pool, wanted, is_open):
                table = pool.table(place)
                settled[table] = int(pool.worth[place])
                is_open[list(table)] = False
            pool = pool.among(is_open)
        left = np.flatnonzero(is_open).astype(np.int32)
        if 0 < len(left) <= FEW:
            settled |= self._seated(left, prices)
        sit = {person for table in settled for person in table}
        return settled | {
            table: self.crews[table] for table in self.growing if sit.isdisjoint(table)
        }

    def _most_wanted(self, pool: Pool, wanted: Weights, is_open: Flags) -> list[int]:
        """Tables that are wanted as a whole, and some of those wanted most; of different people."""
        is_open, some = is_open.copy(), list[int]()
        more = 1 + int(is_open.sum()) // SHARE
        for place in np.argsort(-wanted, kind="stable").tolist():
            if more == 0 or (some and wanted[place] < HARDLY_WANTED):
                break
            table = list(pool.table(place))
            if is_open[table].all():
                some.append(place)
                is_open[table] = False
                more -= bool(wanted[place] < WANTED_WHOLE)
        return some

    def _seated(self, left: Numbers, prices: Weights) -> dict[Table, int]:
        """The best tables found for the last people."""
        if len(left) < len(self.people):
            self._grow(left, prices, WHOLE)
        is_left = np.zeros(len(self.people), dtype=np.bool_)
        is_left[left] = True
        pool = self.pool.among(is_left)
        prices, _ = pool.priced(prices, heat=COOL, times=TIMES)
        prices = pool.raised(prices)
        found = cover(pool.seats(left), pool.losses(prices), prices[left], width=CHOICES)
        return {pool.table(place): int(pool.worth[place]) for place in found or []}

    def _improve(self, crews: Mapping[Table, int], prices: Weights, number: int) -> None:
        """Form so many neighbourhoods anew, of crews to which the tables known lead."""
        prices = self.pool.raised(prices)
        pool = self.pool.those(self.pool.losses(prices) < WHOLE.most_loss)
        pool.add_crews(crews)
        near = Neighbourhoods(pool, prices, crews, self.growing)
        warm = len(self.people) <= MANY
        for step in range(number):
            if near.is_perfect or not self.watch.may_go_on(0.5 + 0.5 * step / number, LAST):
                break
            near.form_anew(
                np.random.default_rng([abs(self.seed), step]), warm * (1 - step / number)
            )
            if near.is_best:
                self._better(near.crews())

"""The best crews for some people, as far as they are found: prices, then table by table.

1. Prices. Grow tables that are worth more than the prices of their people, let the linear program
   price the people anew, and again, until nothing grows that would improve the whole.
2. Settling. While many are open: what the program wants whole is to be, and the table of which it
   wants most; tables and prices are found anew for the rest. The last eighty are seated by trying
   what is known in all the ways that promise something (`covering`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from crews.rules.points import LAW
from crews.rules.proposing.covering import cover
from crews.rules.proposing.growing import Tables, begun, grow
from crews.rules.proposing.packing import WHOLE, Packing, Table, listed
from crews.rules.proposing.people import Flags, Numbers, People, Weights

# So many people are seated by trying, so many half-made choices at a time.
FEW, CHOICES = 80, 1000
STILL = 1.0
# Part of the time that pricing leaves for settling.
RESERVE = 0.35
MayGoOn = Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look: rounds of pricing, tables that live on around a person from size to
    size, how many of each size are kept, and what they may lose against the prices."""

    rounds: int
    width: int
    keep: int
    most_loss: float = -0.01


# The last tables before the last people are seated; for very few people all tables there are.
VERY_FEW = 12
LAST, ALL = Effort(1, 12, 5, most_loss=200), Effort(1, 1000, 1000, most_loss=10_000)


@dataclass(frozen=True, slots=True)
class Season:
    """The people, the crews they are in so far, those of the crews which must stay together and
    may grow to so many people, and what other tables are known. All tables with their worth."""

    people: People
    crews: Mapping[Table, int]
    growing: Mapping[Table, int]
    known: Mapping[Table, int]


def best_crews(
    season: Season, effort: Effort, may_go_on: MayGoOn
) -> tuple[dict[Table, int], dict[Table, int]]:
    """Crews, at least as good together as those so far; and all tables that are known now."""
    forming = _Forming(season, effort, may_go_on)
    forming.price()
    if forming.packing.total < sum(season.crews.values()) + STILL:
        # Not even fractions of tables would be better.
        return dict(season.crews), forming.packing.worth
    found = forming.settle()
    seated = {person for table in found for person in table}
    for table in season.growing:
        if seated.isdisjoint(table):
            found[table] = season.crews[table]
    best = max(found, dict(season.crews), key=lambda crews: sum(crews.values()))
    return best, forming.packing.worth


class _Forming:
    """The work on one season."""

    def __init__(self, season: Season, effort: Effort, may_go_on: MayGoOn) -> None:
        self.season, self.effort, self.may_go_on = season, effort, may_go_on
        sit = sorted(person for table in season.growing for person in table)
        self.is_free = np.ones(len(season.people), dtype=np.bool_)
        self.is_free[sit] = False
        # Nobody who sits joins another table.
        self.people = season.people.nobody_moves(sit)
        self.packing = Packing(len(self.people))
        self.packing.add(season.crews.items())
        self.packing.add(season.known.items())

    def price(self) -> None:
        """Rounds of growing and pricing.

        New prices are halfway to what the program says: its own jump about, and tables grown at
        prices in between are better ones.
        """
        everybody, prices = np.ones(len(self.people), dtype=np.bool_), self._first_prices()
        if self.season.known:
            self.packing.solve()
            prices = self.packing.prices
        for number in range(self.effort.rounds):
            is_new = self._grow(everybody, prices)
            self.packing.solve()
            said = self.packing.prices
            if not self.may_go_on(number / self.effort.rounds, RESERVE):
                break
            if not is_new and np.abs(prices - said).max(initial=0) < STILL:
                break
            prices = np.float32(0.5) * (prices + said) if is_new else said

    def settle(self) -> dict[Table, int]:
        """Whole tables, from the program's shares of tables."""
        packing, settled = self.packing, []
        is_open = np.ones(len(self.people), dtype=np.bool_)
        while (
            self.may_go_on(1.0, 0.0) and is_open.sum() > FEW and (places := self._wanted(is_open))
        ):
            packing.settle(places)
            for place in places:
                settled.append(packing.tables[place])
                is_open[list(settled[-1])] = False
            packing.solve()
            if self._grow(is_open, packing.prices):
                packing.solve()
        rest = np.flatnonzero(is_open).tolist()
        if len(rest) <= FEW:
            # Also tables that lose a little: whole ones must fit beside each other.
            if self.may_go_on(1.0, 0.0):
                self._grow(is_open, packing.prices, LAST if len(rest) > VERY_FEW else ALL)
            settled += cover(packing.worth, rest, packing.prices, width=CHOICES)
        return {table: packing.worth[table] for table in settled}

    def _first_prices(self) -> Weights:
        """As if everybody at a table brought the same."""
        prices = np.full(len(self.people), 1000, dtype=np.float32)
        for table, worth in self.season.crews.items():
            prices[list(table)] = worth / len(table)
        return prices

    def _wanted(self, is_open: Flags) -> list[int]:
        """Tables of which the program wants the whole, else the one of which it wants most."""
        shares, taken = self.packing.shares, ~is_open
        wanted: list[int] = []
        for place in np.argsort(-shares, kind="stable").tolist():
            if shares[place] <= 1 - WHOLE or (wanted and shares[place] < WHOLE):
                break
            table = list(self.packing.tables[place])
            if not taken[table].any():
                wanted.append(place)
                taken[table] = True
        return wanted

    def _grow(self, is_open: Flags, prices: Weights, effort: Effort | None = None) -> bool:
        """Grow around each open person and growing table; whether that found new tables."""
        effort = effort or self.effort
        some = np.flatnonzero(is_open).astype(np.int32)
        people = self.people.among(some)
        found = 0
        for starts, most in self._starts(people, some, is_open):
            grown = grow(
                people,
                starts,
                prices[some],
                most=most,
                width=effort.width,
                keep=effort.keep,
                most_loss=effort.most_loss,
            )
            found += self.packing.add(
                (tuple(some[list(table)].tolist()), worth) for table, worth in listed(grown)
            )
        return found > 0

    def _starts(
        self, people: People, some: Numbers, is_open: Flags
    ) -> Iterator[tuple[Tables, int]]:
        """What tables grow from, numbered as in `some`, and how large they may become."""
        free = np.flatnonzero(self.is_free[some]).astype(np.int32)
        yield begun(people, free[:, None]), LAW.most
        for table, most in self.season.growing.items():
            if is_open[list(table)].all():
                members = np.searchsorted(some, table).astype(np.int32)
                yield begun(people, members[None, :]), most

"""Which of the tables found so far go together: a linear program, and what it says of prices.

Set packing: each person sits at one table at most, and the sum of what the tables are worth is as
large as can be. Solved with fractions of tables allowed, the program also prices each person: by
how much the sum would fall without them. Tables worth more than the prices of their people are
what `growing` looks for next (column generation). One thread and no presolve: the same answer each
time. Loads numpy and HiGHS.
"""

from collections.abc import Iterable

import highspy
import numpy as np
from numpy.typing import NDArray

from crews.rules.proposing.growing import Tables
from crews.rules.proposing.people import Weights

Table = tuple[int, ...]
WHOLE = 1 - 1e-6


class Packing:
    """The tables found so far, what each is worth, and the program over them."""

    def __init__(self, people: int) -> None:
        self.tables: list[Table] = []
        self.worth: dict[Table, int] = {}
        self.shares: NDArray[np.float64] = np.zeros(0)
        self.prices: Weights = np.zeros(people, dtype=np.float32)
        self.total = 0.0
        self._program: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._program.setOptionValue(option, value)
        self._program.changeObjectiveSense(highspy.ObjSense.kMaximize)
        none = np.zeros(0, dtype=np.int32)
        free, one = np.full(people, -highspy.kHighsInf), np.ones(people)
        self._program.addRows(people, free, one, 0, none, none, np.zeros(0))

    def add(self, tables: Iterable[tuple[Table, int]]) -> int:
        """Take in tables (sorted) with their worth; how many were new."""
        new = {table: worth for table, worth in tables if table not in self.worth}
        if new:
            self.worth |= new
            self.tables += new
            begins = np.cumsum([0, *(len(table) for table in new)], dtype=np.int32)
            people = np.concatenate([np.array(table, dtype=np.int32) for table in new])
            worth = np.fromiter(new.values(), dtype=np.float64)
            none, any_share = np.zeros(len(new)), np.full(len(new), highspy.kHighsInf)
            ones = np.ones(len(people))
            self._program.addCols(
                len(new), worth, none, any_share, len(people), begins[:-1], people, ones
            )
        return len(new)

    def solve(self) -> None:
        """Find the shares of the tables, the prices of the people and the sum."""
        self._program.run()
        solution = self._program.getSolution()
        self.shares = np.array(solution.col_value)
        self.prices = np.array(solution.row_dual, dtype=np.float32)
        self.total = self._program.getObjectiveValue()

    def settle(self, tables: Iterable[int]) -> None:
        """These tables (by their place) are to be, whole."""
        for place in tables:
            self._program.changeColBounds(place, 1.0, 1.0)


def listed(tables: Iterable[Tables]) -> Iterable[tuple[Table, int]]:
    """Grown tables one by one, each with what it is worth."""
    for some in tables:
        for members, worth in zip(some.members.tolist(), some.worth.tolist(), strict=True):
            yield tuple(members), int(worth)

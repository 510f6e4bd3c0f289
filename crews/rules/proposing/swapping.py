"""Crews made better soon: two people change places, as long as that brings something.

Thousands of people wait long until tables are priced; whoever stops before then gets these.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

import numpy as np

from crews.rules.points import LAW
from crews.rules.proposing.growing import begun, joined
from crews.rules.proposing.people import Flags, People, Weights
from crews.rules.proposing.pool import Table

BATCH = 250
LITTLE = 0.5


def swapped(
    people: People, crews: Mapping[Table, int], is_free: Flags, go_on: Callable[[], bool]
) -> dict[Table, int]:
    """These crews, after changes of places, the best first, as long as it may go on.

    Whoever has no seat may change places with somebody who has one. Tables where anybody is not
    free stay as they are.
    """
    swaps = _Swaps(people, crews, is_free)
    while go_on() and swaps.do_the_best():
        pass
    return swaps.crews()


class _Swaps:
    """`value` says what the table of one person (row) is worth with another (column) in their
    place; those who must stay have no value elsewhere."""

    def __init__(self, people: People, crews: Mapping[Table, int], is_free: Flags) -> None:
        self.people = people
        self.fixed = {table: crews[table] for table in crews if not is_free[list(table)].all()}
        self.table: list[Table] = [(person,) for person in range(len(people))]
        self.worth: Weights = np.zeros(len(people), dtype=np.float32)
        self.value: Weights = np.zeros((len(people), len(people)), dtype=np.float32)
        self.value[~is_free] = -np.inf
        for table in self.fixed:
            self.value[list(table)] = -np.inf
        free = [table for table in crews if table not in self.fixed]
        for table in free:
            self._sit(table, crews[table])
        self._look_at(free)

    def crews(self) -> dict[Table, int]:
        """As they are now, with what each is worth."""
        return self.fixed | {
            table: int(self.worth[table[0]]) for table in self.table if len(table) > 1
        }

    def do_the_best(self) -> bool:
        """Change places where it brings most, at each table once; say whether any did."""
        gains = self.value + self.value.T - self.worth[:, None] - self.worth
        other = gains.argmax(axis=1)
        gain = gains[np.arange(len(gains)), other]
        changed = set[Table]()
        for one in np.argsort(-gain, kind="stable").tolist():
            if gain[one] < LITTLE:
                break
            two = int(other[one])
            here, there = self.table[one], self.table[two]
            if here != there and changed.isdisjoint((here, there)):
                here, there = _with(two, one, here), _with(one, two, there)
                self._sit(here, int(self.value[one, two]))
                self._sit(there, int(self.value[two, one]))
                changed |= {here, there}
        self._look_at(changed)
        return bool(changed)

    def _sit(self, table: Table, worth: int) -> None:
        for person in table:
            self.table[person] = table
            self.worth[person] = worth

    def _look_at(self, tables: Iterable[Table]) -> None:
        """Find what these tables are worth with each person in each place."""
        for size, same in groupby(sorted(tables, key=len), key=len):
            members = np.array(list(same), dtype=np.int32)
            for seat in range(size):
                for some in np.array_split(members, 1 + len(members) // BATCH):
                    rest = np.delete(some, seat, axis=1)
                    self.value[some[:, seat]] = (
                        joined(self.people, begun(self.people, rest)) if size >= LAW.least else 0
                    )


def _with(newcomer: int, instead: int, table: Table) -> Table:
    return tuple(sorted({*table, newcomer} - {instead}))

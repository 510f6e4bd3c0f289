"""The search for a whole set of crews: everybody at once, then neighbourhood after neighbourhood.

Up to two hundred people are a season by themselves (`season`). Then, and from the start where
there are more, some tables near each other and people without a seat are taken together and
formed anew; what comes out is at least as good. How much is done follows from the number of
people and of seconds alone, never from the clock, so that the same question has the same answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from crews.rules.proposing.packing import Table
from crews.rules.proposing.people import WORD, Numbers, People, Weights, packed
from crews.rules.proposing.season import Effort, Season, best_crews
from crews.rules.proposing.watching import Watch

AT_ONCE = 220
EVERYBODY = Effort(rounds=9, width=8, keep=3)
# In a neighbourhood, where all were looked at together before, and where they were not; how many
# people it has.
AGAIN, NEAR = Effort(rounds=2, width=8, keep=2), Effort(rounds=8, width=8, keep=3)
FEW_NEIGHBOURS, NEIGHBOURS = 52, 150
# How many neighbourhoods: of each person and at most; in a second, where there are more people;
# and after how many in which nothing became better the search ends.
A_PERSON, AT_MOST, A_SECOND, IN_VAIN = 1 / 2, 60, 1 / 3, 40
# How much more than a stranger at the same hours somebody counts who adds points.
STRANGER = 20


class Known:
    """Tables found while everybody was looked at together, to be asked for by who sits there."""

    def __init__(self, tables: Mapping[Table, int], people: int) -> None:
        self._tables = list(tables.items())
        sits = np.zeros((len(tables), people), dtype=np.bool_)
        for index, table in enumerate(tables):
            sits[index, list(table)] = True
        self._sits = packed(sits)

    def among(self, people: Numbers) -> list[tuple[Table, int]]:
        """Those at which nobody else sits."""
        if not self._tables:
            return []
        others = np.ones((1, self._sits.shape[1] * WORD), dtype=np.bool_)
        others[0, people] = False
        inside = ~(self._sits & packed(others)).any(axis=1)
        return [self._tables[index] for index in np.flatnonzero(inside).tolist()]


@dataclass(slots=True)
class Search:
    """The best crews so far, by number of the people, with what each is worth."""

    people: People
    crews: dict[Table, int]
    growing: Mapping[Table, int]
    seed: int
    watch: Watch
    _known: Known = field(init=False)
    _size: int = field(init=False)
    _turns: "np.ndarray[tuple[int], np.dtype[np.int32]]" = field(init=False)

    def run(self, seconds: float) -> None:
        """Look for better crews, with the effort that so many seconds allow."""
        people = len(self.people)
        self._known = Known({}, people)
        self._turns = np.zeros(people, dtype=np.int32)
        self._say()
        first = 0.5 if people <= AT_ONCE else 0.0
        if first:
            season = Season(self.people, self.crews, self.growing, {})
            self.crews, known = best_crews(
                season,
                EVERYBODY,
                lambda share, reserve: self.watch.may_go_on(first * share, reserve),
            )
            self._known = Known(known, people)
            self._say()
        number, effort, self._size = self._plan(people, seconds)
        near = (self.people.pairs + STRANGER) * self.people.may
        best, in_vain = self._worth, 0
        for step in range(number):
            share_done = first + (1 - first) * step / number
            if in_vain >= IN_VAIN or not self.watch.may_go_on(share_done):
                break
            self._form_anew(self._neighbourhood(near, step), effort, share_done)
            in_vain = in_vain + 1 if self._worth == best else 0
            best = self._worth
            self._say()

    @staticmethod
    def _plan(people: int, seconds: float) -> tuple[int, Effort, int]:
        """How many neighbourhoods, what effort in each, and their size."""
        if people <= FEW_NEIGHBOURS:
            return 0, AGAIN, people
        if people <= AT_ONCE:
            return int(min(people * A_PERSON, AT_MOST)), AGAIN, FEW_NEIGHBOURS
        return int(seconds * A_SECOND), NEAR, NEIGHBOURS

    @property
    def _worth(self) -> int:
        return sum(self.crews.values())

    def _say(self) -> None:
        placed = sum(len(table) for table in self.crews)
        self.watch.found(placed, self._worth)

    def _form_anew(self, some: list[Table], effort: Effort, share_done: float) -> None:
        """Form these tables anew; a table of one is a person without a seat."""
        chosen = np.array(sorted(person for table in some for person in table), dtype=np.int32)
        place = {person: index for index, person in enumerate(chosen.tolist())}
        here = {table: self.crews.pop(table) for table in some if table in self.crews}
        season = Season(
            self.people.among(chosen),
            {tuple(place[one] for one in table): worth for table, worth in here.items()},
            {
                tuple(place[one] for one in table): most
                for table, most in self.growing.items()
                if place.keys() >= set(table)
            },
            {
                tuple(place[one] for one in table): worth
                for table, worth in self._known.among(chosen)
            },
        )
        found, _ = best_crews(season, effort, lambda _, __: self.watch.may_go_on(share_done))
        self.crews |= {tuple(chosen[list(table)].tolist()): found[table] for table in found}

    def _neighbourhood(self, near: Weights, step: int) -> list[Table]:
        """Tables and lone people around somebody whose turn it is, near ones by chance first.

        Every other time it is the turn of one without a seat, if there are any.
        """
        seated = {person for table in self.crews for person in table}
        alone = [(person,) for person in range(len(self.people)) if person not in seated]
        if alone and step % 2 == 0:
            centre: Table = min(alone, key=lambda table: self._turns[table[0]])
        else:
            first = int(np.argmin(self._turns))
            centre = next((table for table in self.crews if first in table), (first,))
        pull = near[list(centre)].mean(axis=0)
        tables = sorted({*self.crews, *alone} - {centre})
        luck = np.random.default_rng([abs(self.seed), step]).uniform(0.3, 1, len(tables))
        pulls = np.array([pull[list(table)].mean() for table in tables]) * luck
        some, size = [centre], len(centre)
        for place in np.argsort(-pulls, kind="stable").tolist():
            if size + len(tables[place]) > self._size:
                break
            some.append(tables[place])
            size += len(tables[place])
        for table in some:
            self._turns[list(table)] += 1
        return some

"""Who sits where, of tables that are known: a search that seats person after person.

At given prices each table loses something: what its people would bring elsewhere less what it is
worth; a person without a seat loses their price. The prices are such that no table loses less
than nothing, and what is lost so far may be compared between half-made choices, whoever sits
already. The rarest person comes first; the best few choices live on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crews.rules.proposing.people import Bits, Flags, Numbers, Weights, packed

LOSS_THAT_COUNTS = 40
UNSEATED = -1


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    """Half-made choices: who is seated or given up (bits), what is lost, and how each came
    about: from which choice before, by which table."""

    done: Bits
    loss: Weights
    before: Numbers
    table: Numbers


def cover(
    sits: Flags, losses: Weights, prices: Weights, *, width: int, less_than: float = np.inf
) -> list[int] | None:
    """Which tables (rows of `sits`) seat these people (columns) best, if any way found loses
    less than that."""
    order = np.argsort(np.exp(-losses / LOSS_THAT_COUNTS) @ sits, kind="stable")
    return _Search(sits[:, order], losses, prices[order], width).best(less_than)


class _Search:
    """People in the order in which they are seated; a row of `sits` for each table."""

    def __init__(self, sits: Flags, losses: Weights, prices: Weights, width: int) -> None:
        self.people = sits.shape[1]
        self.bits, self.losses, self.prices, self.width = packed(sits), losses, prices, width
        self.own = packed(np.eye(self.people, dtype=np.bool_))
        self.at = [
            np.flatnonzero(sits[:, person]).astype(np.int32) for person in range(self.people)
        ]
        self.scatter = np.random.default_rng(0).integers(
            1, 2**63, self.bits.shape[1], dtype=np.uint64
        )

    def best(self, less_than: float) -> list[int] | None:
        """The places of the tables that lose least together."""
        start = np.zeros(1, dtype=np.int32)
        choices = _Choices(
            np.zeros((1, self.bits.shape[1]), np.uint64), np.zeros(1, np.float32), start, start
        )
        steps: list[_Choices] = []
        least, end = less_than, None
        while len(choices.loss):
            missing = self._missing(choices)
            ready = np.flatnonzero(missing == self.people)
            if len(ready):
                best = ready[np.argmin(choices.loss[ready])]
                if choices.loss[best] < least:
                    least, end = float(choices.loss[best]), (len(steps), int(best))
            choices = self._fewer(self._next(choices, missing), least)
            steps.append(choices)
        return None if end is None else _traced(steps, *end)

    def _missing(self, choices: _Choices) -> NDArray[np.int64]:
        """For each choice the first person about whom nothing is said yet."""
        done = np.unpackbits(choices.done.view(np.uint8), axis=1, count=self.people)
        return np.where(done.all(axis=1), self.people, done.argmin(axis=1))

    def _next(self, choices: _Choices, missing: NDArray[np.int64]) -> _Choices:
        """Each choice with that person at each table they could sit at, or without a seat."""
        parts = []
        for person in np.unique(missing[missing < self.people]).tolist():
            rows, tables = np.flatnonzero(missing == person).astype(np.int32), self.at[person]
            free = ~(choices.done[rows, None] & self.bits[None, tables]).any(axis=2)
            choice, option = np.nonzero(free)
            row, table = rows[choice], tables[option]
            parts += [
                (
                    choices.done[row] | self.bits[table],
                    choices.loss[row] + self.losses[table],
                    row,
                    table,
                ),
                (
                    choices.done[rows] | self.own[person],
                    choices.loss[rows] + self.prices[person],
                    rows,
                    np.full(len(rows), UNSEATED, np.int32),
                ),
            ]
        if not parts:
            return _no_choices(self.bits.shape[1])
        return _Choices(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _fewer(self, choices: _Choices, least: float) -> _Choices:
        """The best that may still become the best of all, each set of people once."""
        order = np.argsort(choices.loss, kind="stable")
        order = order[choices.loss[order] < least][: 6 * self.width]
        first = np.unique(choices.done[order] @ self.scatter, return_index=True)[1]
        order = order[np.sort(first)][: self.width]
        return _Choices(
            choices.done[order], choices.loss[order], choices.before[order], choices.table[order]
        )


def _no_choices(words: int) -> _Choices:
    """No choice at all."""
    none = np.zeros(0, np.int32)
    return _Choices(np.zeros((0, words), np.uint64), np.zeros(0, np.float32), none, none)


def _traced(steps: Sequence[_Choices], last: int, place: int) -> list[int]:
    tables = []
    for step in reversed(steps[:last]):
        if step.table[place] != UNSEATED:
            tables.append(int(step.table[place]))
        place = int(step.before[place])
    return tables

"""Everybody as arrays, so that thousands of tables can be compared at once. Loads numpy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from crews.rules.points import (
    KNOWS_SOMEBODY,
    MOST_INTERESTS,
    NEVER_MET,
    SHARED_INTEREST,
    WISH,
    WISHED_BOTH_WAYS,
    Seeker,
)

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]
Weights = NDArray[np.float32]
Bits = NDArray[np.uint64]
WORD = 64
# How much a friend of a friend is a friend.
AT_SECOND_HAND = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody by number, in the order they were handed in.

    `hours` are the slots as bits, a row each; `pairs` what two bring to one table, apart from
    knowing each other; `met` who knows whom; `may` who may sit together, as far as two go;
    `closeness` how promising two are at one table, also by friends of friends.
    """

    hours: Bits
    pairs: Weights
    met: Flags
    may: Flags
    closeness: Weights

    def __len__(self) -> int:
        return len(self.hours)

    def among(self, some: Numbers) -> "People":
        """Only these, numbered in this order."""
        square = np.ix_(some, some)
        return People(
            self.hours[some],
            self.pairs[square],
            self.met[square],
            self.may[square],
            self.closeness[square],
        )

    def nobody_moves(self, sit: Sequence[int]) -> "People":
        """The same, but these people join nobody; others may still join them."""
        may = self.may.copy()
        may[:, sit] = False
        return People(self.hours, self.pairs, self.met, may, self.closeness)


def people_of(seekers: Sequence[Seeker]) -> People:
    """The arrays of these people."""
    number = {one.id: index for index, one in enumerate(seekers)}
    wishes = _pointing((one.wishes for one in seekers), number)
    met = _either(_pointing((one.met for one in seekers), number))
    refused = _either(_pointing((one.not_with for one in seekers), number))
    interests = _marks([one.interests for one in seekers]).astype(np.float32)
    pairs = WISH * wishes.astype(np.float32)
    pairs += pairs.T + WISHED_BOTH_WAYS * (wishes & wishes.T)
    pairs += SHARED_INTEREST * np.minimum(MOST_INTERESTS, interests @ interests.T)
    pairs += NEVER_MET * ~met
    hours = packed(_marks([one.slots for one in seekers]))
    may = ~refused
    shares = np.zeros_like(may)
    for word in hours.T:
        shares |= (word[:, None] & word[None, :]) != 0
    may &= shares
    np.fill_diagonal(may, val=False)
    np.fill_diagonal(pairs, 0)
    bond = (pairs + KNOWS_SOMEBODY * met) * may
    friends = np.where(bond >= KNOWS_SOMEBODY, bond, np.float32(0))
    closeness = bond + np.float32(AT_SECOND_HAND) * (friends @ friends)
    return People(hours, pairs, met, may, closeness)


def _pointing(others: Iterable[frozenset[int]], number: dict[int, int]) -> Flags:
    flags = np.zeros((len(number), len(number)), dtype=np.bool_)
    for index, ids in enumerate(others):
        flags[index, [number[one] for one in ids if one in number and number[one] != index]] = True
    return flags


def _either(flags: Flags) -> Flags:
    return flags | flags.T


def _marks(sets: Sequence[frozenset[object]]) -> Flags:
    """A row for each set and a column for each thing that occurs in any."""
    columns: dict[object, int] = {}
    for thing in chain.from_iterable(sets):
        columns.setdefault(thing, len(columns))
    flags = np.zeros((len(sets), max(1, len(columns))), dtype=np.bool_)
    for index, things in enumerate(sets):
        flags[index, [columns[thing] for thing in things]] = True
    return flags


def packed(marks: Flags) -> Bits:
    """A row of flags as bits in words, the first flag in the first bit."""
    words = max(1, -(-marks.shape[1] // WORD))
    padded = np.zeros((len(marks), words * WORD), dtype=np.bool_)
    padded[:, : marks.shape[1]] = marks
    return np.packbits(padded, axis=1).view(np.uint64)

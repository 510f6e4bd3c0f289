"""Why a table is proposed, as facts for words: one account for stewards, one for each person.

Nothing here reads whom anybody would rather not sit with. Wishes are a number, but for those of
the reader; who knows whom is what all may know (`known`: from crews that their congregation saw),
and for a reader also those they know themselves.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from crews.rules.points import Seeker, breakdown

MOST_INTERESTS = 2
Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class SharedInterest:
    """Something that several at the table care about."""

    interest: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for a table. People are ids, pairs have the smaller id first.

    `slots` are the hours all share. `wishes` is how many wishes come true; `mine` are those of
    the reader among them, `mutual` the ones of these that go both ways.
    """

    people: tuple[int, ...]
    slots: tuple[int, ...]
    interests: tuple[SharedInterest, ...]
    know_each_other: tuple[tuple[int, int], ...]
    wishes: int
    mine: tuple[int, ...] = ()
    mutual: tuple[int, ...] = ()


def explain(table: Collection[Seeker], known: Collection[Pair]) -> Explanation:
    """For stewards, and for whoever reads about a table without sitting at it."""
    grounds = breakdown(table)
    return Explanation(
        people=grounds.people,
        slots=grounds.shared_slots,
        interests=_interests(table),
        know_each_other=_knowing(grounds.people, known),
        wishes=len(grounds.wishes),
    )


def explain_to(reader: int, table: Collection[Seeker], known: Collection[Pair]) -> Explanation:
    """For somebody who would sit there (by id): also whom they know, and their own wishes."""
    grounds = breakdown(table)
    own = {frozenset(pair) for pair in grounds.know_each_other if reader in pair}
    mine = [whom for by, whom in grounds.wishes if by == reader]
    return Explanation(
        people=grounds.people,
        slots=grounds.shared_slots,
        interests=_interests(table, reader),
        know_each_other=_knowing(grounds.people, {*known, *own}),
        wishes=len(grounds.wishes),
        mine=tuple(mine),
        mutual=tuple(whom for whom in mine if (whom, reader) in grounds.wishes),
    )


def _interests(table: Iterable[Seeker], reader: int | None = None) -> tuple[SharedInterest, ...]:
    """Those that most share come first; for a reader those they share."""
    people = sorted(table, key=lambda one: one.id)
    counted = Counter(str(interest) for one in people for interest in one.interests)
    shared = [
        SharedInterest(interest, tuple(one.id for one in people if interest in one.interests))
        for interest, count in sorted(counted.items(), key=lambda row: (-row[1], row[0]))
        if count > 1
    ]
    mine = [one for one in shared if reader is None or reader in one.people]
    return tuple(mine[:MOST_INTERESTS])


def _knowing(people: Sequence[int], known: Collection[Pair]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (one, other)
        for one in people
        for other in people
        if one < other and frozenset((one, other)) in known
    )

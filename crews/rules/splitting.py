"""How a table becomes two: every way there is, the kindest first. Pure.

Six or seven people can be seated at two tables in some thirty ways, so all are looked at. What
somebody would rather not have weighs first and is said nowhere; then that both tables share an
hour, then ties and wishes, then how many hours they share.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from circles.scales import LAWS, Scale

LAW = LAWS[Scale.CREW]
LEAST_FOR_TWO = 2 * LAW.least
# What a tie is worth when people are seated: a dyad before a wish before having met elsewhere.
DYAD, WISH, KNOWN = 4, 2, 1

Table = tuple[int, ...]
Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class Diner:
    """One person at a table that becomes two, by id. No slots: their hours are not said."""

    id: int
    slots: frozenset[int] = frozenset()
    wishes: frozenset[int] = frozenset()
    rather_not: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs who are a dyad, and pairs who knew each other before this crew."""

    dyads: frozenset[Pair] = frozenset()
    known: frozenset[Pair] = frozenset()


def shared_slots(diners: Iterable[Diner]) -> frozenset[int]:
    """The slots that suit all who have said theirs; none while nobody has."""
    said = [diner.slots for diner in diners if diner.slots]
    return frozenset.intersection(*said) if said else frozenset()


def ways(diners: Sequence[Diner]) -> Iterator[tuple[Table, Table]]:
    """Every way to seat them at two tables of a crew's size. The first person sits at the first.

    There is none for fewer than six.
    """
    ids = sorted(diner.id for diner in diners)
    for size in range(LAW.least, min(LAW.most, len(ids) - LAW.least) + 1):
        for first in combinations(ids, size):
            second = tuple(one for one in ids if one not in first)
            if ids[0] in first and len(second) <= LAW.most:
                yield first, second


def propose(diners: Sequence[Diner], ties: Ties) -> tuple[Table, Table]:
    """The kindest way to become two; the same people get the same answer in any order.

    Raises ValueError for fewer than six or more than twelve people.
    """
    by_id = {diner.id: diner for diner in diners}
    found = max(ways(diners), key=lambda way: _kindness(way, by_id, ties), default=None)
    if found is None:
        raise ValueError("two tables need six people, and seat twelve")
    return found


def _kindness(
    way: tuple[Table, Table], by_id: dict[int, Diner], ties: Ties
) -> tuple[int, int, int, int, int, int]:
    tables = [[by_id[one] for one in table] for table in way]
    hours = [_hours(table) for table in tables]
    return (
        -sum(_refused(table) for table in tables),
        sum(found != 0 for found in hours),
        sum(_warmth(table, ties) for table in tables),
        -abs(len(way[0]) - len(way[1])),
        min((found for found in hours if found > 0), default=0),
        sum(found for found in hours if found > 0),
    )


def _hours(table: Sequence[Diner]) -> int:
    """How many beginnings they share; -1 where nobody has said theirs, which closes no door."""
    if not any(diner.slots for diner in table):
        return -1
    return len(shared_slots(table))


def _refused(table: Sequence[Diner]) -> int:
    return sum(
        other.id in one.rather_not or one.id in other.rather_not
        for one, other in combinations(table, 2)
    )


def _warmth(table: Sequence[Diner], ties: Ties) -> int:
    worth = 0
    for one, other in combinations(table, 2):
        pair = frozenset((one.id, other.id))
        worth += DYAD * (pair in ties.dyads) + KNOWN * (pair in ties.known)
        worth += WISH * ((other.id in one.wishes) + (one.id in other.wishes))
    return worth


def may_change(here: int, there: int) -> bool:
    """Whether one may go over alone from a table of `here` people to one of `there`: both keep a
    crew's size. Otherwise two change places."""
    return here > LAW.least and there < LAW.most


def may_happen(first: int, second: int) -> bool:
    """Whether both tables have a crew's size."""
    return all(LAW.least <= size <= LAW.most for size in (first, second))

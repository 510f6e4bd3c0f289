"""Seats that are open, and for whom. Nobody who sits is ever moved."""

from collections.abc import Iterable
from dataclasses import dataclass

from crews.rules.points import LAW, Grounds, Seeker, breakdown, refuse, shared_slots


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A crew with room: any number that names it, who sits there, how many seats are free."""

    key: int
    people: tuple[Seeker, ...]
    free: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that somebody could take; `adds` is what it adds in points, to compare seats by.

    `grounds` speak for the table with them in it.
    """

    table: int
    person: int
    adds: int
    grounds: Grounds


def seats_for(newcomer: Seeker, tables: Iterable[OpenTable]) -> list[Seat]:
    """The crews that fit somebody, best first: an hour for all, room, nobody against anybody.

    A table that forms and is still too small fits as well.
    """
    seats = []
    for table in tables:
        if _fits(newcomer, table):
            grounds = breakdown([*table.people, newcomer])
            adds = grounds.points.total - breakdown(table.people).points.total
            seats.append(Seat(table.key, newcomer.id, adds, grounds))
    return sorted(seats, key=lambda seat: (-seat.adds, seat.table))


def seats_for_each(
    newcomers: Iterable[Seeker], tables: Iterable[OpenTable]
) -> dict[int, list[Seat]]:
    """The same for several, by person. Each list stands as if the others did not come."""
    tables = list(tables)
    return {one.id: seats_for(one, tables) for one in newcomers}


def _fits(newcomer: Seeker, table: OpenTable) -> bool:
    if table.free < 1 or not table.people or len(table.people) >= LAW.most:
        return False
    if any(one.id == newcomer.id or refuse(one, newcomer) for one in table.people):
        return False
    return bool(newcomer.slots & shared_slots(table.people))

"""Whose turn it is: pure functions. A host is a turn, not a rank.

Of two, hosting goes back and forth (`turn`). At a crew's table whoever hosted least hosts next
(`share_out`). Everybody who sits there owes an equal part of each evening, and whoever hosts one
has given one; so with the same people their turns never differ by more than one. Who comes later
begins in the middle, neither ahead nor behind, and behind all others who are as far. Who cannot
come is passed and comes next, yet owes no more than the others for having been away: a month
elsewhere is not paid back with a month of hosting.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction


def turn[Person](people: Sequence[Person], *, number: int, after: Person | None = None) -> Person:
    """Who hosts the meeting `number` (1, 2, …) when hosting goes round the table.

    `people` sit in the order of their seats; the round goes on behind `after`, who hosted
    last. Raises ValueError for an empty table.
    """
    if not people:
        raise ValueError("nobody sits at this table")
    start = people.index(after) + 1 if after in people else 0
    return people[(start + number - 1) % len(people)]


@dataclass(frozen=True, slots=True)
class Evening:
    """A meeting that was or is to come: ids of those who sat or sit there, by their seats."""

    people: Sequence[int]
    # Who hosted it, or is down for it so far.
    host: int | None = None
    # It was, or somebody chose the host by hand.
    is_settled: bool = False
    away: Set[int] = frozenset()


def share_out(evenings: Sequence[Evening]) -> list[int | None]:
    """Who hosts each of these meetings, which are in the order of time.

    What is settled stays and counts. Among those who are as far, whoever is down for an evening
    keeps it, so that a change touches few; else whoever has not hosted for the longest time.
    None where nobody can.
    """
    owes: dict[int, Fraction] = {}
    last: dict[int, int] = {}
    hosts: list[int | None] = []
    for number, evening in enumerate(evenings):
        owes = _seated(owes, evening.people)
        last = {one: last.get(one, number) for one in evening.people}
        host = evening.host if evening.is_settled else _next(evening, owes, last)
        hosts.append(host)
        if host in owes:
            owes = _after(evening, host, owes)
            last[host] = number + 1
    return hosts


def _seated(owes: Mapping[int, Fraction], people: Sequence[int]) -> dict[int, Fraction]:
    """Those who sit there now; who is new begins in the middle."""
    stay = [owes[one] for one in people if one in owes]
    middle = sum(stay, Fraction()) / len(stay) if stay else Fraction()
    return {one: owes.get(one, middle) for one in people}


def _next(evening: Evening, owes: Mapping[int, Fraction], last: Mapping[int, int]) -> int | None:
    able = [one for one in evening.people if one not in evening.away]
    if not able:
        return None
    most = max(owes[one] for one in able)
    level = [one for one in able if owes[one] == most]
    return evening.host if evening.host in level else min(level, key=lambda one: last[one])


def _after(evening: Evening, host: int, owes: Mapping[int, Fraction]) -> dict[int, Fraction]:
    part = Fraction(1, len(evening.people))
    found = {one: owed + part - (one == host) for one, owed in owes.items()}
    there = [owed for one, owed in found.items() if one not in evening.away]
    most = max(there, default=max(found.values()))
    return {one: min(owed, most) for one, owed in found.items()}

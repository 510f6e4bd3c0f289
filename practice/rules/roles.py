"""Who has which role this time: pure. Roles go round the table, so that nobody keeps one.

A role falls to whoever has not had it for the longest time; among those who never had it, to
the next behind the host. Nobody has two roles while somebody has none; of two, who share what
there is, hosting does not count. Whoever keeps the time has no case on the table.
"""

from collections.abc import Mapping, Sequence, Set

HOST = "host"
TIMEKEEPER = "timekeeper"
SCRIBE = "scribe"
CARER = "carer"
# How many standing roles a crew has at most, besides the host: then each of six has one.
MOST_STANDING = 5


def assign(
    roles: Sequence[str],
    people: Sequence[int],
    *,
    host: int | None = None,
    chosen: Mapping[str, int] | None = None,
    past: Sequence[tuple[str, int]] = (),
    speaking: Set[str] = frozenset(),
    hosting_counts: bool = False,
) -> dict[str, int]:
    """A person (an id) for each role, as far as there are people for them.

    `people` can come and sit in the order of their seats. What was `chosen` by hand stands, if
    that person comes. `past` are roles that people had, the latest first. `speaking` are the
    roles that have turns of their own, which the timekeeper therefore has not. With
    `hosting_counts` the host has something to do already.
    """
    ring = _behind(people, host)
    fixed = {role: person for role, person in (chosen or {}).items() if role in roles}
    if host is not None and HOST in roles:
        fixed[HOST] = host
    found = {role: person for role, person in fixed.items() if person in people}
    for role in roles:
        if role in found:
            continue
        free = [one for one in ring if not collides(role, one, found, speaking)]
        if free:
            loads = [one for other, one in found.items() if hosting_counts or other != HOST]
            found[role] = min(free, key=lambda one: (loads.count(one), -_ago(role, one, past)))
    return {role: found[role] for role in roles if role in found}


def collides(role: str, person: int, found: Mapping[str, int], speaking: Set[str]) -> bool:
    """Whether this role would make somebody keep the time of their own turn."""
    theirs = {one for one, who in found.items() if who == person} | {role}
    return TIMEKEEPER in theirs and bool(theirs & speaking)


def _behind(people: Sequence[int], host: int | None) -> list[int]:
    """Around the table, the host last."""
    start = people.index(host) + 1 if host in people else 0
    return [*people[start:], *people[:start]]


def _ago(role: str, person: int, past: Sequence[tuple[str, int]]) -> int:
    """How many entries back they had the role last; beyond all of them for never."""
    return past.index((role, person)) if (role, person) in past else len(past)


def merged(*brought: Sequence[str]) -> list[str]:
    """The host and what else there is to do, each once, in whatever letters it is written."""
    found = {HOST.casefold(): HOST}
    for roles in brought:
        for role in roles:
            found.setdefault(role.casefold(), role)
    return list(found.values())

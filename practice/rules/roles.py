"""Who has which role this time: pure. Roles go round the table, so that nobody keeps one.

A role falls to whoever has not had it for the longest time; among those who never had it, to
the next behind the host. Hosting aside, nobody has two roles while somebody has none. Whoever
keeps the time has no case on the table.
"""

from collections.abc import Mapping, Sequence, Set

TIMEKEEPER = "timekeeper"
HOST = "host"


def assign(
    roles: Sequence[str],
    people: Sequence[int],
    *,
    host: int | None = None,
    chosen: Mapping[str, int] | None = None,
    past: Sequence[tuple[str, int]] = (),
    speaking: Set[str] = frozenset(),
) -> dict[str, int]:
    """A person (an id) for each role, as far as there are people for them.

    `people` can come and sit in the order of their seats. What was `chosen` by hand stands, if
    that person comes. `past` are roles that people had, the latest first. `speaking` are the
    roles that have turns of their own, which the timekeeper therefore has not.
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
            loads = [one for other, one in found.items() if other != HOST]
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

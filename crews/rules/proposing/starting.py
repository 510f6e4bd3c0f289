"""Plain ways to form crews: by chance, and the rarest person first.

The search starts from the second; `make bench` compares with both.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from crews.rules.points import (
    KNOWS_SOMEBODY,
    LAW,
    Seeker,
    have_met,
    pair_points,
    refuse,
    shared_slots,
)

Crew = tuple[Seeker, ...]


def shuffled(seekers: Iterable[Seeker], seed: int) -> list[Seeker]:
    """An order that follows from the seed and the ids alone, never from the order given."""

    def chance(one: Seeker) -> bytes:
        return blake2b(f"{seed} {one.id}".encode(), digest_size=16).digest()

    return sorted(seekers, key=chance)


def at_random(seekers: Iterable[Seeker], *, seed: int) -> list[Crew]:
    """Crews of whoever comes next and fits."""
    left, crews = shuffled(seekers, seed), []
    while left:
        crew = left[:1]
        for one in left[1:]:
            if len(crew) < LAW.ideal and _fits(one, crew):
                crew.append(one)
        if len(crew) >= LAW.least:
            crews.append(tuple(crew))
        else:
            crew = crew[:1]
        left = [one for one in left if one not in crew]
    return crews


def greedy(seekers: Iterable[Seeker], *, seed: int) -> list[Crew]:
    """Crews around the person with the fewest hours and companions left, always the best next.

    Whoever is left then takes a seat in a crew that has room.
    """
    order = shuffled(seekers, seed)
    common: dict[int, int] = {}
    for one in order:
        for slot in one.slots:
            common[slot] = common.get(slot, 0) + 1
    order.sort(key=lambda one: sum(common[slot] for slot in one.slots))
    left, alone, crews = dict.fromkeys(order), [], []
    while left:
        rarest = next(iter(left))
        crew = _around(rarest, left)
        if len(crew) < LAW.least:
            crew = [rarest]
            alone.append(rarest)
        else:
            crews.append(crew)
        for one in crew:
            del left[one]
    _squeeze_in(alone, crews)
    return [tuple(crew) for crew in crews]


def _fits(one: Seeker, crew: Sequence[Seeker]) -> bool:
    if any(refuse(one, other) for other in crew):
        return False
    return bool(one.slots & shared_slots(crew))


def _around(first: Seeker, left: Iterable[Seeker]) -> list[Seeker]:
    crew, hours = [first], first.slots
    gains = {
        one: 0 for one in left if one is not first and one.slots & hours and not refuse(one, first)
    }
    while gains and len(crew) < LAW.ideal:
        newest = crew[-1]
        for one in gains:
            gains[one] += pair_points(newest, one)
            gains[one] += KNOWS_SOMEBODY if have_met(newest, one) else 0
        best = max(gains, key=lambda one: gains[one])
        crew.append(best)
        hours &= best.slots
        gains = {
            one: gain
            for one, gain in gains.items()
            if one is not best and one.slots & hours and not refuse(one, best)
        }
    return crew


def _squeeze_in(alone: Sequence[Seeker], crews: Sequence[list[Seeker]]) -> None:
    for one in alone:
        for crew in sorted(crews, key=len):
            if len(crew) < LAW.most and _fits(one, crew):
                crew.append(one)
                break

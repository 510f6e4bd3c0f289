"""Made-up congregations that look for crews: three clusters of time zones, 21 weekly slots.

Of the same kind as the public instances of the bench, so that nothing is tuned to those alone.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from crews.rules.points import Seeker

SLOTS = 21
HERE = Path(__file__).resolve().parent.parent.parent.parent
PUBLIC = Path(os.environ.get("MATCHING_INSTANCES") or HERE.parent / "shared" / "bench")


@dataclass(frozen=True)
class Kind:
    """How many slots a person has, and how many others they would rather not sit with."""

    fewest: int
    most: int
    refusals: float = 0.2


DENSE, SPARSE, TORN = Kind(4, 10), Kind(1, 3), Kind(2, 6, refusals=4)


def congregation(people: int, kind: Kind, seed: int) -> list[Seeker]:
    """So many people."""
    chance = Random(f"{people} {kind} {seed}")
    seekers = []
    for one in range(people):
        zone = one % 3
        near = [slot for slot in range(SLOTS) if slot % 3 == zone]
        far = [slot for slot in range(SLOTS) if slot % 3 != zone]
        many = chance.randint(kind.fewest, kind.most)
        few = sum(chance.random() < 0.4 for _ in range(many))
        slots = chance.sample(near, min(len(near), many - few)) + chance.sample(far, few)
        others = [other for other in range(people) if other != one]
        refusals = int(kind.refusals) + (chance.random() < kind.refusals % 1)
        seekers.append(
            Seeker(
                one,
                slots=frozenset(slots),
                interests=frozenset(chance.sample(range(30), chance.randint(3, 6))),
                wishes=_some(chance, others, chance.choice([0, 1, 1, 2, 2, 3, 3, 4, 5])),
                met=_some(chance, others, chance.randint(1, 6)),
                not_with=_some(chance, others, refusals),
            )
        )
    return [
        replace(one, not_with=one.not_with - one.wishes, wishes=one.wishes - one.not_with)
        for one in seekers
    ]


def week_of_hours(people: int, seed: int) -> list[Seeker]:
    """Hours of the week in UTC, 0 to 60 a person in a few stretches, in three zones."""
    chance = Random(f"week {people} {seed}")
    seekers = congregation(people, DENSE, seed)
    grown = []
    for one in seekers:
        hours: set[int] = set()
        for _ in range(chance.randint(0, 10)):
            start = (
                chance.randrange(7) * 24 + chance.choice([6, 9, 12, 17, 18, 19]) + one.id % 3 * 7
            )
            hours |= {(start + hour) % 168 for hour in range(chance.randint(1, 6))}
        grown.append(replace(one, slots=frozenset(hours)))
    return grown


def _some(chance: Random, others: list[int], many: int) -> frozenset[int]:
    return frozenset(chance.sample(others, min(many, len(others))))


def read(path: Path) -> tuple[dict[str, Any], list[Seeker]]:
    """An instance of the bench, as it is and as seekers."""
    instance: dict[str, Any] = json.loads(path.read_text())
    keys = ("slots", "interests", "wishes", "met", "not_with")
    return instance, [
        Seeker(row["id"], **{key: frozenset(row[key]) for key in keys})
        for row in instance["people"]
    ]


def public(pattern: str) -> list[Path]:
    """The public instances, where this machine has them."""
    return sorted(PUBLIC.glob(pattern))


def by_id(seekers: Iterable[Seeker]) -> dict[int, Seeker]:
    return {one.id: one for one in seekers}

"""What a crew is worth: by hand, and as the judge of the bench says where it is at hand."""

import importlib.util
from random import Random
from typing import Any

import pytest

from crews.rules.points import (
    Obstacle,
    Seeker,
    breakdown,
    crew_points,
    may_sit_together,
    obstacle,
)
from tests.crews.rules.instances import DENSE, PUBLIC, congregation


def people(**changes: dict[int, Any]) -> list[Seeker]:
    """Five who share one hour and nothing else; `changes` by what they are about, then by id."""
    given: dict[str, Any]
    made = []
    for one in range(5):
        given = {"slots": {7}} | {what: by[one] for what, by in changes.items() if one in by}
        made.append(Seeker(one, **{what: frozenset(some) for what, some in given.items()}))
    return made


# Five strangers: 5 × 1000, and ten pairs who never met.
STRANGERS = 5000 + 10 * 12


@pytest.mark.parametrize(
    ("crew", "worth"),
    [
        (people(), STRANGERS),
        (people()[:4], 4000 - 60 + 6 * 12),
        (people()[:3], 3000 - 200 + 3 * 12),
        ([*people(), Seeker(5, slots=frozenset({7}))], 6000 - 200 + 15 * 12),
        (people(wishes={0: {1}}), STRANGERS + 100),
        (people(wishes={0: {1}, 1: {0}}), STRANGERS + 250),
        (people(wishes={0: {9}}), STRANGERS),
        (people(interests={0: {1, 2, 3}, 1: {1, 2, 3}, 2: {3}}), STRANGERS + 20 + 10 + 10),
        (people(met={0: {1}}), STRANGERS - 12 + 2 * 40),
        (people(met={0: {1, 2}, 1: {0}}), STRANGERS - 2 * 12 + 3 * 40),
        (people(slots={one: {6, 7} for one in range(5)}), STRANGERS + 15),
        (people(slots={one: {4, 5, 6, 7} for one in range(5)}), STRANGERS + 30),
    ],
)
def test_the_table_by_hand(crew: list[Seeker], worth: int) -> None:
    assert crew_points(crew) == worth
    assert crew_points(crew[::-1]) == worth


@pytest.mark.parametrize(
    ("crew", "reason"),
    [
        (people(), None),
        (people()[:2], Obstacle.SIZE),
        ([*people(), *(Seeker(one, slots=frozenset({7})) for one in (5, 6))], Obstacle.SIZE),
        (people(slots={3: {8}}), Obstacle.NO_SHARED_HOUR),
        (people(slots={3: set()}), Obstacle.NO_SHARED_HOUR),
        (people(not_with={3: {0}}), Obstacle.REFUSAL),
        (people(not_with={0: {3}}), Obstacle.REFUSAL),
        (people(not_with={0: {9}}), None),
    ],
)
def test_who_may_sit_together(crew: list[Seeker], reason: Obstacle | None) -> None:
    assert obstacle(crew) == reason
    assert may_sit_together(crew) == (reason is None)


def test_what_speaks_for_a_crew() -> None:
    crew = people(
        wishes={0: {1, 4}, 1: {0}},
        met={2: {3}},
        interests={0: {"bread"}, 4: {"bread", "bees"}},
        slots={one: {3, 7} for one in range(5)},
    )
    grounds = breakdown(crew)
    assert grounds.shared_slots == (3, 7)
    assert grounds.shared_interests == {(0, 4): frozenset({"bread"})}
    assert grounds.know_each_other == ((2, 3),)
    assert grounds.wishes == ((0, 1), (0, 4), (1, 0))
    assert grounds.points.wishes == 350
    assert grounds.points.know_somebody == 80


def test_a_table_that_lost_people_is_described_all_the_same() -> None:
    assert breakdown(people()[:1]).points.total == 1000 - 200
    assert breakdown([]).shared_slots == ()


@pytest.mark.parametrize("seed", range(3))
def test_the_judge_says_the_same(seed: int) -> None:
    """Against the judge where it is; elsewhere against a second reading of the table."""
    everybody = congregation(40, DENSE, seed)
    judge = _judge()
    chance = Random(seed)
    compared = 0
    for _ in range(400):
        slot = chance.randrange(21)
        can = [one for one in everybody if slot in one.slots]
        crew = chance.sample(can, min(len(can), chance.randint(3, 6)))
        if may_sit_together(crew):
            compared += 1
            assert crew_points(crew) == judge(crew)
    assert compared > 100


def _judge() -> Any:
    path = PUBLIC / "score.py"
    if not path.exists():
        return _second_reading
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    keys = ("slots", "interests", "wishes", "met", "not_with")

    def judge(crew: list[Seeker]) -> Any:
        rows = {one.id: {key: set(getattr(one, key)) for key in keys} for one in crew}
        return score.crew_score([one.id for one in crew], rows)

    return judge


def _second_reading(crew: list[Seeker]) -> int:
    points = {3: 2800, 4: 3940, 5: 5000, 6: 5800}[len(crew)]
    hours = [slot for slot in crew[0].slots if all(slot in one.slots for one in crew)]
    points += {1: 0, 2: 15}.get(len(hours), 30)
    knows = set()
    for one in crew:
        for other in crew:
            if one.id < other.id:
                wished = [other.id in one.wishes, one.id in other.wishes]
                points += {0: 0, 1: 100, 2: 250}[sum(wished)]
                points += min(20, 10 * len(one.interests & other.interests))
                met = other.id in one.met or one.id in other.met
                points += 0 if met else 12
                knows |= {one.id, other.id} if met else set()
    return points + 40 * len(knows)

"""Pairs: nobody with somebody they refused, and the best sum there is."""

import json
from functools import cache
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dyads.rules.pairing import Seeker, may_pair, pair, pair_points
from dyads.rules.table import table_of
from home.management.commands.propose import dyad_seeker
from tests.crews.rules.instances import public

HOUR = frozenset({7})


@st.composite
def groups(draw: st.DrawFn) -> list[Seeker]:
    ids = draw(st.lists(st.integers(0, 99), max_size=9, unique=True))
    some = st.frozensets(st.sampled_from(ids), max_size=3) if ids else st.just(frozenset())
    weeks = st.dictionaries(st.sampled_from(ids), st.integers(0, 90)) if ids else st.just({})
    return [
        Seeker(
            one,
            slots=draw(st.frozensets(st.integers(0, 3), max_size=3)),
            languages=draw(st.frozensets(st.integers(0, 2), max_size=2)),
            wishes=draw(some),
            weeks_since=draw(weeks),
            not_with=draw(some),
            paired_with=draw(some),
            left_out_last_time=draw(st.booleans()),
        )
        for one in ids
    ]


def optimum(seekers: list[Seeker]) -> int:
    @cache
    def best(left: tuple[int, ...]) -> int:
        if len(left) < 2:
            return 0
        first, *others = left
        sums = [best(tuple(others))]
        for other in others:
            if may_pair(seekers[first], seekers[other]):
                rest = best(tuple(one for one in others if one != other))
                sums.append(rest + pair_points(seekers[first], seekers[other]))
        return max(sums)

    return best(tuple(range(len(seekers))))


def greedy(seekers: list[Seeker]) -> int:
    """What comes of taking the best pair again and again."""
    left, points = list(seekers), 0
    while possible := [two for two in combinations(left, 2) if may_pair(*two)]:
        best = max(possible, key=lambda two: pair_points(*two))
        points += pair_points(*best)
        left = [one for one in left if one not in best]
    return points


@settings(max_examples=20)
@given(groups())
def test_the_tables_of_all_say_what_the_rules_say_of_two(seekers: list[Seeker]) -> None:
    table = table_of(seekers)
    for (a, one), (b, other) in combinations(enumerate(seekers), 2):
        assert table[a, b] == (pair_points(one, other) if may_pair(one, other) else 0)


@settings(max_examples=60)
@given(groups(), st.integers(0, 5), st.randoms(use_true_random=False))
def test_it_is_the_optimum_breaks_nothing_and_order_does_not_matter(
    seekers: list[Seeker], seed: int, chance: Random
) -> None:
    people = {one.id: one for one in seekers}
    found = pair(seekers, seed=seed)
    seated = [person for two in found.pairs for person in two]
    assert sorted([*seated, *found.left_out]) == sorted(people)
    assert all(may_pair(people[one], people[other]) for one, other in found.pairs)
    assert found.points == optimum(seekers) >= greedy(seekers)
    assert found.points == sum(pair_points(people[a], people[b]) for a, b in found.pairs)
    shuffled = seekers[:]
    chance.shuffle(shuffled)
    assert pair(shuffled, seed=seed) == found


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        (Seeker(1, HOUR), Seeker(2, HOUR), 4000 + 400 + 40),
        (Seeker(1, HOUR, weeks_since={2: 26}), Seeker(2, HOUR), 4000 + 150 + 40),
        (Seeker(1, HOUR, weeks_since={2: 10}), Seeker(2, HOUR, weeks_since={1: 10}), 4097),
        (Seeker(1, HOUR, weeks_since={2: 99}), Seeker(2, HOUR), 4000 + 300 + 40),
        (Seeker(1, HOUR, wishes=frozenset({2})), Seeker(2, HOUR), 4540),
        (
            Seeker(1, HOUR, wishes=frozenset({2})),
            Seeker(2, HOUR, wishes=frozenset({1})),
            4690,
        ),
        (Seeker(1, HOUR, frozenset("a")), Seeker(2, HOUR, frozenset("ab")), 4590),
        (Seeker(1, frozenset(range(9))), Seeker(2, frozenset(range(9))), 4600),
        (Seeker(1, HOUR, left_out_last_time=True), Seeker(2, HOUR), 6440),
    ],
)
def test_the_table_by_hand(one: Seeker, other: Seeker, points: int) -> None:
    assert pair_points(one, other) == pair_points(other, one) == points


def test_who_was_left_out_is_not_left_out_again() -> None:
    three = [Seeker(1, HOUR), Seeker(2, HOUR, left_out_last_time=True), Seeker(3, HOUR)]
    for seed in range(5):
        assert 2 not in pair(three, seed=seed).left_out
    assert len({pair(three, seed=seed).left_out for seed in range(20)}) == 2


@pytest.mark.parametrize("seed", [1, 2])
def test_many_equal_ones_come_out_the_same_in_any_order(seed: int) -> None:
    """Where a thousand pairings are as good as each other, the seed alone decides."""
    people = [Seeker(one, HOUR if one % 3 else HOUR | {8}) for one in range(61)]
    first = pair(people, seed=seed)
    for number in range(4):
        Random(number).shuffle(people)
        assert pair(people, seed=seed) == first
    assert pair(people, seed=seed + 2) != first


def test_the_public_instances_are_solved_to_the_optimum() -> None:
    """Where this machine has them, the two smaller ones; the bench runs all."""
    for path in public("pairs-*.json"):
        instance = json.loads(path.read_text())
        if len(instance["people"]) <= 200:
            found = pair([dyad_seeker(row) for row in instance["people"]], seed=1)
            assert found.points == instance["reference"]["optimum"]

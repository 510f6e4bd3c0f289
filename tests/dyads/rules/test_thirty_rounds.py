"""Thirty rounds with thirty-one people: everybody's turn to be left over, nobody twice too early.

What the table of points promises about pairs that have met: 400 for two who never met, at most
300 for any others. So as long as hours, languages and wishes weigh the same for all, a pair that
has met is proposed only where no pairing of people who never met would pair as many, leaving
over only those whose turn it is. (Where they differ, a hundred points of them outweigh that.)
"""

from collections import Counter
from itertools import combinations

import pytest
import rustworkx

from dyads.rules.pairing import Pairing, Seeker, pair

PEOPLE, ROUNDS = 31, 30
# Five hours are as good as more.
HERE, THERE = frozenset(range(5)), frozenset(range(5, 10))
# Everybody shares hours with everybody, whatever else suits them; and a congregation half of
# which sleeps while the other half is awake, with seven who meet both.
ALL_SHARE = [HERE | {20 + one % 7} for one in range(PEOPLE)]
TWO_HALVES = [*[HERE] * 12, *[THERE] * 12, *[HERE | THERE] * 7]


def rounds(
    hours: list[frozenset[int]], weeks_apart: int, seed: int
) -> list[tuple[list[Seeker], Pairing]]:
    """Round after round: who met is known, and who was left over more often than others."""
    met: dict[frozenset[int], int] = {}
    left: Counter[int] = Counter()
    found = []
    for number in range(ROUNDS):
        week = number * weeks_apart
        least = min(left[one] for one in range(PEOPLE))
        people = [
            Seeker(
                one,
                hours[one],
                weeks_since={
                    other: week - met[two]
                    for other in range(PEOPLE)
                    if (two := frozenset((one, other))) in met
                },
                left_out_last_time=left[one] > least,
            )
            for one in range(PEOPLE)
        ]
        pairing = pair(people, seed=seed + number)
        found.append((people, pairing))
        met.update({frozenset(two): week for two in pairing.pairs})
        left.update(pairing.left_out)
    return found


def most_pairs_that_never_met(people: list[Seeker]) -> int:
    """How many pairs there could be of people who never met, leaving over only who may be."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(people)))
    for one, other in combinations(people, 2):
        if one.slots & other.slots and other.id not in one.weeks_since:
            # Those who were left over already count more than all others together.
            whose_turn_it_is_not = one.left_out_last_time + other.left_out_last_time
            graph.add_edge(one.id, other.id, 1 + len(people) * whose_turn_it_is_not)
    found = rustworkx.max_weight_matching(graph, weight_fn=int)
    paired = {person for two in found for person in two}
    if any(one.left_out_last_time and one.id not in paired for one in people):
        return 0
    return len(found)


@pytest.mark.parametrize("hours", [ALL_SHARE, TWO_HALVES], ids=["all share", "two halves"])
@pytest.mark.parametrize("weeks_apart", [2, 8])
def test_turns_to_be_left_over_and_no_repeat_without_need(
    hours: list[frozenset[int]], weeks_apart: int
) -> None:
    played = rounds(hours, weeks_apart, seed=1)
    assert all(len(pairing.left_out) == 1 for _, pairing in played)
    left_over = [pairing.left_out[0] for _, pairing in played]
    assert len(set(left_over)) == ROUNDS
    for people, pairing in played:
        repeats = [two for two in pairing.pairs if two[1] in people[two[0]].weeks_since]
        if repeats:
            assert most_pairs_that_never_met(people) < len(pairing.pairs)
    if hours is ALL_SHARE:
        distinct = {two for _, pairing in played for two in pairing.pairs}
        assert len(distinct) >= ROUNDS * (PEOPLE // 2) - 1

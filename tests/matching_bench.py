"""How good proposals are and how long they take, for `make bench`.

Crews beside the greedy start and one by chance, pairs beside networkx on the same graph, in the
same run. The instances are those in the folder MATCHING_INSTANCES, or in `../shared/bench` where
that exists; elsewhere made-up ones like them, whose bound nobody knows: then the quality (points
beyond the seats) stands in place of the gap.
"""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import networkx

from crews.rules.points import SEAT, Seeker, crew_points
from crews.rules.proposing import propose
from crews.rules.proposing.starting import at_random, greedy
from dyads.rules import pairing as dyads
from home.management.commands.propose import dyad_seeker
from tests.crews.rules.instances import DENSE, SPARSE, by_id, congregation, public, read

SECONDS = 10
Groups = Sequence[Sequence[int]]


def ids(crews: Sequence[Sequence[Seeker]]) -> Groups:
    return [[one.id for one in crew] for crew in crews]


WAYS: list[tuple[str, Callable[[list[Seeker]], Groups]]] = [
    ("proposed", lambda people: propose(people, seed=1, seconds=SECONDS).crews),
    ("greedy", lambda people: ids(greedy(people, seed=1))),
    ("by chance", lambda people: ids(at_random(people, seed=1))),
]


def crew_instances() -> Iterator[tuple[str, dict[str, Any], list[Seeker]]]:
    """Name, reference (empty where there is none), people."""
    paths = public("crews-*.json")
    for path in paths:
        instance, people = read(path)
        yield instance["name"], instance["reference"], people
    if not paths:
        for size, name, kind in (
            (60, "dense", DENSE),
            (120, "sparse", SPARSE),
            (200, "dense", DENSE),
        ):
            yield f"made-up-{size}-{name}", {}, congregation(size, kind, 1)


def pair_instances() -> Iterator[tuple[str, int | None, list[dyads.Seeker]]]:
    """Name, optimum where it is known, people."""
    paths = public("pairs-*.json")
    for path in paths:
        instance = json.loads(path.read_text())
        people = [dyad_seeker(row) for row in instance["people"]]
        yield instance["name"], instance["reference"]["optimum"], people
    if not paths:
        for size in (31, 200):
            some = congregation(size, DENSE, 1)
            yield (
                f"made-up-{size}",
                None,
                [
                    dyads.Seeker(one.id, one.slots, wishes=one.wishes, not_with=one.not_with)
                    for one in some
                ],
            )


def crews_row(people: list[Seeker], reference: dict[str, Any], crews: Groups) -> str:
    """Placed, and the gap to the proven bound in percent of the quality."""
    known = by_id(people)
    placed = sum(map(len, crews))
    quality = sum(crew_points([known[one] for one in crew]) for crew in crews) - SEAT * placed
    if not reference:
        return f"{placed:>5}/{len(people):<5}{quality:>9} points"
    bound = reference["upper_bound"] - SEAT * reference["placed_bound"]
    gap = 100 * (bound - quality) / bound
    return f"{placed:>5}/{reference['placed_bound']:<5}{gap:>8.2f} %     "


def with_networkx(people: list[dyads.Seeker]) -> int:
    """The best sum that networkx finds."""
    graph: networkx.Graph[int] = networkx.Graph()
    known = {one.id: one for one in people}
    for one, other in combinations(people, 2):
        if dyads.may_pair(one, other):
            graph.add_edge(one.id, other.id, weight=dyads.pair_points(one, other))
    found = networkx.max_weight_matching(graph)
    return sum(dyads.pair_points(known[one], known[other]) for one, other in found)


def timed[Question, Answer](
    ask: Callable[[Question], Answer], question: Question
) -> tuple[Answer, float]:
    """An answer, and how many seconds it took."""
    began = time.perf_counter()
    return ask(question), time.perf_counter() - began


def best_sum(people: list[dyads.Seeker]) -> int:
    """Ours."""
    return dyads.pair(people, seed=1).points


def main() -> None:
    """Print two tables."""
    load = os.getloadavg()[0]
    print(f"\n{'crews':22}{'':12}{'placed':>7}{'gap':>13}{'seconds':>14}   load {load:.1f}")  # noqa: T201
    for name, reference, people in crew_instances():
        for way, form in WAYS:
            crews, seconds = timed(form, people)
            row = crews_row(people, reference, crews)
            print(f"{name:22}{way:12}{row}{seconds:8.2f}", flush=True)  # noqa: T201
    titles = ("total", "optimum", "seconds", "networkx", "seconds")
    print(f"\n{'pairs':22}" + "".join(f"{title:>10}" for title in titles))  # noqa: T201
    for name, optimum, pairs in pair_instances():
        ours, seconds = timed(best_sum, pairs)
        theirs, longer = timed(with_networkx, pairs)
        known = optimum if optimum is not None else "–"
        print(  # noqa: T201
            f"{name:22}{ours:>10}{known:>10}{seconds:>10.2f}{theirs:>10}{longer:>10.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

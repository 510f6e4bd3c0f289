"""How good proposals are and how long they take, for `make bench`.

Crews beside the greedy start and one by chance; pairs beside networkx on the same graph, in the
same run. Of ours everything counts, from people to pairs; networkx is given its graph and only
the matching counts, both in seconds of the processor. With "all" as an argument a thousand
people who all share an hour are added: networkx takes minutes for them.

The instances are those in the folder MATCHING_INSTANCES, or in `../shared/bench` where that
exists, and made-up ones like them, whose bound nobody knows: then the quality (points beyond the
seats) stands in place of the gap.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
# One run of so many people says enough; of fewer the best of some is taken, on both sides.
ENOUGH = 500
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
    for size, kind, name in ((31, DENSE, "dense"), (200, DENSE, "dense"), (1000, SPARSE, "sparse")):
        if not paths or size == 1000:
            yield f"made-up-{size}-{name}", None, made_up(congregation(size, kind, 1))
    if "all" in sys.argv:
        some = made_up(congregation(1000, DENSE, 1))
        share = [replace(one, slots=one.slots | {0}) for one in some]
        yield "made-up-1000-all-share", None, share


def made_up(people: Sequence[Seeker]) -> list[dyads.Seeker]:
    """The same people as those who look for a dyad."""
    return [
        dyads.Seeker(
            one.id,
            one.slots,
            wishes=one.wishes,
            not_with=one.not_with,
            weeks_since={other: (one.id * other) % 90 for other in one.met},
        )
        for one in people
    ]


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


def the_same_graph(people: list[dyads.Seeker]) -> "networkx.Graph[int]":
    """Who may be a pair, with their points, for networkx."""
    graph: networkx.Graph[int] = networkx.Graph()
    for one, other in combinations(people, 2):
        if dyads.may_pair(one, other):
            graph.add_edge(one.id, other.id, weight=dyads.pair_points(one, other))
    return graph


def timed[Question, Answer](
    ask: Callable[[Question], Answer],
    question: Question,
    *,
    runs: int = 1,
    clock: Callable[[], float] = time.process_time,
) -> tuple[Answer, float]:
    """An answer, and how many seconds it took at best."""
    seconds = []
    for _ in range(runs):
        began = clock()
        answer = ask(question)
        seconds.append(clock() - began)
    return answer, min(seconds)


def best_sum(people: list[dyads.Seeker]) -> int:
    """Ours."""
    return dyads.pair(people, seed=1).points


def pairs_row(people: list[dyads.Seeker]) -> str:
    """Ours, from people to pairs; beside it networkx, which has its graph already."""
    runs = max(1, ENOUGH // len(people))
    ours, seconds = timed(best_sum, people, runs=runs)
    graph = the_same_graph(people)
    found, longer = timed(networkx.max_weight_matching, graph, runs=runs)
    theirs = sum(graph.edges[two]["weight"] for two in found)
    edges = graph.number_of_edges()
    row = f"{edges:>9}{ours:>10}{theirs:>10}{seconds:>10.4f}{longer:>10.2f}"
    return f"{row}{longer / seconds:>8.0f} x"


def main() -> None:
    """Print two tables."""
    load = os.getloadavg()[0]
    print(f"\n{'crews':22}{'':12}{'placed':>7}{'gap':>13}{'seconds':>14}   load {load:.1f}")  # noqa: T201
    for name, reference, people in crew_instances():
        for way, form in WAYS:
            crews, seconds = timed(form, people, clock=time.perf_counter)
            row = crews_row(people, reference, crews)
            print(f"{name:22}{way:12}{row}{seconds:8.2f}", flush=True)  # noqa: T201
    titles = (("edges", 9), ("ours", 10), ("networkx", 10), ("seconds", 10), ("networkx", 10))
    best_sum([])  # the libraries are loaded before anything is measured
    print(f"\n{'pairs':22}" + "".join(f"{title:>{width}}" for title, width in titles))  # noqa: T201
    for name, optimum, pairs in pair_instances():
        known = "" if optimum is None else f"   optimum {optimum}"
        print(f"{name:22}{pairs_row(pairs)}{known}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

"""Who is paired with whom: the best pairs for all together, found exactly.

The points weigh pairings against each other and nothing else. The table:

- the pair itself 4000, and 2000 for each of the two who was left out last time
- they never met 400; else 300 for each year since, in weeks, to one year
- each hour they share 40, at most five; a language they share 150
- one wished for the other 100, both 250

Two people may be a pair when they share an hour, neither would rather not, and they are not a
dyad already. Maximum weight matching (Edmonds' blossoms) then gives the best sum there is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

PAIR = 4000
LEFT_OUT = 2000
NEVER_MET = 400
A_YEAR_AGO, WEEKS_IN_YEAR = 300, 52
SHARED_HOUR, MOST_HOURS = 40, 5
SHARED_LANGUAGE = 150
WISHES = (0, 100, 250)


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for a dyad.

    `weeks_since` says for each person they have met how many weeks ago. Nobody but these
    functions ever learns `not_with`.
    """

    id: int
    slots: frozenset[int] = frozenset()
    languages: frozenset[object] = frozenset()
    wishes: frozenset[int] = frozenset()
    weeks_since: Mapping[int, int] = field(default_factory=dict, hash=False)
    not_with: frozenset[int] = frozenset()
    paired_with: frozenset[int] = frozenset()
    left_out_last_time: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairs, smaller id first and sorted; who has none; what it is worth in all."""

    pairs: tuple[tuple[int, int], ...]
    left_out: tuple[int, ...]
    points: int


def may_pair(one: Seeker, other: Seeker) -> bool:
    """Whether two people may be a dyad."""
    return (
        one.id != other.id
        and not one.slots.isdisjoint(other.slots)
        and other.id not in one.not_with | one.paired_with
        and one.id not in other.not_with | other.paired_with
    )


def pair_points(one: Seeker, other: Seeker) -> int:
    """What a pair is worth."""
    weeks = [
        known
        for known in (one.weeks_since.get(other.id), other.weeks_since.get(one.id))
        if known is not None
    ]
    met = min(*weeks, WEEKS_IN_YEAR) * A_YEAR_AGO // WEEKS_IN_YEAR if weeks else NEVER_MET
    return (
        PAIR
        + LEFT_OUT * (one.left_out_last_time + other.left_out_last_time)
        + met
        + SHARED_HOUR * min(MOST_HOURS, len(one.slots & other.slots))
        + (0 if one.languages.isdisjoint(other.languages) else SHARED_LANGUAGE)
        + WISHES[(other.id in one.wishes) + (one.id in other.wishes)]
    )


def pair(seekers: Collection[Seeker], *, seed: int) -> Pairing:
    """The best pairing there is. The same people and seed give the same one, in any order.

    With an odd number, or where too few fit, somebody is left out: first of all not those who
    were left out last time.
    """
    # Only jobs pair people; pages need not load the libraries.
    import rustworkx

    from dyads.rules.table import table_of

    people = sorted(seekers, key=lambda one: _lot(one.id, seed))
    table = table_of(people)
    graph = rustworkx.PyGraph.from_adjacency_matrix(table, null_value=0)
    matched = rustworkx.max_weight_matching(graph, weight_fn=int)
    ids = ((people[a].id, people[b].id) for a, b in matched)
    pairs = sorted((min(two), max(two)) for two in ids)
    paired = {person for two in pairs for person in two}
    return Pairing(
        pairs=tuple(pairs),
        left_out=tuple(sorted(one.id for one in people if one.id not in paired)),
        points=int(sum(table[min(two), max(two)] for two in matched)),
    )


def _lot(person: int, seed: int) -> bytes:
    """In which order people are looked at: the first of equal pairings to be found is taken."""
    return blake2b(f"{seed} {person}".encode(), digest_size=16).digest()

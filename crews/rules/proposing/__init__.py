"""A whole set of crews for a season.

`propose` is all that others need: people in, crews out. How it works, each part in its file:

- `starting`: plain crews to begin with, the rarest person first.
- `swapping`: two people change places where that brings something, soon and at the end.
- `growing`: around each person the best tables, grown by one person at a time.
- `pool`: the tables found, and a market that prices each person, so that `growing` knows what is
  still missing.
- `covering`: of the tables known, which seat some sixty people best.
- `neighbourhoods`: better and better crews, by forming some tables anew together.
- `searching`: all of it, one after the other.

Arrays are loaded when the search begins, so that pages need not load them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from crews.rules.points import LAW, Seeker, crew_points
from crews.rules.proposing.proposal import Locked, Progress, Proposal, summed_up
from crews.rules.proposing.starting import greedy, shuffled
from crews.rules.proposing.watching import Watch

__all__ = ["Locked", "Progress", "Proposal", "propose"]


def propose(
    seekers: Collection[Seeker],
    *,
    seed: int,
    seconds: float,
    locked: Sequence[Locked] = (),
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Proposal:
    """Crews for as many as possible, and as good ones as it finds.

    The same people, locks, seed and seconds give the same crews, in whatever order they are
    handed in, as long as the limit `seconds` (an idle machine needs about half of it) or
    `should_stop` do not end it before. It then answers with the best so far.
    """
    everybody = {one.id: one for one in seekers}
    watch = Watch(seconds, len(everybody), on_progress, should_stop)
    growing = [table for table in _apart(locked) if table.free and table.people <= everybody.keys()]
    fixed = [table.people for table in locked if table not in growing]
    elsewhere = {person for people in fixed for person in people}
    here = [one for one in everybody.values() if one.id not in elsewhere]
    crews = _search(shuffled(here, seed), growing, seed, seconds, watch)
    watch.end()
    return summed_up([*fixed, *crews], everybody, is_whole=not watch.is_cut)


def _apart(locked: Sequence[Locked]) -> list[Locked]:
    """Tables that share nobody with another: only those can grow."""
    return [
        table
        for table in locked
        if table.people
        and not any(table.people & other.people for other in locked if other is not table)
    ]


def _search(
    people: Sequence[Seeker],
    growing: Sequence[Locked],
    seed: int,
    seconds: float,
    watch: Watch,
) -> list[list[int]]:
    """Ids of those who sit together, growing tables among them whether they grew or not."""
    number = {one.id: index for index, one in enumerate(people)}
    sit = {person for table in growing for person in table.people}
    crews = _numbered(greedy([one for one in people if one.id not in sit], seed=seed), number)
    most = {}
    for table in growing:
        members = tuple(sorted(number[person] for person in table.people))
        most[members] = len(members) + table.free
        # Too few to be a crew: worth something only when others join.
        is_crew = len(members) >= LAW.least
        crews[members] = crew_points([people[one] for one in members]) if is_crew else 0
    if len(people) - len(sit) >= LAW.least or (sit and len(people) > len(sit)):
        from crews.rules.proposing.people import people_of
        from crews.rules.proposing.searching import Search

        search = Search(people_of(people), crews, most, seed, watch)
        search.run(seconds)
        crews = search.crews
    return [[people[one].id for one in table] for table in crews]


def _numbered(
    crews: Sequence[Sequence[Seeker]], number: Mapping[int, int]
) -> dict[tuple[int, ...], int]:
    return {tuple(sorted(number[one.id] for one in crew)): crew_points(crew) for crew in crews}

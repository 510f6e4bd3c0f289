"""A whole set of crews for a season.

`propose` is all that others need: people in, crews out.
"""

from collections.abc import Callable, Collection, Sequence

from crews.rules.points import Seeker
from crews.rules.proposing.proposal import Locked, Progress, Proposal, summed_up
from crews.rules.proposing.starting import greedy

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

    The same people, locks and seed give the same crews, in whatever order they are handed in,
    as long as `seconds` (the limit, rarely reached: about half of it on an idle machine) or
    `should_stop` do not end it before. It then answers with the best so far.
    """
    everybody = {one.id: one for one in seekers}
    kept = {person for table in locked for person in table.people}
    free = [one for one in everybody.values() if one.id not in kept]
    crews = [[one.id for one in crew] for crew in greedy(free, seed=seed)]
    proposal = summed_up([*(t.people for t in locked), *crews], everybody, is_whole=True)
    if on_progress is not None:
        placed = len(everybody) - len(proposal.unplaced)
        on_progress(Progress(placed, len(everybody), proposal.points, 1.0))
    return proposal

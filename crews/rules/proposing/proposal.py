"""What a proposal is asked with and what it answers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from crews.rules.points import LAW, Seeker, crew_points


@dataclass(frozen=True, slots=True)
class Locked:
    """A table that stays as it is, however odd, and whose people take no other seat.

    With `may_grow` others may join it, up to `seats`; nobody who sits there is moved.
    """

    people: frozenset[int]
    may_grow: bool = False
    seats: int = LAW.most

    @property
    def free(self) -> int:
        """How many may still join."""
        return max(0, min(self.seats, LAW.most) - len(self.people)) if self.may_grow else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: people who have a seat so far, of how many, and the share of the work done.

    `points` are those of the best crews so far, for comparison only.
    """

    placed: int
    people: int
    points: int
    share_done: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole set of crews.

    Crews are sorted, each and among each other, and hold the locked ones too. `is_whole` is False
    when it was stopped, or its time ran out, before it had looked at all it meant to.
    """

    crews: tuple[tuple[int, ...], ...]
    unplaced: tuple[int, ...]
    points: int
    is_whole: bool = True


def summed_up(
    crews: Iterable[Collection[int]], seekers: Mapping[int, Seeker], *, is_whole: bool
) -> Proposal:
    """A proposal of these crews; people who are not among the seekers bring no points."""
    tables = tuple(sorted(tuple(sorted(crew)) for crew in crews))
    seated = {person for crew in tables for person in crew}
    return Proposal(
        crews=tables,
        unplaced=tuple(sorted(seekers.keys() - seated)),
        points=sum(
            crew_points([seekers[one] for one in crew if one in seekers]) for crew in tables
        ),
        is_whole=is_whole,
    )

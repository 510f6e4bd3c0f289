"""A steward's pulse: that tables live, never what is said at them. One line, one way to act.

Each app that knows of something hands in rows from its `AppConfig.ready`. A source takes the ids
of the congregations, returns at most `MOST` rows, and asks the same number of questions however
many there are. A row names no person inside a table and repeats no word said there.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from pages.registry import Registry

# Rows of one source; the panel shows fewer, and says so.
MOST = 12


class Need(IntEnum):
    """What needs somebody most, first."""

    HELP_ASKED = 1
    GONE_QUIET = 2
    RETROSPECTIVE = 3
    PAIRS_WAIT = 4
    FORMING = 5
    NO_CREW = 6


@dataclass(frozen=True, slots=True)
class PulseRow:
    """One line, since when it is so, and one way to act."""

    need: Need
    since: datetime
    heading: str
    words: str
    url: str
    action: str
    # What the panel shows on its own page as a list of its own is only in the weekly letter.
    in_panel: bool = True


pulse: Registry[Callable[[Collection[int]], Iterable[PulseRow]]] = Registry()


def pulse_of(congregations: Collection[int]) -> list[PulseRow]:
    """Every row for these congregations, the most needing first, the oldest of a need first."""
    if not congregations:
        return []
    rows = [row for source in pulse.sources for row in source(congregations)]
    return sorted(rows, key=lambda row: (row.need, row.since, row.heading))

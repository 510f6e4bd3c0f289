"""How often, how long and how many times two people meet. The usual is a good default."""

from dataclasses import dataclass
from datetime import timedelta

# Source: the handbook's dyads: weekly or fortnightly, forty-five minutes, six meetings.
LEAST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 1, 2, 4
LEAST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 20, 45, 120
LEAST_MEETINGS, USUAL_MEETINGS, MOST_MEETINGS = 1, 6, 24
# How many dyads somebody has at a time, unless they say otherwise.
USUAL_DYADS, MOST_DYADS = 3, 6
# After a no the same person is not asked again for so long.
NO_STANDS = timedelta(days=30)
# The seat of whoever asks, and of whoever is asked.
ASKING, ASKED = 1, 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What kind of dyad, and how often, how long and how many times the two mean to meet.

    `steward_seat` is the seat of the one who supports: of stewarding only.
    """

    kind: str = "peers"
    own_kind: str = ""
    steward_seat: int | None = None
    weeks: int = USUAL_WEEKS
    minutes: int = USUAL_MINUTES
    meetings: int = USUAL_MEETINGS

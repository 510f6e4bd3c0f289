"""The picture of a congregation: a round room with one dot a person. Pure numbers."""

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

# The angle by which a sunflower sets each seed apart from the one before, in radians.
GOLDEN = pi * (3 - sqrt(5))
# The room's radius in the picture's own units, and how much of it the dots may fill.
RADIUS, FILLED = 100, 0.86


@dataclass(frozen=True, slots=True)
class Dot:
    """Where somebody stands, measured from the middle."""

    x: float
    y: float


def room(people: int) -> list[Dot]:
    """Evenly spread dots, the first in the middle."""
    return [
        Dot(
            round(RADIUS * FILLED * sqrt(number / max(people, 12)) * cos(number * GOLDEN), 1),
            round(RADIUS * FILLED * sqrt(number / max(people, 12)) * sin(number * GOLDEN), 1),
        )
        for number in range(people)
    ]

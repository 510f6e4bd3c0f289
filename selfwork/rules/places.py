"""Where parts stand on the map: around the self, which is the middle.

Lengths are in units of the drawing; x grows to the right, y downward, the self is at 0, 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, atan2, cos, hypot, pi, sin

# Two parts nearer to each other than this would cover each other's names.
APART = 120
# Of rings, the first radius, and how far one is from the next.
FIRST_RING = 160
BETWEEN_RINGS = APART
MOST_RINGS = 8
# Around a part, so that its name is inside the picture.
MARGIN = 72
# The nearest that a part may come to the self, and the farthest along each side.
NEAREST = 74
FARTHEST = FIRST_RING + (MOST_RINGS - 1) * BETWEEN_RINGS
A_STEP = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map."""

    x: int
    y: int

    @property
    def away(self) -> float:
        """How far it is from the self."""
        return hypot(self.x, self.y)

    def from_other(self, other: "Place") -> float:
        """How far two places are from each other."""
        return hypot(self.x - other.x, self.y - other.y)


def kind_place(taken: Sequence[Place]) -> Place:
    """A place for one more part: the nearest free one, spread around the self.

    None of it overlaps while there is room for it: beside parts that were put anywhere, too.
    """
    for ring in range(MOST_RINGS):
        for place in _on_ring(ring):
            if all(place.from_other(other) >= APART for other in taken):
                return place
    # So many, or strewn so widely, that none is free: the one with most room.
    everywhere = [place for ring in range(MOST_RINGS) for place in _on_ring(ring)]
    return max(everywhere, key=lambda one: min(one.from_other(other) for other in taken))


def kind_places(many: int, taken: Sequence[Place]) -> list[Place]:
    """Places for several that have none, one after another."""
    found = list(taken)
    for _number in range(many):
        found.append(kind_place(found))
    return found[len(taken) :]


@cache
def _on_ring(ring: int) -> tuple[Place, ...]:
    """The places of a ring, each as far as can be from those before it."""
    radius = FIRST_RING + ring * BETWEEN_RINGS
    # A hair more than needed, since places are whole numbers.
    many = int(pi / asin((APART + 2) / 2 / radius))
    order = [0]
    while len(order) < many:
        left = (number for number in range(many) if number not in order)
        order.append(max(left, key=lambda number: min(_around(number, one, many) for one in order)))
    # The first is above on the left, and each ring begins a little farther round.
    begin = -3 * pi / 4 + ring * 0.6
    angles = [begin + 2 * pi * number / many for number in order]
    return tuple(Place(round(radius * cos(one)), round(radius * sin(one))) for one in angles)


def _around(one: int, other: int, many: int) -> int:
    between = abs(one - other)
    return min(between, many - between)


def kept_inside(place: Place) -> Place:
    """The place itself, or the nearest one that is on the map and not on the self."""
    x, y = (max(-FARTHEST, min(FARTHEST, length)) for length in (place.x, place.y))
    away = hypot(x, y)
    if away >= NEAREST:
        return Place(x, y)
    if away < 1:
        return Place(0, -NEAREST)
    # Rounded away from the self.
    return Place(*(_outward(length * NEAREST / away) for length in (x, y)))


def _outward(length: float) -> int:
    whole = int(length)
    return whole if whole == length else whole + (1 if length > 0 else -1)


def stepped(place: Place, step: str) -> Place:
    """One step "left", "right", "up", "down", "nearer" to the self or "farther" from it."""
    across = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
    if step in across:
        x, y = across[step]
        return kept_inside(Place(place.x + x * A_STEP, place.y + y * A_STEP))
    longer = 1 + (A_STEP if step == "farther" else -A_STEP) / (place.away or 1)
    # Nearer ends before the self, and never leads to its other side.
    longer = max(longer, 0.01)
    return kept_inside(Place(round(place.x * longer), round(place.y * longer)))


def rings_needed(places: Sequence[Place]) -> int:
    """How many rings the picture has to show, so that every part is inside."""
    farthest = max((max(abs(place.x), abs(place.y)) for place in places), default=0)
    for ring in range(1, MOST_RINGS):
        if farthest <= reach(ring):
            return ring
    return MOST_RINGS


def reach(rings: int) -> int:
    """How far from the self, along each side, a part may stand in a picture of so many rings."""
    return FIRST_RING + (rings - 1) * BETWEEN_RINGS


def direction(place: Place) -> int:
    """Where it is, seen from the self: 0 right, 1 below on the right, 2 below, … 7, clockwise."""
    return round(atan2(place.y, place.x) / (pi / 4)) % 8


def distance(place: Place) -> int:
    """How far off it is: 0 close to the self, 1 a little way off, 2 farther."""
    if place.away <= FIRST_RING + 4:
        return 0
    return 1 if place.away <= FIRST_RING + BETWEEN_RINGS + 4 else 2

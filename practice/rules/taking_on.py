"""Which meeting gets which part of a programme: a pure rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot[Meeting, Part]:
    """A meeting with the part that falls on it; without one it stays as it is."""

    meeting: Meeting
    part: Part | None


def lay_out[Meeting, Part](
    meetings: Iterable[tuple[Meeting, bool]], parts: Sequence[Part]
) -> tuple[list[Slot[Meeting, Part]], list[Part]]:
    """Give each meeting that is free the next part, until all parts have found one.

    `meetings` come in their order, each with whether it is free; the others keep what they
    have. Returns the meetings up to the last part, and the parts that found none.
    """
    left = list(parts)
    slots: list[Slot[Meeting, Part]] = []
    for meeting, is_free in meetings:
        if not left:
            break
        slots.append(Slot(meeting, left.pop(0) if is_free else None))
    return slots, left

"""Giving and receiving, said in words: who was listened to, over the meetings of two. Pure.

Nothing is added up over meetings and nobody is ahead. Where somebody was listened to longer, the
meeting is named, and the two know best why it was so.
"""

from collections.abc import Sequence
from enum import StrEnum


class Tilt(StrEnum):
    """How the time of one meeting lay."""

    EVEN = "even"
    MINE = "mine"
    THEIRS = "theirs"


# Up to so much longer still counts as "about as long as each other".
ABOUT = 1.25
# So many single meetings are named; more of them is a pattern.
MOST_NAMED = 3
# So many meetings running make a habit worth talking about.
HABIT = 3


def tilt(mine: float, theirs: float) -> Tilt:
    """Who was listened to longer at one meeting, if anybody was."""
    if max(mine, theirs) <= ABOUT * min(mine, theirs):
        return Tilt.EVEN
    return Tilt.MINE if mine > theirs else Tilt.THEIRS


def habit(tilts: Sequence[Tilt]) -> Tilt:
    """Who was listened to longer at each of the last meetings; EVEN where nobody was."""
    last = {*tilts[-HABIT:]}
    return next(iter(last)) if len(tilts) >= HABIT and len(last) == 1 else Tilt.EVEN


def reach(seconds: float, longest: float) -> float:
    """How far a turn reaches in the picture: 0 to 1 of the longest one, so that a quarter of an
    hour stays a quarter of an hour from meeting to meeting."""
    return round(min(1.0, seconds / longest), 3) if longest > 0 else 0.0

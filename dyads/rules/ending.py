"""How a run of a dyad ends: what the two may say, and what follows from it. Pure."""

from enum import StrEnum


class Choice(StrEnum):
    """What each says privately after the last meeting."""

    CONTINUE = "continue"
    PAUSE = "pause"
    CLOSE = "close"


def outcome(one: Choice, other: Choice) -> Choice:
    """What comes of two answers: going on takes two, and closing one."""
    said = {one, other}
    if Choice.CLOSE in said:
        return Choice.CLOSE
    return Choice.PAUSE if Choice.PAUSE in said else Choice.CONTINUE

"""How a run of a dyad ends: what the two may say, and what follows from it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
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


# How long silence lasts until the two are asked, or asked once more.
SILENCE = timedelta(weeks=8)
# When whoever has not answered hears of it once more.
REMINDED_AFTER = timedelta(days=5)
# How long a pause is, unless the two choose another day.
USUAL_PAUSE, LONGEST_PAUSE = timedelta(weeks=8), timedelta(weeks=52)
# How long the closing words wait to be read together, and how long the last page is written on.
CLOSES_AFTER = GOODBYES = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Run:
    """A dyad's meetings since it last looked back.

    `over` is how many have taken place, `last_end` when the last of them ended (or, before a
    first one, when the second sat down). `planned` is how many the two wished for. `has_end`
    tells of meetings that were set as a number of them, `goes_on` of any to come.
    """

    over: int
    last_end: datetime
    planned: int
    has_end: bool
    goes_on: bool


def is_due(run: Run, now: datetime) -> bool:
    """Whether the two are asked to look back: the run is over, or there is a long silence.

    A single first meeting is no run: whoever has met once sets a rhythm next.
    """
    if run.goes_on:
        return False
    if run.over and (run.has_end or run.over >= run.planned):
        return True
    return now >= run.last_end + SILENCE

"""When a crew looks back, when the answers open, and what they suggest.

Source: the handbook's cycles; a crew ends by default, and nobody has to go first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from circles.scales import LAWS, Scale

LAW = LAWS[Scale.CREW]
# Nobody is asked earlier than that before the last meeting: it would be far from the end.
AHEAD = timedelta(days=7)
# So long after the last meeting, and never sooner after the question, the answers open.
TIME_TO_ANSWER = timedelta(days=2)
REMINDED_BEFORE = timedelta(days=1)
# Nothing decided so long after the opening: everybody is asked once more.
OVERDUE = timedelta(days=14)
# For so long anybody may take a decision back.
SECOND_THOUGHTS = timedelta(days=1)


class Choice(StrEnum):
    """What somebody may say near the end of a cycle."""

    RENEW = "renew"
    PAUSE = "pause"
    REGROUP = "regroup"
    LEAVE = "leave"


class Way(StrEnum):
    """How a crew may go on."""

    RENEW = "renew"
    REST = "rest"
    SPLIT = "split"
    LOOK_FOR_PEOPLE = "look_for_people"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting that is not called off. `has_end` when it is of a rhythm with a number."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    has_end: bool


def last_of(meetings: Sequence[Planned], count: int, *, goes_on: bool) -> Planned | None:
    """The meeting with which a cycle ends, of those since it began, in order.

    The last of a rhythm with a number. Where a rhythm goes on without an end, or there are only
    single dates, the `count`-th; None while there are not so many.
    """
    counted = [one for one in meetings if one.has_end]
    if counted and not goes_on:
        return counted[-1]
    return meetings[count - 1] if 0 < count <= len(meetings) else None


def is_due(meetings: Sequence[Planned], last: Planned, now: datetime) -> bool:
    """Whether to ask now: the last but one is over, and the last at most a week away."""
    before = (one for one in meetings if one.starts_at < last.starts_at)
    return all(one.ends_at <= now for one in before) and now >= last.starts_at - AHEAD


def due_date(last_ends_at: datetime, asked_at: datetime) -> datetime:
    """When the answers open at the latest."""
    return max(last_ends_at, asked_at) + TIME_TO_ANSWER


def may_open(
    present: Collection[int], answered: Collection[int], due: datetime, now: datetime
) -> bool:
    """Whether the answers open: everybody who sits there has answered, or the date has come."""
    return bool(present) and (set(present) <= set(answered) or now >= due)


def suggested(choices: Mapping[int, str], present: int) -> list[Way]:
    """Which ways the answers of those who sit there lean to; facts to talk about, no verdict.

    Whoever has not answered is counted neither as going on nor as leaving.
    """
    said = [Choice(choice) for choice in choices.values()]
    silent = max(0, present - len(said))
    leaving = said.count(Choice.LEAVE)
    if leaving and len(said) - leaving + silent < LAW.least:
        return [Way.CLOSE]
    ways = []
    if said.count(Choice.RENEW) >= LAW.least:
        ways.append(Way.RENEW)
    if Choice.PAUSE in said:
        ways.append(Way.REST)
    if Choice.REGROUP in said:
        ways.append(Way.SPLIT if present >= 2 * LAW.least else Way.LOOK_FOR_PEOPLE)
    return ways

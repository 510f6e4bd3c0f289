"""What it does to take somebody from one table to another, as data for words.

A move that a refusal forbids looks like one for which there is no hour: DOES_NOT_FIT, and nothing
about the table as it would be. What cannot be hidden: whoever knows everybody's hours can see
that an hour was there. So a page that shows moves shows the hours of tables, not of people.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crews.rules.points import (
    LAW,
    Grounds,
    Obstacle,
    Seeker,
    breakdown,
    sitting_obstacle,
)


class MayNot(StrEnum):
    """Why somebody cannot be taken to a table, as far as it is told."""

    FULL = "full"
    DOES_NOT_FIT = "does not fit"


@dataclass(frozen=True, slots=True)
class Change:
    """One table before and after. Wishes are (who wished, for whom); pairs, the smaller id first.

    `adds` is the difference in points, to compare moves by.
    """

    size_before: int
    size: int
    is_too_small: bool
    shared_slots: tuple[int, ...]
    gained_slots: tuple[int, ...]
    lost_slots: tuple[int, ...]
    gained_wishes: tuple[tuple[int, int], ...]
    lost_wishes: tuple[tuple[int, int], ...]
    gained_acquaintances: tuple[tuple[int, int], ...]
    lost_acquaintances: tuple[tuple[int, int], ...]
    adds: int


@dataclass(frozen=True, slots=True)
class Move:
    """What a move does to the table that is left and to the one that is joined.

    `left` is None for somebody who sits nowhere, `joined` for somebody who will, and where the
    move may not be.
    """

    person: int
    may_not: MayNot | None
    left: Change | None
    joined: Change | None

    @property
    def may(self) -> bool:
        """Whether it can be done."""
        return self.may_not is None

    @property
    def adds(self) -> int:
        """The difference in points of both tables."""
        return sum(change.adds for change in (self.left, self.joined) if change)


def move(
    person: Seeker, *, away_from: Collection[Seeker] = (), to: Collection[Seeker] | None = None
) -> Move:
    """Take somebody from the table they sit at (with them in it, or empty) to another, or to none.

    Leaving is always possible, also when it leaves a table too small. The table `to` may be
    empty: a new one.
    """
    stay = [one for one in away_from if one.id != person.id]
    left = _change(away_from, stay) if away_from else None
    if to is None:
        return Move(person.id, None, left, None)
    joined = [*(one for one in to if one.id != person.id), person]
    if (reason := _reason(joined)) is not None:
        return Move(person.id, reason, left, None)
    return Move(person.id, None, left, _change(to, joined))


def moves(
    person: Seeker, *, away_from: Collection[Seeker], tables: Mapping[int, Collection[Seeker]]
) -> dict[int, Move]:
    """What each table there is would mean for somebody, by the table's key."""
    return {key: move(person, away_from=away_from, to=table) for key, table in tables.items()}


def _reason(table: Collection[Seeker]) -> MayNot | None:
    if len(table) > LAW.most:
        return MayNot.FULL
    return MayNot.DOES_NOT_FIT if sitting_obstacle(table) in set(Obstacle) else None


def _change(before: Collection[Seeker], after: Collection[Seeker]) -> Change:
    was, will = breakdown(before), breakdown(after)
    return Change(
        size_before=len(before),
        size=len(after),
        is_too_small=len(after) < LAW.least,
        shared_slots=will.shared_slots,
        gained_slots=_new(will.shared_slots, was.shared_slots) if before else (),
        lost_slots=_new(was.shared_slots, will.shared_slots) if after else (),
        gained_wishes=_new(will.wishes, was.wishes),
        lost_wishes=_new(was.wishes, will.wishes),
        gained_acquaintances=_new(will.know_each_other, was.know_each_other),
        lost_acquaintances=_new(was.know_each_other, will.know_each_other),
        adds=_points(will) - _points(was),
    )


def _points(grounds: Grounds) -> int:
    return grounds.points.total if grounds.people else 0


def _new[Thing](these: Collection[Thing], those: Collection[Thing]) -> tuple[Thing, ...]:
    known = set(those)
    return tuple(one for one in these if one not in known)

"""Why somebody was paired with nobody, in neutral data, and which hour more would help.

What these functions look at: everybody's hours, how many took part, and whose dyad the reader
knows to be their own. They never read whom anybody would rather not be with, so their answers
stay the same whatever anybody refused: the chief promise of this module.

What can be inferred all the same: whoever knows the hours of all can see that two of those left
over share one. DID_NOT_WORK_OUT and ODD are what is told then. They are also what is told after
a steward separated two by hand, when a pair fell away between the pairing and its publishing
(somebody left, paused, changed their hours, has as many dyads as they want, or has become a
dyad elsewhere), and to whoever was left because two others could not be paired; so they prove
nothing about anybody.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dyads.rules.pairing import Seeker


class Reason(StrEnum):
    """Why nobody was found, as far as hours and numbers tell."""

    ALONE = "nobody else took part"
    NO_HOURS = "no hours said"
    NOBODY_SHARES = "nobody shares an hour"
    ALL_YOURS = "all who share an hour are theirs already"
    ODD = "an odd number took part"
    DID_NOT_WORK_OUT = "did not work out this time"


@dataclass(frozen=True, slots=True)
class Help:
    """One more hour of the week, and how many others could meet then whom they cannot meet now."""

    slot: int
    people: int


@dataclass(frozen=True, slots=True)
class Lack:
    """What is told to somebody left over. `help` is best first, and empty where none helps."""

    reason: Reason
    help: tuple[Help, ...] = ()


def lacking(
    left_over: Collection[int],
    people: Mapping[int, Seeker],
    own: Mapping[int, Collection[int]],
    *,
    most_help: int = 60,
) -> dict[int, Lack]:
    """Reason and help for each who was left over, by id.

    `people` are all who took part; `own` those of them whom each knows as their dyads.
    """
    return {
        one: _lack(people[one], people, frozenset(own.get(one, ())), most_help) for one in left_over
    }


def _lack(
    person: Seeker, people: Mapping[int, Seeker], own: Collection[int], most_help: int
) -> Lack:
    others = [one for one in people.values() if one.id != person.id]
    if not others:
        return Lack(Reason.ALONE)
    sharing = {one.id for one in others if not one.slots.isdisjoint(person.slots)}
    new = Counter(
        slot for one in others if one.id not in sharing and one.id not in own for slot in one.slots
    )
    best = sorted(new.items(), key=lambda row: (-row[1], row[0]))
    help_ = tuple(Help(slot, count) for slot, count in best[:most_help])
    return Lack(_reason(person, sharing, own, len(people)), help_)


def _reason(person: Seeker, sharing: set[int], own: Collection[int], number: int) -> Reason:
    if not person.slots:
        return Reason.NO_HOURS
    if not sharing:
        return Reason.NOBODY_SHARES
    if sharing <= set(own):
        return Reason.ALL_YOURS
    return Reason.ODD if number % 2 else Reason.DID_NOT_WORK_OUT

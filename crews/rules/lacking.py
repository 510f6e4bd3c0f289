"""Why somebody has no seat, in neutral data, and which one hour more would help.

What these functions look at: everybody's hours and the tables as they stand. They never read
whom anybody would rather not sit with, so their answers say nothing that the tables and the hours
do not say already, and stay the same whatever anybody refused.

What can be inferred all the same: whoever knows the hours of all, and sees somebody without a
seat beside a table with room at one of their hours, can conclude that something stood against it.
DID_NOT_WORK_OUT is what is told then. It is also what is told after a steward took somebody from
a table by hand or locked one, when a proposal was stopped early, and to a third person who was
left over because two others would not sit together; so it proves nothing about anybody. Hours
offered as help are counted by hours alone: they may open a table, they never promise one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crews.rules.points import LAW, Seeker, shared_slots


class Reason(StrEnum):
    """Why there was no seat, as far as hours tell."""

    NO_HOURS = "no hours said"
    NOBODY_SHARES = "nobody shares an hour"
    TOO_FEW_SHARE = "too few share an hour"
    NO_ROOM = "no table at these hours has room"
    DID_NOT_WORK_OUT = "did not work out this time"


@dataclass(frozen=True, slots=True)
class Help:
    """One more hour of the week, and what it may open.

    `tables` are the keys of tables with room that meet then; `companions` is how many others
    without a seat could meet then. Two of them are enough for a table more.
    """

    slot: int
    tables: tuple[int, ...]
    companions: int

    @property
    def opens(self) -> int:
        """How many tables: those there are, and one that those without a seat could begin."""
        return len(self.tables) + (self.companions + 1 >= LAW.least)


@dataclass(frozen=True, slots=True)
class Lack:
    """What is told to somebody without a seat; best help first, none where no hour helps."""

    person: int
    reason: Reason
    help: tuple[Help, ...]


def lacking(
    unplaced: Collection[Seeker],
    tables: Mapping[int, Collection[Seeker]],
    *,
    most_help: int = 3,
) -> dict[int, Lack]:
    """Reason and help for each who has no seat, by person. `tables` are all those proposed."""
    hours = _Hours(unplaced, tables)
    return {one.id: _lack(one, hours, most_help) for one in unplaced}


class _Hours:
    """Who could meet when, and which tables with room meet then; refusals are not looked at."""

    def __init__(
        self, unplaced: Collection[Seeker], tables: Mapping[int, Collection[Seeker]]
    ) -> None:
        seated = [one for table in tables.values() for one in table]
        self.people = _counted([*unplaced, *seated])
        self.without_seat = _counted(unplaced)
        self.tables: dict[int, list[int]] = {}
        for key, table in sorted(tables.items()):
            if len(table) < LAW.most:
                for slot in shared_slots(table):
                    self.tables.setdefault(slot, []).append(key)


def _counted(people: Iterable[Seeker]) -> dict[int, int]:
    count: dict[int, int] = {}
    for one in people:
        for slot in one.slots:
            count[slot] = count.get(slot, 0) + 1
    return count


def _lack(person: Seeker, hours: _Hours, most_help: int) -> Lack:
    reason = _reason(person, hours)
    if reason is Reason.DID_NOT_WORK_OUT:
        return Lack(person.id, reason, ())
    offers = [
        offer
        for slot in hours.people.keys() - person.slots
        if (
            offer := Help(slot, tuple(hours.tables.get(slot, ())), hours.without_seat.get(slot, 0))
        ).opens
    ]
    offers.sort(key=lambda offer: (-offer.opens, -offer.companions, offer.slot))
    return Lack(person.id, reason, tuple(offers[:most_help]))


def _reason(person: Seeker, hours: _Hours) -> Reason:
    if not person.slots:
        return Reason.NO_HOURS
    together = max(hours.people[slot] for slot in person.slots)
    if together == 1:
        return Reason.NOBODY_SHARES
    if together < LAW.least:
        return Reason.TOO_FEW_SHARE
    has_room = any(slot in hours.tables for slot in person.slots)
    could_begin = any(hours.without_seat[slot] >= LAW.least for slot in person.slots)
    return Reason.DID_NOT_WORK_OUT if has_room or could_begin else Reason.NO_ROOM

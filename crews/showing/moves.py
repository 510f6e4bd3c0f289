"""What a move does, in words: before it is made, and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crews.models import Participant
from crews.rules.moving import Change, MayNot
from crews.services.moving import NEW_TABLE, NO_SEAT, Way, ways
from crews.services.publishing import names_of
from crews.services.seating import SeatedTable, Seating
from crews.showing.desk import Desk, DeskTable
from people.models import Person
from practice.showing.naming import in_one_breath
from practice.showing.often import hour
from practice.showing.wording import in_words


@dataclass(frozen=True, slots=True)
class ShownWay:
    """Somewhere to move somebody: what it is called, what that does, whether it can be."""

    to: str
    name: str
    does: str
    may: bool


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who may be moved, where they sit now, and where to."""

    participant: Participant
    sits_at: str
    is_locked: bool
    ways: Sequence[ShownWay]


@dataclass(frozen=True, slots=True)
class _Words:
    """What sentences about one person's moves share."""

    seating: Seating
    names: Mapping[int, str]
    reader: Person
    person: int

    def said(self, way: Way) -> ShownWay:
        """One way in words."""
        if way.is_new:
            does = self._joined(_("Others can follow."), way)
            return ShownWay(NEW_TABLE, _("A new table"), does, True)
        if way.to is None:
            return ShownWay(NO_SEAT, _("No seat"), self._left(way), True)
        name = self.names[way.to.proposed.pk]
        return ShownWay(str(way.to.proposed.pk), name, self._does(way, way.to), way.may)

    def _does(self, way: Way, table: SeatedTable) -> str:
        if way.is_locked:
            return _("Locked. Unlock it first.")
        if way.move.may_not == MayNot.FULL:
            return _("Full: six sit there.")
        if way.move.may_not is not None or way.move.joined is None:
            return _("These people do not fit one table.")
        return self._joined(self._new_hour(table, way.move.joined), way)

    def _new_hour(self, table: SeatedTable, joined: Change) -> str:
        """How many they would be, and when; said as news when the hour is another."""
        mover = self.seating.gathered.seekers[self.person]
        people = [*self.seating.at(table), mover]
        slot = self.seating.gathered.best(people, joined.shared_slots)
        count = in_words(joined.size)
        if slot is None:
            return ""
        when = hour(self.seating.gathered.moment(slot), self.reader.zone)
        if slot == self.seating.best(table):
            return _("{count} people, still {when}.").format(count=count.capitalize(), when=when)
        return _("{count} people, and the hour would be {when}.").format(
            count=count.capitalize(), when=when
        )

    def _joined(self, first: str, way: Way) -> str:
        return " ".join(one for one in (first, self._knows(way.to), self._left(way)) if one)

    def _knows(self, table: SeatedTable | None) -> str:
        gathered = self.seating.gathered
        known = [
            gathered.participants[other].person
            for other in (table.people if table else ())
            if frozenset((self.person, other)) in gathered.known
        ]
        if not known:
            return ""
        return _("Has sat in a crew with {names}.").format(names=in_one_breath(known, self.reader))

    def _left(self, way: Way) -> str:
        """What becomes of the table that they leave."""
        left, sits = way.move.left, self.seating.table_of(self.person)
        if left is None or sits is None:
            return ""
        name = self.names[sits.proposed.pk]
        if left.size == 0:
            return _("“{table}” would be empty.").format(table=name)
        if left.is_too_small:
            return ngettext(
                "“{table}” would have one, too few to begin.",
                "“{table}” would have {count}, too few to begin.",
                left.size,
            ).format(table=name, count=in_words(left.size))
        return _("“{table}” would have {count}.").format(table=name, count=in_words(left.size))


def mover_of(seating: Seating, participant: Participant, reader: Person) -> Mover:
    """Where somebody could go, and what each way does."""
    person = participant.person_id
    shown = [one for one in seating.tables if one.people]
    names = {
        one.proposed.pk: name for one, name in zip(shown, names_of(seating, shown), strict=True)
    }
    words = _Words(seating, names, reader, person)
    sits = seating.table_of(person)
    return Mover(
        participant=participant,
        sits_at=names[sits.proposed.pk] if sits else "",
        is_locked=bool(sits and sits.proposed.is_locked),
        # What cannot be stands last.
        ways=sorted(
            (words.said(way) for way in ways(seating, person)), key=lambda one: not one.may
        ),
    )


@dataclass(frozen=True, slots=True)
class Undo:
    """What was just done, in a sentence, and the way back."""

    participant: Participant
    said: str
    to: str


def undo_of(desk: Desk, asked: Mapping[str, str]) -> Undo | None:
    """The last move, if the page was asked with one (`moved`, a hand; `from`, where it was)."""
    moved, came_from = asked.get("moved", ""), asked.get("from", "")
    if not moved.isdecimal() or not (came_from.isdecimal() or came_from == NO_SEAT):
        return None
    for table in desk.tables:
        for seat in table.seats:
            if str(seat.participant.pk) == moved and str(table.proposed.pk) != came_from:
                said = _sits_now(seat.person, table)
                return Undo(seat.participant, said, came_from)
    for one in desk.without:
        if str(one.participant.pk) == moved and came_from != NO_SEAT:
            said = _("{name} has no seat now.").format(name=one.person.first_name)
            return Undo(one.participant, said, came_from)
    return None


def _sits_now(person: Person, table: DeskTable) -> str:
    others = len(table.seats) - 1
    if not others:
        return _("{name} sits at a new table now, alone so far.").format(name=person.first_name)
    said = ngettext(
        "{name} sits at “{table}” now, with one other.",
        "{name} sits at “{table}” now, with {count} others.",
        others,
    )
    return said.format(name=person.first_name, table=table.name, count=in_words(others))

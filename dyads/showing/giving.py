"""Giving and receiving over time, for the two only: a picture, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dyads.rules.giving import MOST_NAMED, Tilt, habit, reach, tilt
from dyads.showing.now import DyadNow
from pages.pictures.facing import Facing, facing_picture
from people.models import Person
from practice.showing.spoken import Spoken, spoken


@dataclass(frozen=True, slots=True)
class Evening:
    """A meeting they held, as one of the two reads it."""

    day: date
    mine: float
    theirs: float

    @property
    def tilt(self) -> Tilt:
        """Who was listened to longer, if anybody."""
        return tilt(self.mine, self.theirs)

    @property
    def label(self) -> str:
        """The day, short."""
        return date_format(self.day, "j M")


@dataclass(frozen=True, slots=True)
class Giving:
    """What the section shows; without evenings, one line."""

    evenings: Sequence[Evening]
    other: Person
    # In a dyad with one who supports, turns are not equal and nothing is drawn: how it is there.
    one_way: str = ""

    @property
    def picture(self) -> SafeString:
        """A row for each meeting, the reader's side on the left."""
        longest = max(max(one.mine, one.theirs) for one in self.evenings)
        rows = [
            Facing(one.label, reach(one.mine, longest), reach(one.theirs, longest))
            for one in self.evenings
        ]
        return facing_picture(_("You"), self.other.first_name, rows)

    @property
    def words(self) -> list[str]:
        """The picture in a sentence or two."""
        name = self.other.first_name
        tilts = [one.tilt for one in self.evenings]
        uneven = [one for one in self.evenings if one.tilt is not Tilt.EVEN]
        if not uneven:
            return [_("You were listened to about as long as each other.")]
        if len(uneven) <= min(MOST_NAMED, len(tilts) // 2):
            sentences = [
                _("At most of your meetings you were listened to about as long as each other.")
            ]
            sentences += [self._said(one) for one in uneven]
        else:
            sentences = [_("How long each of you was listened to changed from meeting to meeting.")]
        if habit(tilts) is Tilt.MINE:
            sentences.append(_("Lately you were listened to longer. Is that as you both like it?"))
        if habit(tilts) is Tilt.THEIRS:
            sentences.append(
                _("Lately {name} was listened to longer. Is that as you both like it?").format(
                    name=name
                )
            )
        return sentences

    @property
    def lines(self) -> list[str]:
        """The same, meeting by meeting."""
        return [self._said(one) for one in self.evenings]

    def _said(self, one: Evening) -> str:
        said = {
            Tilt.EVEN: _("{day}: about as long as each other."),
            Tilt.MINE: _("{day}: you were listened to longer."),
            Tilt.THEIRS: _("{day}: {name} was listened to longer."),
        }
        day = date_format(one.day, "j F")
        return said[one.tilt].format(day=day, name=self.other.first_name)


def giving(now: DyadNow) -> Giving | None:
    """What the two see of it; nothing before they have sat down together."""
    other = now.other
    if other is None:
        return None
    if now.dyad.goes_one_way:
        return Giving((), other, _one_way(now, other))
    held = spoken(now.dyad, now.people)
    if now.closes and not held:
        return None
    return Giving([_evening(one, now.reader, other) for one in held], other)


def _evening(one: Spoken, reader: Person, other: Person) -> Evening:
    day = one.held_from.astimezone(reader.zone).date()
    return Evening(day, one.seconds.get(reader.pk, 0), one.seconds.get(other.pk, 0))


def _one_way(now: DyadNow, other: Person) -> str:
    seats = {seat.person_id: seat.seat for seat in now.dyad.memberships.present()}
    name = other.first_name
    if seats.get(now.reader.pk) == now.dyad.steward_seat:
        return _("You are here for {name}: {name} speaks first, and the time is theirs.").format(
            name=name
        )
    return _("{name} is here for you: you speak first, and the time is yours.").format(name=name)

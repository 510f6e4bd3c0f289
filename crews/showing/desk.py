"""The stewards' desk: the tables of a round, who has no seat, and what each move does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, pi, sin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle, Membership
from circles.scales import Scale
from crews.models import FormingRound, Participant, ProposedCrew
from crews.rules.explaining import explain
from crews.rules.points import LAW, sitting_obstacle
from crews.services.publishing import names_of
from crews.services.seating import SeatedTable, Seating, seating_of
from crews.showing.lacking import NoSeat, without_seats
from crews.showing.wording import why
from people.models import Person
from people.time_zones import city, zone_info
from practice.showing.often import how_often
from practice.showing.wording import in_words


@dataclass(frozen=True, slots=True)
class DeskSeat:
    """Somebody at a proposed table, and when its hour is by their own clock."""

    participant: Participant
    time: str

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.participant.person

    @property
    def place(self) -> str:
        """The place by whose clock they gave their hours."""
        return city(self.participant.time_zone)


@dataclass(frozen=True, slots=True)
class Dot:
    """A seat in the small picture of a table."""

    x: float
    y: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class DeskTable:
    """One proposed table. `trouble` says why it is no crew as it stands; then nothing speaks
    for it."""

    proposed: ProposedCrew
    name: str
    seats: Sequence[DeskSeat]
    when: str
    why: str
    trouble: str

    @property
    def dots(self) -> list[Dot]:
        """Five or six seats around it, from the top, the open ones last."""
        count = max(LAW.ideal, len(self.seats))
        angles = [2 * pi * number / count - pi / 2 for number in range(count)]
        return [
            Dot(
                round(36 + 28 * cos(angle), 1),
                round(36 + 28 * sin(angle), 1),
                number >= len(self.seats),
            )
            for number, angle in enumerate(angles)
        ]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the page."""

    forming: FormingRound
    tables: Sequence[DeskTable]
    without: Sequence[NoSeat]
    people: int
    # To whom the reader could offer a dyad with themselves, by id.
    could_be_two: Collection[int]

    @property
    def seated(self) -> int:
        """How many have a seat."""
        return sum(len(one.seats) for one in self.tables)

    @property
    def may_publish(self) -> bool:
        """Whether every table could be a crew."""
        return bool(self.tables) and not any(one.trouble for one in self.tables)

    @property
    def unlocked(self) -> int:
        """How many tables drawing again would replace."""
        return sum(not one.proposed.is_locked for one in self.tables)

    @property
    def heading(self) -> str:
        """How it stands: "Seventeen hands, four tables, and one seat to find"."""
        return heading(self.people, len(self.tables), len(self.without))

    @property
    def letters(self) -> str:
        """How many get a letter, as a heading."""
        count = self.seated
        said = ngettext("{count} person gets a letter", "{count} people get a letter", count)
        return said.format(count=in_words(count).capitalize())

    @property
    def without_in_words(self) -> str:
        """How many have no seat, as a heading."""
        count = len(self.without)
        said = ngettext("{count} person has no seat yet", "{count} people have no seat yet", count)
        return said.format(count=in_words(count).capitalize())

    @property
    def again(self) -> str:
        """What the button for drawing again says."""
        if self.unlocked == len(self.tables):
            return _("Draw them all again")
        return ngettext(
            "Draw the other table again", "Draw the other {count} again", self.unlocked
        ).format(count=in_words(self.unlocked))


def heading(people: int, tables: int, without: int) -> str:
    """The news of a desk, in a line."""
    hands = ngettext("{count} hand", "{count} hands", people).format(count=in_words(people))
    hands = hands[:1].upper() + hands[1:]
    said = ngettext("one table", "{count} tables", tables).format(count=in_words(tables))
    if not without:
        return _("{hands}, {tables}, and a seat for everybody").format(hands=hands, tables=said)
    seats = ngettext("one seat to find", "{count} seats to find", without)
    return _("{hands}, {tables}, and {seats}").format(
        hands=hands, tables=said, seats=seats.format(count=in_words(without))
    )


def desk_of(forming: FormingRound, reader: Person) -> Desk:
    """The desk as a steward sees it, by their clock."""
    seating = seating_of(forming)
    shown = [one for one in seating.tables if one.people]
    names = names_of(seating, shown)
    tables = [
        _table(seating, table, name, reader) for table, name in zip(shown, names, strict=True)
    ]
    called = dict(zip((one.proposed.pk for one in shown), names, strict=True))
    without = without_seats(seating, called)
    could_be_two = {one.person.pk for one in without if one.shares_an_hour}
    if could_be_two:
        could_be_two -= {reader.pk, *_in_a_dyad_with(reader)}
    return Desk(forming, tables, without, len(seating.gathered.seekers), could_be_two)


def _in_a_dyad_with(reader: Person) -> set[int]:
    dyads = Circle.objects.open().filter(scale=Scale.DYAD).of(reader)
    return set(
        Membership.objects.present().filter(circle__in=dyads).values_list("person", flat=True)
    )


def _table(seating: Seating, table: SeatedTable, name: str, reader: Person) -> DeskTable:
    forming, people = seating.gathered.forming, seating.at(table)
    # Of a table that does not work nothing is told, not even its hour: see docs/privacy.md.
    sits_well = sitting_obstacle(people) is None
    at = seating.starts_at(table)
    trouble = trouble_of(len(people), sits_well=sits_well)
    when = often = how_often(forming.weeks)
    if at is not None:
        time = f"{at.astimezone(reader.zone):%H:%M}"
        when = _("{often}, {time} your time").format(often=often, time=time)
    by_id = {one.id: seating.gathered.participants[one.id].person for one in people}
    told = why(explain(people, seating.gathered.known), by_id, reader, at) if sits_well else []
    return DeskTable(
        proposed=table.proposed,
        name=name,
        seats=[_seat(seating.gathered.participants[one], at) for one in table.people],
        when=when[:1].upper() + when[1:],
        why=" ".join(told),
        trouble=trouble,
    )


def trouble_of(size: int, *, sits_well: bool) -> str:
    """Why so many people are no crew as they sit, in words that name no cause but their number."""
    if size < LAW.least:
        missing = LAW.least - size
        return ngettext(
            "A crew begins with three: one more, or move who is here.",
            "A crew begins with three: {count} more, or move who is here.",
            missing,
        ).format(count=in_words(missing))
    if not sits_well:
        return _("This table does not work any more. Move somebody, or draw it again.")
    return ""


def _seat(participant: Participant, at: datetime | None) -> DeskSeat:
    zone = zone_info(participant.time_zone)
    return DeskSeat(participant, f"{at.astimezone(zone):%H:%M}" if at else "")

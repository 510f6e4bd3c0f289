"""A table that becomes two, as one person in it sees it. Nobody's refusal is read here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Preference
from circles.scales import Scale, relationships
from crews.models import Crew, Split, SplitPlace
from crews.rules.splitting import LAW, LEAST_FOR_TWO, Pair
from crews.services.diners import MINUTES, dyads_among, slots_of
from crews.services.splits import Tables, tables_of
from pages.pictures.table import TableSeat
from pages.registry import Waiting
from people.models import Person
from practice.met import pairs_from_crews
from practice.rules import slots
from practice.showing.meetings import table_seats
from practice.showing.naming import in_one_breath
from practice.showing.often import hour
from practice.showing.wording import in_words

MOST_WAITING = 3


@dataclass(frozen=True, slots=True)
class Before:
    """What it takes to be two, before anybody has proposed it."""

    people: int

    @property
    def ties(self) -> int:
        """How many pairs there are to look after."""
        return relationships(self.people)

    @property
    def missing(self) -> int:
        """How many are missing until there could be two tables."""
        return max(0, LEAST_FOR_TWO - self.people)


def before(crew: Crew) -> Before:
    """The crew as it is."""
    return Before(crew.memberships.present().count())


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at one of the two tables."""

    person: Person
    suits: bool
    would_change: bool
    # Whether they changed tables after the reader had said that it suits.
    moved_since: bool


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two tables."""

    number: int
    name: str
    guests: list[Guest]
    reader: Person
    why: list[str]

    @property
    def is_mine(self) -> bool:
        """Whether the reader would sit here."""
        return any(guest.person == self.reader for guest in self.guests)

    @property
    def seats(self) -> list[TableSeat]:
        """The picture."""
        people = [guest.person for guest in self.guests]
        return table_seats(people, self.reader, len(people), {})

    @property
    def state(self) -> str:
        """Who sits there, in a sentence."""
        return _("{names}.").format(
            names=in_one_breath([guest.person for guest in self.guests], self.reader)
        )

    @property
    def lacks(self) -> int:
        """How many people are missing here."""
        return LAW.missing(len(self.guests))

    @property
    def waiting(self) -> list[Person]:
        """Who would change places with somebody from the other table."""
        return [guest.person for guest in self.guests if guest.would_change]


@dataclass(frozen=True, slots=True)
class TwoTables:
    """Both, and what the reader can do."""

    halves: list[Half]
    mine: SplitPlace
    # Whether the reader may go over at once.
    may_go_over: bool
    change_with: str
    silent: list[Person]
    is_seated: bool
    is_seventh: bool

    @property
    def suits_me(self) -> bool:
        """Whether the reader has said so."""
        return self.mine.suits_since is not None

    @property
    def moved_since(self) -> list[Person]:
        """Who has changed tables since the reader said that it suits."""
        return [guest.person for half in self.halves for guest in half.guests if guest.moved_since]

    @property
    def heading(self) -> str:
        """The news."""
        if not self.silent:
            return _("It suits all of you")
        return ngettext(
            "Two tables: one of you has yet to say whether it suits",
            "Two tables: {count} of you have yet to say whether it suits",
            len(self.silent),
        ).format(count=in_words(len(self.silent)))


def tables(split: Split, reader: Person) -> TwoTables | None:
    """The two tables for somebody who would sit at one; None for anybody else. Six queries."""
    found = tables_of(split)
    mine = found.places.get(reader.pk)
    if mine is None:
        return None
    shown = _Reasons.of(split, found, reader)
    halves = [
        Half(
            number,
            name,
            [_guest(place, mine) for place in found.places.values() if place.table == number],
            reader,
            shown.why([p.person for p in found.places.values() if p.table == number]),
        )
        for number, name in ((1, split.first_name), (2, split.second_name))
    ]
    there = halves[2 - mine.table].waiting
    return TwoTables(
        halves=halves,
        mine=mine,
        may_go_over=found.may_go_over(mine),
        change_with=there[0].first_name if there and not found.may_go_over(mine) else "",
        silent=[place.person for place in found.places.values() if not place.suits_since],
        is_seated=found.is_seated,
        is_seventh=split.seventh_id == reader.pk,
    )


def _guest(place: SplitPlace, mine: SplitPlace) -> Guest:
    return Guest(
        place.person,
        suits=place.suits_since is not None,
        would_change=place.would_change_since is not None,
        moved_since=bool(
            place.pk != mine.pk
            and mine.suits_since
            and place.moved_at
            and place.moved_at > mine.suits_since
        ),
    )


@dataclass(frozen=True, slots=True)
class _Reasons:
    """What may be said for a table: hours, who sat in a crew together before, and to the reader
    alone their own dyad and wishes."""

    reader: Person
    slots: dict[int, frozenset[int]]
    known: set[Pair]
    dyads: set[Pair]
    wishes: set[int]

    @classmethod
    def of(cls, split: Split, found: Tables, reader: Person) -> "_Reasons":
        people = [place.person for place in found.places.values()]
        ids = [person.pk for person in people]
        parent = split.crew.parent_id
        own = Preference.objects.of(reader).wishes().among(ids)
        return cls(
            reader,
            slots_of(people, timezone.now()),
            pairs_from_crews(ids, parent, besides=split.crew_id) if parent else set(),
            {pair for pair in dyads_among(ids) if reader.pk in pair},
            set(own.values_list("whom_id", flat=True)),
        )

    def why(self, people: Sequence[Person]) -> list[str]:
        """Sentences about one table."""
        return [
            said for said in (self._hours(people), self._known(people), *self._own(people)) if said
        ]

    def _hours(self, people: Sequence[Person]) -> str:
        said = [person for person in people if self.slots[person.pk]]
        if not said:
            return _("Nobody here has said their hours yet.")
        shared = frozenset.intersection(*(self.slots[person.pk] for person in said))
        begins = slots.week_after(timezone.now())
        best = slots.best(shared, [person.zone for person in said], begins, MINUTES)
        if best is None:
            return _("No hour suits everybody here as yet. Perhaps one more hour from somebody.")
        when = hour(slots.moment_of(best, begins), self.reader.zone)
        if len(said) < len(people):
            return _("{when} your time suits all who have said their hours.").format(when=when)
        return _("{when} your time suits everybody here.").format(when=when)

    def _known(self, people: Sequence[Person]) -> str:
        by_id = {person.pk: person for person in people}
        pairs = [pair for pair in self.known if pair <= set(by_id)]
        if not pairs:
            return ""
        who = sorted({one for pair in pairs for one in pair}, key=lambda one: by_id[one].name)
        names = in_one_breath([by_id[one] for one in who], self.reader)
        return _("From another crew they know each other: {names}.").format(names=names)

    def _own(self, people: Sequence[Person]) -> list[str]:
        """For the reader's eyes: nobody else's dyad or wish is told."""
        ids = {person.pk for person in people}
        if self.reader.pk not in ids:
            return []
        with_me = [p for p in people if frozenset((p.pk, self.reader.pk)) in self.dyads]
        wished = [p for p in people if p.pk in self.wishes and p not in with_me]
        sentences = []
        if with_me:
            names = in_one_breath(with_me, self.reader)
            sentences.append(
                _("{names}, with whom you are a dyad, sits here, too.").format(names=names)
            )
        if wished:
            names = in_one_breath(wished, self.reader)
            sentences.append(_("You wished to sit with {names}.").format(names=names))
        return sentences


def laid(person: Person) -> list[Waiting]:
    """For Today: two tables at which the person has a place and has not said whether it suits."""
    places = SplitPlace.objects.filter(
        split__in=Split.objects.open(), person=person, suits_since__isnull=True
    )
    return [
        Waiting(
            scale=Scale.CREW,
            heading=_("{crew} may become two").format(crew=place.split.crew),
            words=_("See who would sit where, and say whether it suits you."),
            url=place.split.get_absolute_url(),
            action=_("See the two tables"),
        )
        for place in places.select_related("split__crew")[:MOST_WAITING]
        if person.pk in tables_of(place.split).places
    ]

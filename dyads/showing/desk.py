"""The stewards' desk of a pairing: the pairs and why, who is left over and why, and the menu."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dyads.models import PairingRound, Place, ProposedPair
from dyads.rules.explaining import explain
from dyads.services.seekers import Gathered
from dyads.services.setting import SetPair, Setting, setting_of
from dyads.showing.lacking import facts_of, to_steward
from dyads.showing.why import why
from people.models import Person
from practice.met import Pair, pairs_from_crews
from practice.rules import slots
from practice.showing.often import hour
from practice.showing.wording import in_words


@dataclass(frozen=True, slots=True)
class DeskSeat:
    """One of a pair, and when its hour is by their own clock."""

    place: Place
    time: str

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.place.person


@dataclass(frozen=True, slots=True)
class DeskPair:
    """One proposed pair."""

    proposed: ProposedPair
    seats: Sequence[DeskSeat]
    why: str


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Somebody with whom nobody is paired, and what is missing."""

    place: Place
    why: str

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.place.person


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the page."""

    round: PairingRound
    pairs: Sequence[DeskPair]
    left_over: Sequence[LeftOver]

    @property
    def people(self) -> int:
        """How many took part."""
        return 2 * len(self.pairs) + len(self.left_over)

    @property
    def by_hand(self) -> int:
        """How many pairs stewards put together."""
        return sum(pair.proposed.by_hand for pair in self.pairs)

    @property
    def heading(self) -> str:
        """How it stands: "Five pairs, and one person left over"."""
        if not self.people:
            return _("Nobody took part this time")
        if not self.pairs:
            return _("No pair could be made this time")
        pairs = ngettext("One pair", "{count} pairs", len(self.pairs))
        said = pairs.format(count=in_words(len(self.pairs)).capitalize())
        if not self.left_over:
            return _("{pairs}, and nobody left over").format(pairs=said)
        return ngettext(
            "{pairs}, and one person left over",
            "{pairs}, and {count} people left over",
            len(self.left_over),
        ).format(pairs=said, count=in_words(len(self.left_over)))


def desk_of(round: PairingRound, reader: Person) -> Desk:
    """The desk as a steward sees it, by their clock. The same number of queries for many."""
    setting = setting_of(round, timezone.now())
    gathered = setting.gathered
    known = pairs_from_crews(gathered.places, round.congregation_id)
    return Desk(
        round,
        [_pair(gathered, pair, known, reader) for pair in setting.pairs],
        _left_over(setting),
    )


def kindest(gathered: Gathered, one: int, other: int) -> datetime | None:
    """The kindest hour that two (ids) share in the first week, in UTC; None for none."""
    shared = gathered.seekers[one].slots & gathered.seekers[other].slots
    zones = [gathered.places[person].person.zone for person in (one, other)]
    slot = slots.best(shared, zones, gathered.begins, gathered.round.minutes)
    return None if slot is None else gathered.moment(slot)


def _pair(gathered: Gathered, pair: SetPair, known: Collection[Pair], reader: Person) -> DeskPair:
    one, other = (gathered.seekers[person] for person in pair.people)
    at = kindest(gathered, *pair.people)
    told = explain(one, other, knew_from_crew=frozenset(pair.people) in known)
    seats = [_seat(gathered.places[person], at) for person in pair.people]
    return DeskPair(pair.proposed, seats, " ".join(why(told, reader, at)))


def _seat(place: Place, at: datetime | None) -> DeskSeat:
    return DeskSeat(place, f"{at.astimezone(place.person.zone):%H:%M}" if at else "")


def _left_over(setting: Setting) -> list[LeftOver]:
    lacks, minutes = setting.lacks(), setting.gathered.round.minutes
    found = []
    for place in setting.left_over:
        facts = facts_of(setting, lacks[place.person_id])
        said = to_steward(facts, place.person.first_name, place.person.zone, minutes)
        found.append(LeftOver(place, " ".join(said)))
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who shares an hour with the one who is to be paired."""

    place: Place
    now_with: str
    at: str

    @property
    def label(self) -> str:
        """ "Rory (now with Inês), Tuesdays at 19:00"."""
        name = str(self.place.person)
        if self.now_with:
            return _("{name} (now with {other}), {when}").format(
                name=name, other=self.now_with, when=self.at
            )
        return _("{name} (left over), {when}").format(name=name, when=self.at)


@dataclass(frozen=True, slots=True)
class Menu:
    """With whom somebody could be: all who share an hour with them, whoever else they are.

    Who shares none is only counted. That, and nothing else, decides who is in the menu: what
    stands between two people must not show by a name that is missing.
    """

    place: Place
    now_with: Person | None
    left_over: Sequence[Choice]
    in_pairs: Sequence[Choice]
    share_none: int


def menu_of(round: PairingRound, person: int, reader: Person) -> Menu | None:
    """The menu for one who is in the round (by id); None for anybody else."""
    setting = setting_of(round, timezone.now())
    gathered = setting.gathered
    if person not in gathered.places:
        return None
    with_whom = {
        one: other for pair in setting.pairs for one, other in (pair.people, pair.people[::-1])
    }
    choices, left_over = [], []
    others = sorted(
        (
            place
            for one, place in gathered.places.items()
            if one not in {person, with_whom.get(person)}
        ),
        key=lambda place: (str(place.person).casefold(), place.pk),
    )
    for place in others:
        at = kindest(gathered, person, place.person_id)
        if at is None:
            continue
        when = hour(at, reader.zone)
        other = with_whom.get(place.person_id)
        if other is None:
            left_over.append(Choice(place, "", when))
        else:
            name = gathered.places[other].person.first_name
            choices.append(Choice(place, name, when))
    mine = with_whom.get(person)
    return Menu(
        place=gathered.places[person],
        now_with=gathered.places[mine].person if mine else None,
        left_over=left_over,
        in_pairs=choices,
        share_none=len(others) - len(left_over) - len(choices),
    )

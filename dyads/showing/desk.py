"""The stewards' desk of a pairing: the pairs and why, who is left over and why, and the menu."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dyads.models import PairingRound, Place, ProposedPair
from dyads.rules.explaining import explain
from dyads.rules.lacking import Reason
from dyads.services.proposal import Proposal, StandingPair, proposal_of
from dyads.services.seekers import Gathered
from dyads.showing.lacking import facts_of, to_steward
from dyads.showing.why import why
from people.models import Person
from practice.met import Pair, pairs_from_crews
from practice.rules import slots
from practice.showing.wording import in_words

# With these no other could be put together, whoever it is.
HOPELESS = (Reason.ALONE, Reason.NO_HOURS, Reason.NOBODY_SHARES)


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
    proposal = proposal_of(round, timezone.now())
    gathered = proposal.gathered
    known = pairs_from_crews(gathered.places, round.congregation_id)
    return Desk(
        round,
        [_pair(gathered, pair, known, reader) for pair in proposal.pairs],
        _left_over(proposal),
    )


def kindest(gathered: Gathered, one: int, other: int) -> datetime | None:
    """The kindest hour that two (ids) share in the first week, in UTC; None for none."""
    shared = gathered.seekers[one].slots & gathered.seekers[other].slots
    zones = [gathered.places[person].person.zone for person in (one, other)]
    slot = slots.best(shared, zones, gathered.begins, gathered.round.minutes)
    return None if slot is None else gathered.moment(slot)


def _pair(
    gathered: Gathered, pair: StandingPair, known: Collection[Pair], reader: Person
) -> DeskPair:
    one, other = (gathered.seekers[person] for person in pair.people)
    at = kindest(gathered, *pair.people)
    told = explain(one, other, knew_from_crew=frozenset(pair.people) in known)
    seats = [_seat(gathered.places[person], at) for person in pair.people]
    return DeskPair(pair.proposed, seats, " ".join(why(told, reader, at)))


def _seat(place: Place, at: datetime | None) -> DeskSeat:
    return DeskSeat(place, f"{at.astimezone(place.person.zone):%H:%M}" if at else "")


def _left_over(proposal: Proposal) -> list[LeftOver]:
    lacks, minutes = proposal.lacks(), proposal.gathered.round.minutes
    found = []
    for place in proposal.left_over:
        facts = facts_of(proposal, lacks[place.person_id])
        said = to_steward(facts, place.person.first_name, place.person.zone, minutes)
        found.append(LeftOver(place, " ".join(said)))
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody else in the round, and with whom they would be; "" for nobody."""

    place: Place
    now_with: str

    @property
    def label(self) -> str:
        """ "Rory, now with Inês"."""
        if not self.now_with:
            return str(self.place.person)
        return _("{name}, now with {other}").format(name=self.place.person, other=self.now_with)


@dataclass(frozen=True, slots=True)
class Menu:
    """With whom somebody could be tried: with everybody else in the round, but for those whose
    hours suit nobody, which the desk says anyway; `hopeless` is when they are such a one.

    Who shares an hour with them is not told: a steward sees nobody's week, and what stands
    between two people must not show by what is left once their hours fit.
    """

    place: Place
    now_with: Person | None
    left_over: Sequence[Choice]
    in_pairs: Sequence[Choice]
    hopeless: bool


def menu_of(round: PairingRound, person: int) -> Menu | None:
    """The menu for one who is in the round (by id); None for anybody else."""
    proposal = proposal_of(round, timezone.now())
    places = proposal.gathered.places
    if person not in places:
        return None
    with_whom = {
        one: places[other].person
        for pair in proposal.pairs
        for one, other in (pair.people, pair.people[::-1])
    }
    mine = with_whom.get(person)
    lacks = proposal.lacks()
    hopeless = {one for one, lack in lacks.items() if lack.reason in HOPELESS}
    left_out = {person, mine.pk if mine else person, *hopeless}
    others = sorted(
        (place for one, place in places.items() if one not in left_out),
        key=lambda place: (str(place.person).casefold(), place.pk),
    )
    free = [Choice(place, "") for place in others if place.person_id not in with_whom]
    taken = [
        Choice(place, with_whom[place.person_id].first_name)
        for place in others
        if place.person_id in with_whom
    ]
    return Menu(places[person], mine, free, taken, person in hopeless)

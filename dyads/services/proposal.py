"""The pairs of a round as they stand, and who may change them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from circles.errors import NotAllowed
from circles.services import is_steward
from circles.services.seats import locked
from dyads import errors
from dyads.models import PairingRound, Place, ProposedPair
from dyads.rules.lacking import Lack, lacking
from dyads.rules.pairing import may_pair
from dyads.services.rounds import State
from dyads.services.seekers import Gathered, gather
from people.models import Person


@dataclass(frozen=True, slots=True)
class StandingPair:
    """Two who would be a dyad, by their ids."""

    proposed: ProposedPair
    one: int
    other: int

    @property
    def people(self) -> tuple[int, int]:
        """Both."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everybody who is in, and with whom they would be paired; of pairs those that still hold."""

    gathered: Gathered
    pairs: list[StandingPair]

    @property
    def left_over(self) -> list[Place]:
        """The places of those with whom nobody is paired, by name."""
        paired = {person for pair in self.pairs for person in pair.people}
        places = [one for person, one in self.gathered.places.items() if person not in paired]
        return sorted(places, key=lambda place: (str(place.person).casefold(), place.pk))

    def lacks(self) -> dict[int, Lack]:
        """Why, for each who is left over, by the person's id."""
        gathered = self.gathered
        return lacking(
            [place.person_id for place in self.left_over], gathered.seekers, gathered.own
        )

    def pair_of(self, person: int) -> StandingPair | None:
        """With whom somebody would be paired."""
        return next((one for one in self.pairs if person in one.people), None)


def proposal_of(round: PairingRound, now: datetime) -> Proposal:
    """How the pairs stand. The same number of queries, however many people.

    A pair that may no longer be is left out, for whatever cause: one of the two left or paused,
    has as many dyads as they want, changed their hours, or would rather not.
    """
    gathered = gather(round, now)
    places = round.places.filter(pair__isnull=False).select_related("pair").order_by("side")
    by_pair: dict[ProposedPair, list[int]] = {}
    for place in places:
        if place.pair is not None and place.person_id in gathered.seekers:
            by_pair.setdefault(place.pair, []).append(place.person_id)
    pairs = [
        StandingPair(proposed, *people)
        for proposed, people in sorted(by_pair.items(), key=lambda row: row[0].pk)
        if len(people) == 2 and may_pair(*(gathered.seekers[person] for person in people))
    ]
    return Proposal(gathered, pairs)


def deciding(round: PairingRound, by: Person | None, version: int | None) -> PairingRound:
    """The round behind its lock, for a steward while it is proposed; for the job that publishes
    (by nobody) also afterwards, while it is being published.

    Raises CircleClosed, NotAllowed, NotProposed, PairsChanged.
    """
    locked(round.congregation)
    fresh = PairingRound.objects.select_for_update().get(pk=round.pk)
    if by is not None and not is_steward(fresh.congregation, by):
        raise NotAllowed
    state = fresh.state(timezone.now())
    is_in_time = state == State.PROPOSED or (by is None and state == State.PUBLISHING)
    if not is_in_time:
        raise errors.NotProposed
    if version is not None and version != fresh.version:
        raise errors.PairsChanged
    return fresh


def changed(round: PairingRound) -> None:
    """Count a change of the pairs, behind the lock."""
    round.version += 1
    round.save(update_fields=["version"])

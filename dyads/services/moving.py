"""What stewards do at the desk: put two together, and separate a pair."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from circles.blanks import is_blank
from dyads import errors
from dyads.models import PairingRound, Place, ProposedPair
from dyads.rules.pairing import may_pair
from dyads.services.proposal import Proposal, changed, deciding, proposal_of
from dyads.services.seekers import Gathered
from people.models import Person


@dataclass(frozen=True, slots=True)
class Done:
    """What putting two together did to those they were paired with before."""

    former_are_paired: bool
    left_over: tuple[Place, ...]


def fits(proposal: Proposal, one: int, other: int) -> bool:
    """Whether a steward may put these two (ids) together: a refusal must not show by what cannot.

    So a lot makes some fitting pairs blanks, for a whole round.
    """
    gathered = proposal.gathered
    may = may_pair(gathered.seekers[one], gathered.seekers[other])
    return may and not are_blank(gathered, one, other)


def are_blank(gathered: Gathered, one: int, other: int) -> bool:
    """Whether these two (ids) do not fit by the lot; those drawn together always do."""
    together = gathered.places[one].drawn_with_id == gathered.places[other].pk
    return not together and is_blank_in(gathered.round, one, other)


def is_blank_in(round: PairingRound, one: int, other: int) -> bool:
    """Whether the lot fell on these two (ids) in this round."""
    key = salted_hmac("dyads.blanks", str(round.pk), algorithm="sha256").digest()
    return is_blank(one, other, key)


@transaction.atomic
def put_together(
    *, round: PairingRound, by: Person, version: int, one: Place, other: Place
) -> Done | None:
    """Make two a pair; those they were paired with become one, if they may, else are left over.

    Returns None when they are a pair already: whoever presses twice does it once.
    Raises as `deciding`, PairsChanged for somebody no longer in the round, DoNotPair.
    """
    round = deciding(round, by, None)
    proposal = proposal_of(round, timezone.now())
    people = (one.person_id, other.person_id)
    if one == other or not all(person in proposal.gathered.seekers for person in people):
        raise errors.PairsChanged
    pair = proposal.pair_of(one.person_id)
    if pair is not None and other.person_id in pair.people:
        return None
    if version != round.version:
        raise errors.PairsChanged
    if not fits(proposal, *people):
        raise errors.DoNotPair
    were = {person for each in people if (two := proposal.pair_of(each)) for person in two.people}
    former = sorted(were - set(people))
    # Also a pair that holds no more, and is not on the desk.
    round.pairs.filter(places__in=[one, other]).delete()
    _pair(round, one.pk, other.pk, by_hand=True)
    both_fit = len(former) == 2 and fits(proposal, *former)
    places = [proposal.gathered.places[person] for person in former]
    if both_fit:
        _pair(round, places[0].pk, places[1].pk, by_hand=False)
    changed(round)
    return Done(both_fit, () if both_fit else tuple(places))


@transaction.atomic
def separate(*, round: PairingRound, by: Person, version: int, place: Place) -> None:
    """Leave the two of somebody's pair over; nothing, when they have none. Raises as `deciding`."""
    round = deciding(round, by, None)
    pairs = round.pairs.filter(places=place)
    if not pairs.exists():
        return
    if version != round.version:
        raise errors.PairsChanged
    pairs.delete()
    changed(round)


def _pair(round: PairingRound, one: int, other: int, *, by_hand: bool) -> None:
    pair = ProposedPair.objects.create(round=round, by_hand=by_hand)
    for side, place in enumerate((one, other), start=1):
        Place.objects.filter(pk=place).update(pair=pair, side=side)

"""The job that pairs: taken up when the day has come, and again when its worker fell silent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from circles.blanks import next_seed
from circles.errors import CircleError, NotAllowed
from circles.jobs import ask_a_worker
from circles.models import Circle
from circles.services import is_steward, locked
from dyads.errors import PairedAlready
from dyads.models import PairingRound, Place, ProposedPair
from dyads.rules import pairing
from dyads.services.moving import are_blank
from dyads.services.proposal import changed, deciding, proposal_of
from dyads.services.publishing import publish
from dyads.services.seekers import Gathered, gather
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person

PROPOSED = "dyads.proposed"


def start(round: int) -> None:
    """Ask a worker to pair."""
    from dyads.tasks import pair_round  # tasks import services

    ask_a_worker(pair_round, round)


def pair_where_due(now: datetime) -> int:
    """Each minute: ask for the rounds whose day has come, and for those whose worker fell
    silent; returns how many."""
    due = list(PairingRound.objects.to_pair(now).values_list("pk", flat=True))
    for round in due:
        start(round)
    return len(due)


@transaction.atomic
def pair_now(*, round: PairingRound, by: Person) -> PairingRound:
    """Pair before the day. Raises NotAllowed, CircleClosed, PairedAlready."""
    locked(round.congregation)
    round = PairingRound.objects.select_for_update().get(pk=round.pk)
    if not is_steward(round.congregation, by):
        raise NotAllowed
    now = timezone.now()
    if round.state(now) != PairingRound.State.OPEN:
        raise PairedAlready
    round.pairs_at = now
    round.save(update_fields=["pairs_at"])
    transaction.on_commit(lambda: start(round.pk))
    return round


@transaction.atomic
def draw_again(
    *, round: PairingRound, by: Person, version: int, keeps_by_hand: bool
) -> PairingRound:
    """Pair once more: the next of the round's few proposals. Of the pairs put together by hand
    those that may still be are kept, if that is wished.

    Raises as `deciding`.
    """
    round = deciding(round, by, version)
    stand = proposal_of(round, timezone.now()).pairs if keeps_by_hand else []
    kept = [pair.proposed.pk for pair in stand if pair.proposed.by_hand]
    round.pairs.exclude(pk__in=kept).delete()
    round.seed = next_seed(round.seed)
    round.proposed_at = round.taken_up_at = None
    round.save(update_fields=["seed", "proposed_at", "taken_up_at"])
    changed(round)
    transaction.on_commit(lambda: start(round.pk))
    return round


def draw(round: int) -> None:
    """Pair: the job. Nothing, when another worker is at it, or it is done or not due."""
    now = timezone.now()
    if not PairingRound.objects.to_pair(now).filter(pk=round).update(taken_up_at=now):
        return
    mine = PairingRound.objects.select_related("congregation").get(pk=round)
    gathered = gather(mine, now)
    by_hand = set(mine.places.filter(pair__by_hand=True).values_list("person", flat=True))
    pairs = pairing.pair(_to_pair(gathered, by_hand), seed=mine.seed).pairs
    if _keep(mine, gathered, pairs):
        with suppress(CircleError):
            publish(round=mine)


def _to_pair(gathered: Gathered, by_hand: Collection[int]) -> list[pairing.Seeker]:
    """Those who are not put together by hand.

    Around such pairs the same blanks hold as for a move by hand: whoever puts together all but
    two would else see by these two what a move does not tell.
    """
    seekers = [one for person, one in gathered.seekers.items() if person not in by_hand]
    if not by_hand:
        return seekers
    blanks = {
        one.id: {other.id for other in seekers if are_blank(gathered, one.id, other.id)}
        for one in seekers
    }
    return [replace(one, not_with=one.not_with | blanks[one.id]) for one in seekers]


@transaction.atomic
def _keep(round: PairingRound, gathered: Gathered, pairs: Iterable[tuple[int, int]]) -> bool:
    """Write the pairs, unless the round has moved on; returns whether it publishes itself now."""
    circle = Circle.objects.select_for_update().get(pk=round.congregation_id)
    fresh = PairingRound.objects.select_for_update().get(pk=round.pk)
    now = timezone.now()
    is_ours = (fresh.taken_up_at, fresh.version) == (round.taken_up_at, round.version)
    if not (circle.is_open and is_ours and fresh.state(now) == PairingRound.State.PAIRING):
        return False
    fresh.places.update(was_in=False, drawn_with=None)
    fresh.places.filter(person__in=gathered.places).update(was_in=True)
    # Read again: what they answer meanwhile stays.
    places = fresh.places.in_bulk([place.pk for place in gathered.places.values()])
    _write(fresh, [(gathered.places[a].pk, gathered.places[b].pk) for a, b in pairs], places)
    fresh.proposed_at = now
    if fresh.hours_to_look is not None and fresh.publishes_at is None:
        fresh.publishes_at = now + timedelta(hours=fresh.hours_to_look)
    fresh.save(update_fields=["proposed_at", "publishes_at"])
    changed(fresh)
    if fresh.hours_to_look == 0:
        return True
    stewards = circle.memberships.present().stewards().select_related("person")
    about = {"kind": PROPOSED, "key": f"round {fresh.pk}", "ref": fresh.pk}
    owe_all(Notice(person=seat.person, **about) for seat in stewards)
    return False


def _write(
    round: PairingRound, pairs: Sequence[tuple[int, int]], places: Mapping[int, Place]
) -> None:
    rows = ProposedPair.objects.bulk_create([ProposedPair(round=round) for _ in pairs])
    for row, (one, other) in zip(rows, pairs, strict=True):
        for side, (mine, others) in enumerate(((one, other), (other, one)), start=1):
            place = places[mine]
            place.pair, place.side, place.drawn_with_id = row, side, others
    paired = [places[one] for pair in pairs for one in pair]
    Place.objects.bulk_update(paired, ["pair", "side", "drawn_with"])

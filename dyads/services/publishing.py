"""Publishing a round: pairs become dyads, and whoever is left over hears so the same hour."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.jobs import ask_a_worker, each
from dyads.errors import AtTheSameMoment
from dyads.models import PairingRound, Place
from dyads.rules.lacking import Lack
from dyads.services.introducing import introduce
from dyads.services.pairing_up import pair_up
from dyads.services.proposal import Proposal, changed, deciding, proposal_of
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person

LEFT_OVER = "dyads.left_over"
# Enough hours to find one at which somebody is awake, by the clock they have when they read it.
MOST_HELP = 12


def publish_where_due(now: datetime) -> int:
    """Each minute: publish what stewards have had their time to look at, and what they have
    published while no worker was there; returns how many."""
    due = list(PairingRound.objects.to_publish(now).select_related("congregation"))
    return sum(each(_publish_due, round, now) for round in due)


def _publish_due(round: PairingRound, _now: datetime) -> PairingRound:
    return publish(round=round)


def publish_by_job(round: int) -> None:
    """What a worker does when a steward has pressed; nothing, when it is done already."""
    now = timezone.now()
    for found in PairingRound.objects.to_publish(now).filter(pk=round):
        each(_publish_due, found, now)


@transaction.atomic
def ask_to_publish(*, round: PairingRound, by: Person, version: int) -> PairingRound:
    """Publish the pairs that the steward saw (`version`): a worker does it in a moment, since
    many pairs take longer than a page may. There is no way back.

    Raises NotAllowed, CircleClosed, NotProposed, PairsChanged.
    """
    round = deciding(round, by, version)
    round.publish_pressed_at = timezone.now()
    round.save(update_fields=["publish_pressed_at"])
    transaction.on_commit(lambda: _start(round.pk))
    return round


def _start(round: int) -> None:
    from dyads.tasks import publish_round  # tasks import services

    ask_a_worker(publish_round, round)


@transaction.atomic
def publish(*, round: PairingRound) -> PairingRound:
    """The job: make the pairs dyads, introduce them, and tell whoever is left over.

    All of it or nothing, and once: a second worker waits for the lock and finds it done. All
    pairs are written together, since the congregation waits meanwhile. A pair that may no longer
    be falls away without a word why; the other one is left over like anybody else.

    Raises CircleClosed, NotProposed; AtTheSameMoment when two become a dyad elsewhere at this
    very moment: the next tick publishes, and knows it.
    """
    round = deciding(round, None, None)
    now = timezone.now()
    proposal = proposal_of(round, now)
    pairs = [pair.proposed for pair in proposal.pairs]
    round.pairs.exclude(pk__in=[pair.pk for pair in pairs]).delete()
    round.places.exclude(person__in=proposal.gathered.places).update(was_in=False)
    try:
        introduce(round=round, twos=pair_up(round=round, pairs=pairs))
    except IntegrityError as error:
        raise AtTheSameMoment from error
    round.published_at = now
    round.save(update_fields=["published_at"])
    changed(round)
    _tell_left_over(proposal)
    return round


def _tell_left_over(proposal: Proposal) -> None:
    lacks, left_over = proposal.lacks(), proposal.left_over
    for place in left_over:
        place.lacking = _kept(proposal, lacks[place.person_id])
    Place.objects.bulk_update(left_over, ["lacking"])
    key = f"round {proposal.gathered.round.pk}"
    owe_all(
        Notice(kind=LEFT_OVER, key=key, person=place.person, ref=place.pk) for place in left_over
    )


def _kept(proposal: Proposal, lack: Lack) -> dict[str, object]:
    """As data that stays true: hours as moments of the week after."""
    help_ = [
        [proposal.gathered.moment(one.slot).isoformat(), one.people]
        for one in lack.help[:MOST_HELP]
    ]
    return {"reason": lack.reason, "help": help_}

"""When the day to answer has come: what is left is proposed once more, then the round ends.

Each step is one transaction behind the round's lock and looks first whether it was taken already,
so that two ticks at once, or one whose worker died half-way, come to the same.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from circles.errors import CircleError, NotAllowed
from circles.scales import LAWS, Scale
from circles.services import ask_to_join, is_steward
from crews.errors import StillWaiting
from crews.models import Crew, FormingRound, Participant, ProposedCrew, ProposedSeat
from crews.rules.dates import second_date
from crews.services.rounds import locked_round
from crews.services.second import Second, second_proposal, without_a_seat
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person

logger = logging.getLogger(__name__)

LAW = LAWS[Scale.CREW]
Answer = ProposedSeat.Answer
SILENT, SECOND, NO_SEAT = "crews.silent", "crews.second", "crews.round_no_seat"


def tend_rounds(now: datetime) -> None:
    """What the clock brings: rounds whose day has come are settled, mended and, later, ended."""
    published = FormingRound.objects.going_on().filter(published_at__isnull=False)
    half_done = Q(settled_at__isnull=False, mended_at__isnull=True)
    for forming in published.filter(Q(answers_due__lte=now) | half_done):
        try:
            if forming.mended_at:
                end(forming, now)
            else:
                settle(forming, now)
                mend(forming, now)
        except Exception:
            # One round that cannot be mended must not hold up the others; the next tick tries.
            logger.exception("Round %s could not be tended", forming.pk)


@transaction.atomic
def settle_early(*, forming: FormingRound, by: Person) -> None:
    """A steward need not wait for the day when all have answered; the next tick mends.

    A second time changes nothing. Raises NotAllowed, StillWaiting, CircleClosed.
    """
    forming = locked_round(forming)
    if not is_steward(forming.congregation, by):
        raise NotAllowed
    waiting = ProposedSeat.objects.waiting().filter(proposed__round=forming)
    if not forming.published_at or waiting.exists():
        raise StillWaiting
    if _is_published(forming) and not forming.settled_at:
        _settle(forming, timezone.now())


@transaction.atomic
def settle(forming: FormingRound, now: datetime) -> None:
    """Count the first answers: no answer is no seat, and fewer than three are no crew."""
    forming = locked_round(forming)
    if _is_published(forming) and not forming.settled_at and _is_due(forming, now):
        _settle(forming, now)


def _settle(forming: FormingRound, now: datetime) -> None:
    _count(forming.proposed.filter(is_second=False), now)
    forming.settled_at = now
    forming.save(update_fields=["settled_at"])


def mend(forming: FormingRound, now: datetime) -> None:
    """Propose what is left once more; where nothing can be proposed, the round ends.

    The search takes seconds, so it runs outside the transaction; what it was about is looked at
    again behind the lock, and when it has changed the next tick begins anew.
    """
    forming.refresh_from_db()
    if not _is_published(forming) or not forming.settled_at or forming.mended_at:
        return
    second = second_proposal(forming, now)
    with transaction.atomic():
        forming = locked_round(forming)
        if not _is_published(forming) or forming.mended_at or not second.still_holds(forming):
            return
        forming.mended_at = now
        forming.answers_due = second_date(now, forming.days_to_answer)
        forming.version += 1
        forming.save(update_fields=["mended_at", "answers_due", "version"])
        if not _publish(forming, second, now):
            _end(forming, now)
            return
        _tell(SECOND, forming, second.pool.values())


@transaction.atomic
def end(forming: FormingRound, now: datetime) -> None:
    """The second day has come: count again, and tell those who have no seat."""
    forming = locked_round(forming)
    if _is_published(forming) and forming.mended_at and _is_due(forming, now):
        _count(forming.proposed.filter(is_second=True), now)
        _end(forming, now)


def _is_published(forming: FormingRound) -> bool:
    return bool(forming.published_at and not forming.ended_at and not forming.called_off_at)


def _is_due(forming: FormingRound, now: datetime) -> bool:
    return forming.answers_due is not None and forming.answers_due <= now


def _count(tables: QuerySet[ProposedCrew], now: datetime) -> None:
    """Whoever has not answered gives up the seat; tables that are no crew are dissolved."""
    silent = ProposedSeat.objects.waiting().filter(proposed__in=tables)
    owe_all(
        Notice(kind=SILENT, key=f"seat {seat.pk}", person=seat.participant.person, ref=seat.pk)
        for seat in silent.select_related("participant__person")
    )
    silent.update(answer=Answer.OUT)
    none = tables.filter(crew__isnull=True, dissolved_at__isnull=True)
    over = list(none.values_list("pk", flat=True))
    ProposedSeat.objects.filter(proposed__in=over, answer=Answer.YES).update(answer=Answer.FREED)
    none.update(dissolved_at=now)


def _publish(forming: FormingRound, second: Second, now: datetime) -> bool:
    """The new tables, and hands raised for seats in crews that have begun; False for none."""
    position = forming.proposed.count()
    for number, table in enumerate(second.tables):
        proposed = ProposedCrew.objects.create(
            round=forming, name=table.name, position=position + number, is_second=True
        )
        ProposedSeat.objects.bulk_create(
            ProposedSeat(proposed=proposed, participant=second.pool[person], told_at=now)
            for person in table.people
        )
    raised = [_raise(hand.crew, second.pool[hand.person]) for hand in second.hands]
    return bool(second.tables) or any(raised)


def _raise(crew: Crew, participant: Participant) -> bool:
    """A hand for somebody who asked the round for a seat; the crew says yes or no."""
    try:
        ask_to_join(circle=crew, by=participant.person)
    except CircleError:
        return False  # Their hand is up there already, or the seat has just been taken.
    return True


def _end(forming: FormingRound, now: datetime) -> None:
    forming.ended_at = now
    forming.save(update_fields=["ended_at"])
    _tell(NO_SEAT, forming, without_a_seat(forming))


def _tell(kind: str, forming: FormingRound, people: Iterable[Participant]) -> None:
    """Owe each of them one mail about the round, once."""
    key = f"round {forming.pk}"
    owe_all(Notice(kind=kind, key=key, person=one.person, ref=one.pk) for one in people)

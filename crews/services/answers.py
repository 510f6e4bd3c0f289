"""Each answers the seat that a round proposes; with the third yes the crew begins."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Membership
from circles.scales import LAWS, Scale
from circles.services import present, take_seat
from circles.services.seats import tell_joined
from crews.errors import InACrew, TooLate
from crews.models import ProposedSeat
from crews.services.beginning import begin, tell_begun
from crews.services.rounds import locked_round
from people.models import Person

LAW = LAWS[Scale.CREW]
Answer = ProposedSeat.Answer


@transaction.atomic
def accept_seat(*, seat: ProposedSeat, by: Person) -> ProposedSeat:
    """Say yes. With the third yes at a table its crew begins; whoever says so later joins it.

    Who has stepped out may say yes after all, while there is time and room. A second yes
    changes nothing. Raises NotAllowed, TooLate, NoSeatLeft, CircleClosed.
    """
    seat = _to_answer(seat, by)
    if seat.answer == Answer.YES:
        return seat
    _say(seat, Answer.YES)
    table = seat.proposed
    if table.crew is None:
        if table.seats.taken().count() >= LAW.least:
            begin(table)
    elif not present(table.crew, by):
        tell_joined(take_seat(circle=table.crew, person=by), besides=by)
        tell_begun(table.crew, by)
    return seat


@transaction.atomic
def step_out(*, seat: ProposedSeat, by: Person) -> ProposedSeat:
    """Say "not for me this time". Nobody is told; the seat is free.

    Raises NotAllowed, TooLate, InACrew for whoever sits in the crew already.
    """
    seat = _to_answer(seat, by)
    _not_seated_yet(seat, by)
    if seat.answer != Answer.OUT:
        _say(seat, Answer.OUT)
    return seat


@transaction.atomic
def take_back(*, seat: ProposedSeat, by: Person) -> ProposedSeat:
    """Take a yes back, to think again. Raises NotAllowed, TooLate, InACrew."""
    seat = _to_answer(seat, by)
    _not_seated_yet(seat, by)
    if seat.answer == Answer.YES:
        _say(seat, Answer.WAITING)
    return seat


def let_go_of_proposed(left: Membership) -> None:
    """Who leaves a congregation gives up the seats that its rounds propose to them; who leaves a
    crew, the seat that led there."""
    kept = ProposedSeat.objects.kept().filter(participant__person=left.person)
    there = Q(proposed__crew=left.circle_id)
    if left.scale == Scale.CONGREGATION:
        there = Q(proposed__round__congregation=left.circle, proposed__round__ended_at__isnull=True)
    kept.filter(there).update(answer=Answer.OUT, answered_at=timezone.now())


def _to_answer(seat: ProposedSeat, by: Person) -> ProposedSeat:
    """The seat as it is now, behind the lock, if `by` may still answer it."""
    forming = locked_round(seat.proposed.round)
    found = ProposedSeat.objects.select_related("proposed__crew", "participant").get(pk=seat.pk)
    found.proposed.round = forming
    if found.participant.person_id != by.pk or not present(forming.congregation, by):
        raise NotAllowed
    if not found.proposed.takes_answers(timezone.now()):
        raise TooLate
    return found


def _not_seated_yet(seat: ProposedSeat, by: Person) -> None:
    crew = seat.proposed.crew
    if seat.answer == Answer.YES and crew is not None and present(crew, by):
        raise InACrew


def _say(seat: ProposedSeat, answer: str) -> None:
    seat.answer = answer
    seat.answered_at = None if answer == Answer.WAITING else timezone.now()
    seat.save(update_fields=["answer", "answered_at"])

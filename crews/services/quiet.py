"""Asking a crew that has gone quiet, and its answer. Nobody is ever removed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from circles.errors import AlreadyAnswered, CircleClosed, NotAllowed
from circles.models import Circle, Membership
from circles.scales import LAWS, Scale
from circles.services import present
from crews.models import Crew, Cycle, QuietQuestion
from crews.rules.quiet import Beat, Silence, is_quiet
from crews.services.deciding import rest
from notifications.services import owe
from people.models import Person
from practice.models import Attendance, Pause, PracticeSession, Rhythm

QUIET, SETTLED = "crews.quiet", "crews.quiet_settled"
Answer = QuietQuestion.Answer


def ask_the_quiet(now: datetime) -> int:
    """Ask every crew that has gone quiet and is not asked yet; returns how many were asked.

    What a meeting, a rest or an end has answered meanwhile is put away first.
    """
    _put_away(now)
    return sum(_ask(crew, now) for crew in _quiet(_candidates(now), now))


def _candidates(now: datetime) -> QuerySet[Crew]:
    """Crews that have begun, neither rest nor form nor look back, with nothing to come."""
    ahead = PracticeSession.objects.to_come(now).filter(circle=OuterRef("pk"))
    asked = QuietQuestion.objects.unanswered().filter(crew=OuterRef("pk"))
    # Near the end of a cycle everybody is asked how it goes on; one question is enough.
    looks_back = Cycle.objects.undecided().filter(crew=OuterRef("pk"), asked_at__isnull=False)
    crews = Crew.objects.going().with_size().filter(Q(("size__gte", LAWS[Scale.CREW].least)))
    return crews.filter(~Exists(ahead), ~Exists(asked), ~Exists(looks_back))


def _quiet(crews: Iterable[Crew], now: datetime) -> list[Crew]:
    """Those of these crews that have gone quiet; four questions, however many crews."""
    found = {crew.pk: crew for crew in crews}
    met, answered, beats = _last_met(found, now), _last_answered(found), _beats(found, now)
    return [
        crew
        for pk, crew in found.items()
        if is_quiet(Silence(_since(crew, met.get(pk), answered.get(pk)), beat=beats.get(pk)), now)
    ]


def _since(crew: Crew, *more: datetime | None) -> datetime:
    known = (crew.begun_at, crew.awake_since, *more)
    return max((one for one in known if one is not None), default=crew.created_at)


def _last_met(crews: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When each last met. A meeting of which is noted that nobody came was none."""
    noted = Attendance.objects.filter(session=OuterRef("pk"))
    held = PracticeSession.objects.filter(
        ~Exists(noted) | Q(Exists(noted.filter(was_there=True))), circle__in=list(crews)
    )
    rows = held.past(now).order_by().values_list("circle")
    return dict(rows.annotate(Max("ends_at")))


def _last_answered(crews: Iterable[int]) -> dict[int, datetime]:
    rows = QuietQuestion.objects.filter(crew__in=list(crews), answered_at__isnull=False)
    return dict(rows.order_by().values_list("crew").annotate(Max("answered_at")))


def _beats(crews: Iterable[int], now: datetime) -> dict[int, Beat]:
    """The beat of the last rhythm of each, where there was one."""
    rhythms = Rhythm.objects.filter(circle__in=list(crews)).exclude(every=Rhythm.Every.ONCE)
    last = {rhythm.circle_id: rhythm for rhythm in rhythms.order_by("made_at", "pk")}
    pauses: dict[int, date] = {}
    for pause in Pause.objects.filter(rhythm__in=last.values()).select_related("rhythm"):
        today = now.astimezone(pause.rhythm.zone).date()
        if pause.first_day <= today:
            pauses[pause.rhythm_id] = max(pause.last_day, pauses.get(pause.rhythm_id, date.min))
    return {
        pk: Beat(rhythm.every, rhythm.interval, rhythm.zone, pauses.get(rhythm.pk))
        for pk, rhythm in last.items()
    }


@transaction.atomic
def _ask(crew: Crew, now: datetime) -> bool:
    Circle.objects.select_for_update().get(pk=crew.pk)
    # Asked again behind the lock: somebody may have planned a meeting a moment ago.
    if not _quiet(_candidates(now).filter(pk=crew.pk), now):
        return False
    question = QuietQuestion.objects.create(crew=crew, asked_at=now)
    seats = Membership.objects.present().filter(circle=crew)
    for seat in seats.select_related("person"):
        owe(kind=QUIET, key=f"question {question.pk}", person=seat.person, ref=question.pk)
    return True


def _put_away(now: datetime) -> None:
    """Questions that something else has answered: an end, a rest, a meeting to come."""
    asked = QuietQuestion.objects.unanswered()
    ahead = PracticeSession.objects.to_come(now).filter(circle=OuterRef("crew"))
    asked.filter(crew__closed_at__isnull=False).update(answered_at=now, answer=Answer.ENDED)
    asked.filter(crew__resting_since__isnull=False).update(answered_at=now, answer=Answer.RESTS)
    asked.filter(Exists(ahead)).update(answered_at=now, answer=Answer.PLANNED)


@transaction.atomic
def still_meets(*, crew: Crew, by: Person) -> None:
    """The crew still meets: nobody asks again for twice its rhythm. The others hear by mail.

    Raises NotAllowed, CircleClosed, AlreadyAnswered.
    """
    question = _answer(crew, by, Answer.MEETS)
    others = Membership.objects.present().filter(circle=crew).exclude(person=by)
    for seat in others.select_related("person"):
        owe(kind=SETTLED, key=f"question {question.pk}", person=seat.person, ref=question.pk)


@transaction.atomic
def rests(*, crew: Crew, by: Person, until: date | None = None) -> None:
    """The crew rests, until a day or until somebody wakes it. The others hear by mail.

    Raises NotAllowed, CircleClosed, AlreadyAnswered, and what `rest` does.
    """
    _answer(crew, by, Answer.RESTS)
    rest(crew=crew, by=by, until=until)


def _answer(crew: Crew, by: Person, answer: str) -> QuietQuestion:
    found = Crew.objects.select_for_update().get(pk=crew.pk)
    if not present(found, by):
        raise NotAllowed
    if not found.is_open:
        raise CircleClosed
    question = QuietQuestion.objects.open().filter(crew=found).first()
    if question is None:
        raise AlreadyAnswered
    question.answered_at, question.answer, question.answered_by = timezone.now(), answer, by
    question.save()
    return question

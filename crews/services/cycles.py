"""A cycle from its beginning to the moment at which the answers open."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef
from django.utils import timezone

from circles.errors import NotAllowed
from circles.jobs import each
from circles.models import Circle, Membership
from circles.scales import Scale
from circles.services import locked, present
from crews import errors
from crews.models import Crew, Cycle, CycleAnswer
from crews.rules.cycles import due_date, is_due, may_open
from crews.services.meetings import runs_of
from library.models import Practice
from notifications.services import owe
from people.models import Person
from practice import services as practice
from practice.models import PracticeSession, Rhythm

logger = logging.getLogger(__name__)

RETROSPECTIVE = "retrospective"


# --- beginning ------------------------------------------------------------------------------


def begin_cycles(now: datetime) -> int:
    """Begin a cycle for each crew that has meetings to come and none; returns how many began."""
    ahead = PracticeSession.objects.to_come(now).filter(circle=OuterRef("pk"))
    running = Cycle.objects.undecided().filter(crew=OuterRef("pk"))
    crews = Crew.objects.going().filter(Exists(ahead), ~Exists(running))
    return sum(each(begin_cycle, crew, now) for crew in crews)


@transaction.atomic
def begin_cycle(crew: Crew, now: datetime) -> Cycle | None:
    """Begin the crew's next cycle, unless it has one; from the first meeting of its rhythm."""
    locked(crew)
    if crew.cycles.undecided().exists():
        return None
    before = crew.cycles.order_by("-number").first()
    coming = PracticeSession.objects.filter(circle=crew).to_come(now).values("rhythm")
    rhythms = Rhythm.objects.filter(pk__in=coming, meetings__isnull=False)
    numbered = PracticeSession.objects.filter(
        rhythm__in=rhythms.exclude(every=Rhythm.Every.ONCE), cancelled_at__isnull=True
    )
    if before is not None and before.decided_at is not None:
        numbered = numbered.filter(starts_at__gte=before.decided_at)
    first = numbered.aggregate(first=Min("starts_at"))["first"]
    return Cycle.objects.create(
        crew=crew,
        number=before.number + 1 if before else 1,
        begun_at=min(first or now, now),
        meetings=crew.meetings,
    )


# --- asking ---------------------------------------------------------------------------------


def ask_where_due(now: datetime) -> int:
    """Ask the crews that are near the end of their cycle; returns how many were asked."""
    cycles = Cycle.objects.running().select_related("crew")
    asked = 0
    for run in runs_of(cycles):
        if run.last is not None and is_due(run.meetings, run.last, now):
            asked += each(_ask, run.cycle, now)
    return asked


@transaction.atomic
def _ask(cycle: Cycle, now: datetime) -> bool:
    locked(cycle.crew)
    found = Cycle.objects.running().filter(pk=cycle.pk).first()
    (run,) = runs_of([found]) if found else [None]
    if found is None or run is None or run.last is None or not is_due(run.meetings, run.last, now):
        return False
    due = due_date(run.last.ends_at, now)
    asked = Cycle.objects.filter(pk=cycle.pk, asked_at__isnull=True).update(
        asked_at=now, last_id=run.last.pk, answers_due=due
    )
    if asked:
        for seat in _seats(cycle.crew):
            owe_question(cycle, seat.person)
    return bool(asked)


def owe_question(cycle: Cycle, person: Person) -> None:
    """Ask somebody, once a cycle, by mail."""
    owe(kind="crews.asked", key=f"cycle {cycle.pk}", person=person, ref=cycle.pk)


def ask_who_sits_down(seat: Membership) -> None:
    """Somebody who sits down while the others are being asked is asked as well."""
    if seat.scale != Scale.CREW:
        return
    cycle = Cycle.objects.asking().filter(crew=seat.circle_id).first()
    if cycle is not None:
        owe_question(cycle, seat.person)


@transaction.atomic
def look_back_then(*, cycle: Cycle, by: Person) -> PracticeSession:
    """Make the last meeting a retrospective, if it has no practice yet.

    Raises NotAllowed, CircleClosed, NobodyIsAsked, and what changing a meeting does.
    """
    circle = _inside(cycle, by)
    session = cycle.last
    if session is None or session.circle_id != circle.pk or session.practice_id is not None:
        raise errors.NobodyIsAsked
    return practice.change_details(
        session=session,
        by=by,
        practice=Practice.objects.get(slug=RETROSPECTIVE),
        host=session.host,
        place=session.place,
        link=session.link,
    )


# --- answering ------------------------------------------------------------------------------


@transaction.atomic
def answer(*, cycle: Cycle, by: Person, choice: str, word: str = "") -> None:
    """Say renew, pause, regroup or leave, for oneself; it may be changed until all is opened.

    The last answer opens them. Raises NotAllowed, CircleClosed, NobodyIsAsked, AnswersAreOpen.
    """
    _inside(cycle, by)
    found = Cycle.objects.get(pk=cycle.pk)
    if found.is_open or found.decided_at is not None:
        raise errors.AnswersAreOpen
    if found.asked_at is None:
        raise errors.NobodyIsAsked
    said = {"choice": choice, "word": word, "answered_at": timezone.now()}
    CycleAnswer.objects.update_or_create(cycle=found, person=by, defaults=said)
    _open_if_ready(found, timezone.now())


def forget_answer(seat: Membership) -> None:
    """Whoever leaves before the opening takes their answer along; that may open the others."""
    cycle = Cycle.objects.asking().filter(crew=seat.circle_id).first()
    if cycle is not None:
        cycle.answers.filter(person=seat.person_id).delete()
        _open_if_ready(cycle, timezone.now())


# --- opening --------------------------------------------------------------------------------


def open_where_due(now: datetime) -> int:
    """Open the answers whose date has come; returns of how many cycles."""
    _follow_the_last_meeting(now)
    due = Cycle.objects.asking().filter(answers_due__lte=now).select_related("crew")
    return sum(each(_open_now, cycle, now) for cycle in due)


def _follow_the_last_meeting(now: datetime) -> None:
    """A last meeting that was moved takes the date along; it never comes sooner than was said."""
    moved = Cycle.objects.asking().filter(
        last__cancelled_at__isnull=True, last__ends_at__gt=F("answers_due"), answers_due__gt=now
    )
    for cycle in moved.select_related("last"):
        if cycle.last is not None and cycle.asked_at is not None:
            due = due_date(cycle.last.ends_at, cycle.asked_at)
            Cycle.objects.filter(pk=cycle.pk, revealed_at__isnull=True).update(answers_due=due)


@transaction.atomic
def _open_now(cycle: Cycle, now: datetime) -> bool:
    locked(cycle.crew)
    found = Cycle.objects.asking().filter(pk=cycle.pk).first()
    return found is not None and _open_if_ready(found, now)


def _open_if_ready(cycle: Cycle, now: datetime) -> bool:
    """Open the answers once, and tell everybody at the same moment. The circle is locked."""
    seats = _seats(cycle.crew)
    answered = set(cycle.answers.values_list("person", flat=True))
    if cycle.answers_due is None:
        return False
    if not may_open({seat.person_id for seat in seats}, answered, cycle.answers_due, now):
        return False
    opened = Cycle.objects.filter(
        pk=cycle.pk, revealed_at__isnull=True, decided_at__isnull=True
    ).update(revealed_at=now)
    if opened:
        for seat in seats:
            owe(kind="crews.opened", key=f"cycle {cycle.pk}", person=seat.person, ref=cycle.pk)
    return bool(opened)


# --- what these share -----------------------------------------------------------------------


def _inside(cycle: Cycle, by: Person) -> Circle:
    circle = locked(cycle.crew)
    if not present(circle, by):
        raise NotAllowed
    return circle


def _seats(crew: Circle) -> list[Membership]:
    return list(Membership.objects.present().filter(circle=crew).at_table())

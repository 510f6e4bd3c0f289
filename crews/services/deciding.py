"""How a crew goes on: another cycle, a rest, two crews, or an end. And taking that back."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from circles.errors import CircleClosed, CircleError, NotAllowed
from circles.models import Circle, Membership
from circles.services import close as close_circle
from circles.services import locked, present, reopen
from crews import errors
from crews.models import Crew, Cycle
from crews.models.cycle import CycleQuerySet
from crews.rules.cycles import SECOND_THOUGHTS
from crews.rules.lengths import LEAST_MEETINGS, MOST_MEETINGS
from crews.services.cycles import begin_cycle
from notifications.services import owe
from people.models import Person
from practice import services as practice
from practice.models import PracticeSession, Rhythm
from practice.models.session import SessionQuerySet


@transaction.atomic
def renew(*, cycle: Cycle, by: Person, meetings: int) -> Cycle:
    """Begin another cycle of so many meetings (five to ten) and return it. Nobody loses a seat.

    Raises NotAllowed, CircleClosed, AnswersAreClosed, DecidedAlready.
    """
    crew = _crew_of(cycle.crew, by)
    found = _decidable(cycle)
    now = timezone.now()
    meetings = min(max(meetings, LEAST_MEETINGS), MOST_MEETINGS)
    _decide(found, Cycle.Outcome.RENEWED, by, now)
    following = _next_cycle(found, now, meetings)
    _tell(crew, "renewed", by, now)
    return following


def carry_on(now: datetime) -> int:
    """Crews that have set a rhythm since the answers opened have chosen to go on.

    A single date more, to say goodbye perhaps, is no cycle.
    """
    return sum(_carry_on(cycle, now) for cycle in _carried_on(now))


def _carried_on(now: datetime) -> CycleQuerySet:
    planned = PracticeSession.objects.to_come(now).filter(
        circle=OuterRef("crew"), made_at__gte=OuterRef("revealed_at")
    )
    planned = planned.exclude(rhythm__every=Rhythm.Every.ONCE)
    return Cycle.objects.waiting().filter(Exists(planned)).select_related("crew")


def meetings_are_set(circle: Circle) -> None:
    """Somebody has set meetings: with them a cycle begins, if the crew has none."""
    now = timezone.now()
    crew = Crew.objects.going().filter(pk=circle.pk).first()
    if crew is None:
        return
    if waiting := _carried_on(now).filter(crew=crew).first():
        _carry_on(waiting, now)
    begin_cycle(crew, now)


@transaction.atomic
def _carry_on(cycle: Cycle, now: datetime) -> bool:
    locked(cycle.crew)
    found = Cycle.objects.waiting().filter(pk=cycle.pk).first()
    if found is None:
        return False
    made = PracticeSession.objects.filter(circle=found.crew_id, made_at__gte=found.revealed_at)
    first = made.select_related("made_by").order_by("made_at", "pk").first()
    _decide(found, Cycle.Outcome.RENEWED, first.made_by if first else None, now)
    _next_cycle(found, now, found.crew.meetings)
    return True


@transaction.atomic
def rest(*, crew: Crew, by: Person, until: date | None = None, cycle: Cycle | None = None) -> Crew:
    """Let the crew rest until a day, or until somebody wakes it. Meetings to come are called off.

    `cycle` is the one it was decided for, if any. Raises NotAllowed, CircleClosed, NotBegun,
    RestsAlready, NotToCome, AtTheTable, AnswersAreClosed, DecidedAlready.
    """
    crew = _crew_of(crew, by)
    _require_decidable(cycle)
    if not crew.has_begun:
        raise errors.NotBegun
    if crew.is_resting:
        raise errors.RestsAlready
    now = timezone.now()
    if until is not None and until <= now.date():
        raise errors.NotToCome
    _require_not_at_the_table(crew, now)
    crew.resting_since, crew.resting_until = now, until
    crew.save(update_fields=["resting_since", "resting_until"])
    if undecided := crew.cycles.undecided().first():
        _decide(undecided, Cycle.Outcome.PAUSED, by, now)
    _call_off(PracticeSession.objects.filter(circle=crew), by, now)
    _tell(crew, "rests", by, now)
    return crew


@transaction.atomic
def wake(*, crew: Crew, by: Person) -> Crew:
    """The crew's rest is over. Raises NotAllowed, CircleClosed, DoesNotRest."""
    crew = _crew_of(crew, by)
    if not (crew.has_begun and crew.is_resting):
        raise errors.DoesNotRest
    _wake(crew)
    _tell(crew, "woke", by, timezone.now())
    return crew


def decided_by_splitting(crew: Crew, by: Person | None = None) -> None:
    """The crew has become two: where its cycle waited for a decision, this was it.

    Inside the transaction, and behind the lock, of whoever makes two of it.
    """
    waiting = Cycle.objects.waiting().filter(crew=crew).first()
    if waiting is not None:
        _decide(waiting, Cycle.Outcome.SPLIT, by, timezone.now())


@transaction.atomic
def end(*, crew: Crew, by: Person, cycle: Cycle | None = None) -> Crew:
    """Bring the crew to its end, at once. Its last page is open for two weeks from now on.

    Meetings to come do not take place, and come back if that is taken back within a day.
    `cycle` is the one it was decided for, if any. Raises NotAllowed, CircleClosed, NotBegun,
    AtTheTable, AnswersAreClosed, DecidedAlready.
    """
    crew = _crew_of(crew, by)
    _require_decidable(cycle)
    if not crew.has_begun:
        raise errors.NotBegun
    now = timezone.now()
    _require_not_at_the_table(crew, now)
    if undecided := crew.cycles.undecided().first():
        _decide(undecided, Cycle.Outcome.CLOSED, by, now)
    close_circle(circle=crew, by=by)
    crew.refresh_from_db()
    _tell(crew, "ended", by, crew.closed_at or now)
    return crew


# --- taking back ----------------------------------------------------------------------------


def may_take_back(crew: Crew, now: datetime) -> bool:
    """Whether something was decided within the last day."""
    return _what_to_take_back(crew, now) != ""


def _what_to_take_back(crew: Crew, now: datetime) -> str:
    young = now - SECOND_THOUGHTS
    if crew.closed_at is not None:
        return "ended" if crew.closed_at > young else ""
    if crew.resting_since is not None:
        return "rests" if crew.has_begun and crew.resting_since > young else ""
    last = _last_decided(crew)
    if last is None or not last.may_be_taken_back(now):
        return ""
    return last.outcome if last.outcome == Cycle.Outcome.RENEWED else ""


def _last_decided(crew: Crew) -> Cycle | None:
    return crew.cycles.exclude(decided_at=None).order_by("-number").first()


@transaction.atomic
def take_back_decision(*, crew: Crew, by: Person) -> Crew:
    """Undo what was decided within the last day, as anybody inside may.

    What was called off for a rest takes place again; what was planned for another cycle does
    not. Raises NotAllowed, TooLateToTakeBack.
    """
    crew = Crew.objects.select_for_update().get(pk=crew.pk)
    if not present(crew, by):
        raise NotAllowed
    now = timezone.now()
    what = _what_to_take_back(crew, now)
    if not what:
        raise errors.TooLateToTakeBack
    decided = _last_decided(crew)
    if what == "ended":
        _undecide(decided, crew.closed_at)
        reopen(circle=crew, by=by)
        crew.closed_at = None
    elif what == "rests":
        since = crew.resting_since
        _undecide(decided, since)
        _wake(crew)
        _let_take_place(crew, by, since or now, now)
    elif decided is not None:
        made = PracticeSession.objects.filter(circle=crew, made_at__gte=decided.decided_at)
        _call_off(made, by, now)
        crew.cycles.undecided().delete()
        _undecide(decided, decided.decided_at)
    _tell(crew, "taken_back", by, now)
    return crew


def _undecide(cycle: Cycle | None, at: datetime | None) -> None:
    """The cycle that was decided at this moment waits for a decision again."""
    if cycle is None or at is None or abs((cycle.decided_at or at) - at) > timedelta(seconds=30):
        return
    Cycle.objects.filter(pk=cycle.pk).update(
        decided_at=None, outcome=Cycle.Outcome.NONE, decided_by=None
    )


def _let_take_place(crew: Crew, by: Person, since: datetime, now: datetime) -> None:
    """The meetings that were called off for the rest. One whose time is taken stays off."""
    off = PracticeSession.objects.filter(
        circle=crew, cancelled_at__gte=since, skipped="", starts_at__gt=now
    )
    for session in _one_a_rhythm(off):
        with suppress(CircleError):
            practice.take_back(session=session, by=by, together=True)


# --- what these share -----------------------------------------------------------------------


def _crew_of(crew: Circle, by: Person) -> Crew:
    """The crew, locked and open, if `by` sits in it."""
    found = Crew.objects.select_for_update().get(pk=crew.pk)
    if not present(found, by):
        raise NotAllowed
    if not found.is_open:
        raise CircleClosed
    return found


def _require_decidable(cycle: Cycle | None) -> None:
    if cycle is not None:
        _decidable(cycle)


def _decidable(cycle: Cycle) -> Cycle:
    found = Cycle.objects.select_related("crew", "last").get(pk=cycle.pk)
    if found.decided_at is not None:
        raise errors.DecidedAlready
    if not found.is_open:
        raise errors.AnswersAreClosed
    return found


def _decide(cycle: Cycle, outcome: str, by: Person | None, now: datetime) -> None:
    decided = Cycle.objects.undecided().filter(pk=cycle.pk)
    if not decided.update(decided_at=now, outcome=outcome, decided_by=by):
        raise errors.DecidedAlready


def _next_cycle(cycle: Cycle, now: datetime, meetings: int) -> Cycle:
    """The one that follows. What is left of the one before is not counted to it."""
    last = cycle.last
    begins = max(now, last.ends_at) if last and not last.is_cancelled else now
    return Cycle.objects.create(
        crew=cycle.crew, number=cycle.number + 1, begun_at=begins, meetings=meetings
    )


def _wake(crew: Crew) -> None:
    crew.resting_since = crew.resting_until = None
    crew.awake_since = timezone.now()
    crew.save(update_fields=["resting_since", "resting_until", "awake_since"])


def _require_not_at_the_table(crew: Crew, now: datetime) -> None:
    on = PracticeSession.objects.filter(circle=crew).happening()
    if on.filter(starts_at__lte=now, ends_at__gt=now).exists():
        raise errors.AtTheTable


def _one_a_rhythm(sessions: SessionQuerySet) -> list[PracticeSession]:
    first: dict[int | None, PracticeSession] = {}
    for session in sessions.select_related("rhythm", "circle").order_by("starts_at"):
        first.setdefault(session.rhythm_id, session)
    return list(first.values())


def _call_off(sessions: SessionQuerySet, by: Person, now: datetime) -> None:
    """Those of these meetings that have not begun, each with all that follow in its rhythm."""
    coming = sessions.filter(starts_at__gt=now, cancelled_at__isnull=True)
    for session in _one_a_rhythm(coming):
        practice.cancel(session=session, by=by, following=True)


def _tell(crew: Crew, what: str, by: Person, at: datetime) -> None:
    """Everybody else inside hears once what was decided."""
    others = Membership.objects.present().filter(circle=crew).exclude(person=by)
    for seat in others.select_related("person"):
        owe(
            kind="crews.decided",
            key=f"{what} {crew.pk} {at:%Y-%m-%d %H:%M:%S.%f}",
            person=seat.person,
            ref=crew.pk,
            payload={"what": what, "who": str(by)},
        )

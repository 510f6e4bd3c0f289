"""Every write about meetings."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle, Membership
from circles.scales import Scale, may_practise
from circles.services import present
from library.models import Practice
from notifications.services import owe
from people.models import Person
from practice import errors
from practice.hosting import turn
from practice.models import Answer, Attendance, PracticeSession, Rhythm
from practice.reminders import change_of

# A mistyped time is corrected within minutes; the mail about a change waits for that.
SECOND_THOUGHTS = timedelta(minutes=3)


def _people_of(circle: Circle) -> list[Person]:
    seats = circle.memberships.present().at_table()
    return [seat.person for seat in seats]


def _require_seat(circle: Circle, person: Person) -> None:
    if not present(circle, person):
        raise NotAllowed


def may_plan(circle: Circle, person: Person) -> bool:
    """Whether the person may set, move and call off meetings: any crewmate; for a gathering of a
    whole congregation its stewards."""
    seats = Membership.objects.present().filter(circle=circle, person=person)
    if circle.scale == Scale.CONGREGATION:
        seats = seats.stewards()
    return seats.exists()


def _require_plan(circle: Circle, person: Person) -> None:
    if not may_plan(circle, person):
        raise NotAllowed


def _changing(session: PracticeSession, by: Person, seen: int | None) -> PracticeSession:
    """The meeting, locked with its circle, if `by` may still change what they saw of it."""
    circle = Circle.objects.select_for_update().get(pk=session.circle_id)
    locked = PracticeSession.objects.get(pk=session.pk)
    _require_plan(circle, by)
    if not circle.is_open:
        raise CircleClosed
    if locked.is_cancelled:
        raise errors.SessionCancelled
    if locked.is_over:
        raise errors.SessionOver
    if seen is not None and seen != locked.sequence:
        raise errors.ChangedMeanwhile
    return locked


# --- rhythm ---------------------------------------------------------------------------------


@transaction.atomic
def set_rhythm(
    *,
    circle: Circle,
    by: Person,
    every: str,
    starts_on: date,
    at: time,
    time_zone: str,
    minutes: int,
    meetings: int,
    practice: Practice | None = None,
    place: str = "",
    link: str = "",
) -> Rhythm:
    """Schedule a circle's coming meetings; the others are told once, by mail.

    Hosting goes round the table. Whoever sets the rhythm is taken to come. Raises NotAllowed,
    CircleClosed, TooFewPeople, InThePast, AlreadyMeeting.
    """
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    _require_plan(circle, by)
    people = _people_of(circle)
    if not circle.is_open:
        raise CircleClosed
    if not may_practise(circle.scale, len(people)):
        raise errors.TooFewPeople
    rhythm = Rhythm(
        circle=circle,
        every=every,
        starts_on=starts_on,
        at=at,
        time_zone=time_zone,
        minutes=minutes,
        meetings=1 if every == Rhythm.Every.ONCE else meetings,
        made_by=by,
    )
    moments = rhythm.pattern.moments(rhythm.meetings)
    if moments[0] <= timezone.now():
        raise errors.InThePast
    taken = PracticeSession.objects.happening().filter(circle=circle, starts_at__in=moments)
    if taken.exists():
        raise errors.AlreadyMeeting
    rhythm.save()
    last = circle.sessions.exclude(host=None).order_by("-starts_at").first()
    sessions = [
        PracticeSession(
            circle=circle,
            rhythm=rhythm,
            number=number,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            time_zone=time_zone,
            practice=practice,
            host=_host(circle, people, number, last),
            place=place,
            link=link,
            made_by=by,
        )
        for number, starts_at in enumerate(moments, start=1)
    ]
    PracticeSession.objects.bulk_create(sessions)
    Answer.objects.bulk_create(
        Answer(session=session, person=by, choice=Answer.Choice.YES) for session in sessions
    )
    for person in people:
        if person != by:
            owe(kind="practice.scheduled", key=f"rhythm {rhythm.pk}", person=person, ref=rhythm.pk)
    return rhythm


def _host(
    circle: Circle, people: list[Person], number: int, last: PracticeSession | None
) -> Person | None:
    """Small tables pass hosting round; a gathering of many is hosted by who says so."""
    if circle.scale not in {Scale.CREW, Scale.DYAD}:
        return None
    return turn(people, number=number, after=last.host if last else None)


# --- one meeting ----------------------------------------------------------------------------


@transaction.atomic
def move(
    *,
    session: PracticeSession,
    by: Person,
    starts_at: datetime,
    minutes: int,
    seen: int | None = None,
) -> PracticeSession:
    """Move one meeting; answers stay, since most people can still come and each may change.

    Those concerned get one mail after a short wait. `seen` is the `sequence` the mover looked
    at. Raises NotAllowed, CircleClosed, SessionOver, SessionCancelled, ChangedMeanwhile,
    InThePast, AlreadyMeeting.
    """
    session = _changing(session, by, seen)
    if starts_at <= timezone.now():
        raise errors.InThePast
    ends_at = starts_at + timedelta(minutes=minutes)
    if (session.starts_at, session.ends_at) == (starts_at, ends_at):
        return session
    others = PracticeSession.objects.happening().filter(circle=session.circle, starts_at=starts_at)
    if others.exclude(pk=session.pk).exists():
        raise errors.AlreadyMeeting
    session.starts_at, session.ends_at = starts_at, ends_at
    session.moved_at = timezone.now()
    session.sequence += 1
    session.save()
    _tell_changed(session, by)
    return session


@transaction.atomic
def cancel(
    *, session: PracticeSession, by: Person, following: bool = False, seen: int | None = None
) -> int:
    """Call off one meeting, or it and all that follow; returns how many.

    Raises NotAllowed, CircleClosed, SessionOver, SessionCancelled, ChangedMeanwhile.
    """
    session = _changing(session, by, seen)
    chosen = PracticeSession.objects.filter(pk=session.pk)
    if following:
        chosen = PracticeSession.objects.following(session)
    now = timezone.now()
    to_cancel = list(chosen.to_come(now))
    if not to_cancel:
        raise errors.SessionOver
    for one in to_cancel:
        one.cancelled_at = now
        one.sequence += 1
    PracticeSession.objects.bulk_update(to_cancel, ["cancelled_at", "sequence"])
    # One mail for all of them: it finds the others behind the first by the moment.
    _tell_changed(min(to_cancel, key=lambda one: one.number), by)
    return len(to_cancel)


@transaction.atomic
def change_details(
    *,
    session: PracticeSession,
    by: Person,
    practice: Practice | None,
    host: Person | None,
    place: str,
    link: str,
    seen: int | None = None,
) -> PracticeSession:
    """Change what is done, who hosts, or where. No mail for that: the reminder tells it.

    Raises NotAllowed (also for a host without a seat), CircleClosed, SessionOver,
    SessionCancelled, ChangedMeanwhile.
    """
    session = _changing(session, by, seen)
    if host is not None:
        _require_seat(session.circle, host)
    session.practice, session.host, session.place, session.link = practice, host, place, link
    session.sequence += 1
    session.save()
    return session


def _tell_changed(session: PracticeSession, by: Person) -> None:
    """Owe one mail about the state after this change; a later change replaces it."""
    for person in _people_of(session.circle):
        if person != by:
            owe(
                kind="practice.changed",
                key=change_of(session),
                person=person,
                ref=session.pk,
                due_at=timezone.now() + SECOND_THOUGHTS,
            )


# --- answers and attendance -----------------------------------------------------------------


@transaction.atomic
def answer(
    *,
    session: PracticeSession,
    by: Person,
    choice: str,
    word: str | None = None,
    following: bool = False,
) -> int:
    """Say yes, maybe or no to one meeting, or to it and all that follow; returns how many.

    Declining is always possible until the meeting is over. A `word` of None keeps the old one.
    Raises NotAllowed, CircleClosed, SessionCancelled, SessionOver.
    """
    # Locked, so that nobody answers for a seat that they give up at the same moment.
    circle = Circle.objects.select_for_update().get(pk=session.circle_id)
    session = PracticeSession.objects.get(pk=session.pk)
    _require_seat(circle, by)
    if not circle.is_open:
        raise CircleClosed
    if session.is_cancelled:
        raise errors.SessionCancelled
    if session.is_over:
        raise errors.SessionOver
    chosen = PracticeSession.objects.filter(pk=session.pk)
    if following:
        chosen = PracticeSession.objects.following(session).to_come(timezone.now())
    keep = ["choice", "answered_at"] + (["word"] if word is not None else [])
    answers = [
        Answer(session_id=pk, person=by, choice=choice, word=word or "")
        for pk in chosen.values_list("pk", flat=True)
    ]
    Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=keep,
    )
    return len(answers)


def let_go(seat: Membership) -> None:
    """When somebody leaves a circle: they neither come to its meetings nor host them."""
    to_come = PracticeSession.objects.filter(circle=seat.circle, ends_at__gt=timezone.now())
    Answer.objects.filter(session__in=to_come, person=seat.person).delete()
    to_come.filter(host=seat.person).update(host=None)


@transaction.atomic
def note_attendance(
    *, session: PracticeSession, by: Person, there: set[int], asked: set[int]
) -> None:
    """Note who of those `asked` about was there (ids of people). Any member may, once it began.

    Raises NotAllowed, NotYet, SessionCancelled.
    """
    _require_seat(session.circle, by)
    if session.is_cancelled:
        raise errors.SessionCancelled
    if not session.has_begun:
        raise errors.NotYet
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, person_id=pk, was_there=pk in there, noted_by=by)
            for pk in sorted(asked)
        ],
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=["was_there", "noted_by", "noted_at"],
    )

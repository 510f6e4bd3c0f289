"""Moving, calling off and changing meetings."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from library.models import Practice
from notifications.models import Notice
from notifications.services import owe
from people.models import Person
from practice import errors
from practice.models import Guest, PracticeSession
from practice.reminders import change_of
from practice.services.holding import follow_practice
from practice.services.permission import changing, people_of, require_seat

# A mistyped time is corrected within minutes; the mail about a change waits for that.
SECOND_THOUGHTS = timedelta(minutes=3)


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
    session = changing(session, by, seen)
    if starts_at <= timezone.now():
        raise errors.InThePast
    ends_at = starts_at + timedelta(minutes=minutes)
    if (session.starts_at, session.ends_at) == (starts_at, ends_at):
        return session
    others = PracticeSession.objects.happening().filter(circle=session.circle, starts_at=starts_at)
    if others.exclude(pk=session.pk).exists():
        raise errors.AlreadyMeeting
    was = _believed(session)
    session.starts_at, session.ends_at = starts_at, ends_at
    session.moved_at = timezone.now()
    session.revise()
    session.save()
    _tell_changed(session, by, was)
    _tell_guests([session], was)
    return session


@transaction.atomic
def cancel(
    *, session: PracticeSession, by: Person, following: bool = False, seen: int | None = None
) -> int:
    """Call off one meeting, or it and all that follow; returns how many.

    Raises NotAllowed, CircleClosed, SessionOver, SessionCancelled, ChangedMeanwhile.
    """
    session = changing(session, by, seen)
    chosen = PracticeSession.objects.filter(pk=session.pk)
    if following:
        chosen = PracticeSession.objects.following(session)
    now = timezone.now()
    to_cancel = list(chosen.to_come(now))
    if not to_cancel:
        raise errors.SessionOver
    for one in to_cancel:
        one.cancelled_at = now
        one.revise()
    PracticeSession.objects.bulk_update(to_cancel, ["cancelled_at", "sequence", "changed_at"])
    # One mail for all of them: it finds the others behind the first by the moment.
    first = min(to_cancel, key=lambda one: one.number)
    _tell_changed(first, by, _believed(first))
    _tell_guests(to_cancel)
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
    session = changing(session, by, seen)
    if host is not None:
        require_seat(session.circle, host)
    is_other = practice != session.practice
    session.practice, session.host, session.place, session.link = practice, host, place, link
    session.revise()
    session.save()
    if is_other:
        follow_practice(session)
    return session


def _believed(session: PracticeSession) -> str:
    """The beginning that people who have not been told of the last changes may still act on;
    nobody's quiet hours may keep the mail from them until then."""
    owed = Notice.objects.owed().filter(kind="practice.changed", ref=session.pk)
    payloads = owed.values_list("payload", flat=True)
    told = [str(payload["was"]) for payload in payloads if "was" in payload]
    return min([session.starts_at.isoformat(), *told])


def _tell_changed(session: PracticeSession, by: Person, was: str) -> None:
    """Owe one mail about the state after this change; a later change replaces it."""
    for person in people_of(session.circle):
        if person != by:
            _owe_change(session, person, was)


def _tell_guests(sessions: list[PracticeSession], was: str = "") -> None:
    """The same for guests, each of their own meeting only."""
    changed = {session.pk: session for session in sessions}
    guests = Guest.objects.filter(session__in=changed).interested().select_related("person")
    for guest in guests:
        session = changed[guest.session_id]
        _owe_change(session, guest.person, was or session.starts_at.isoformat())


def _owe_change(session: PracticeSession, person: Person, was: str) -> None:
    owe(
        kind="practice.changed",
        key=change_of(session),
        person=person,
        ref=session.pk,
        payload={"was": was},
        due_at=timezone.now() + SECOND_THOUGHTS,
    )

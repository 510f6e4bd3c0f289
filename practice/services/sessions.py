"""Moving, calling off and changing meetings."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from library.models import Practice
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
    session.starts_at, session.ends_at = starts_at, ends_at
    session.moved_at = timezone.now()
    session.revise()
    session.save()
    _tell_changed(session, by)
    _tell_guests([session])
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
    _tell_changed(min(to_cancel, key=lambda one: one.number), by)
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


def _tell_changed(session: PracticeSession, by: Person) -> None:
    """Owe one mail about the state after this change; a later change replaces it."""
    for person in people_of(session.circle):
        if person != by:
            _owe_change(session, person)


def _tell_guests(sessions: list[PracticeSession]) -> None:
    """The same for guests, each of their own meeting only."""
    changed = {session.pk: session for session in sessions}
    guests = Guest.objects.filter(session__in=changed).interested().select_related("person")
    for guest in guests:
        _owe_change(changed[guest.session_id], guest.person)


def _owe_change(session: PracticeSession, person: Person) -> None:
    owe(
        kind="practice.changed",
        key=change_of(session),
        person=person,
        ref=session.pk,
        due_at=timezone.now() + SECOND_THOUGHTS,
    )

"""Which reminders are owed by the clock.

The rows are written when they fall due, from answers as they stand; the mail is built later
still (`practice.mail`), so that what changed in between is never reminded of.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from circles.models import Membership
from notifications.models import Notice
from practice.models import Answer, PracticeSession

DAY_BEFORE = timedelta(days=1)
HOUR_BEFORE = timedelta(hours=1)
# A reminder that could not go in time still helps for a while; later the next rule speaks.
HELPS_FOR = {DAY_BEFORE: timedelta(hours=12), HOUR_BEFORE: timedelta(hours=1)}


def key_of(session: PracticeSession) -> str:
    """What makes a reminder this one: the meeting and its beginning. A moved one is another."""
    return f"{session.pk} {session.starts_at:%Y%m%dT%H%M%SZ}"


def change_of(session: PracticeSession) -> str:
    """What makes the mail about a change this one: the meeting and the moment of the change.

    Not its `sequence`, which also rises with what no mail tells (another room, another host).
    """
    changed = session.cancelled_at or session.moved_at
    return f"session {session.pk} {changed:%Y%m%dT%H%M%S%f}" if changed else ""


def sessions_due(now: datetime, before: timedelta) -> Q:
    """Meetings whose reminder fell due a short while ago and existed by then.

    Nothing that was due before its reason existed is sent: neither for a meeting set later
    than that nor for one moved since.
    """
    return (
        Q(starts_at__gt=now + before - HELPS_FOR[before], starts_at__lte=now + before)
        & Q(starts_at__gt=now, starts_at__gte=F("made_at") + before)
        & (Q(moved_at__isnull=True) | Q(starts_at__gte=F("moved_at") + before))
    )


def reminders(kind: str, before: timedelta) -> Callable[[datetime], Iterable[Notice]]:
    """The `due` of a reminder kind: one notice for each who comes, or may."""

    def due(now: datetime) -> Iterable[Notice]:
        seated = Membership.objects.present().filter(
            circle=OuterRef("session__circle_id"), person=OuterRef("person_id")
        )
        sessions = PracticeSession.objects.happening().filter(sessions_due(now, before))
        answers = (
            Answer.objects.filter(
                Exists(seated),
                session__in=sessions,
                choice__in=[Answer.Choice.YES, Answer.Choice.MAYBE],
                answered_at__lte=F("session__starts_at") - before,
            )
            .select_related("session")
            .order_by("pk")
        )
        rows = [(answer.session, answer.person_id) for answer in answers]
        return _not_yet_owed(kind, rows, before)

    return due


def unanswered(kind: str, before: timedelta) -> Callable[[datetime], Iterable[Notice]]:
    """The `due` of the one question to those who have said nothing yet."""

    def due(now: datetime) -> Iterable[Notice]:
        said = Answer.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
        sessions = {
            session.pk: session
            for session in PracticeSession.objects.happening().filter(sessions_due(now, before))
        }
        seats = (
            Membership.objects.present()
            .filter(
                circle__sessions__in=sessions.keys(),
                joined_at__lte=F("circle__sessions__starts_at") - before,
            )
            .annotate(session=F("circle__sessions__pk"))
            .exclude(Exists(said))
            .order_by("pk")
            .values_list("session", "person_id")
        )
        rows = [(sessions[pk], person) for pk, person in seats if pk in sessions]
        return _not_yet_owed(kind, rows, before)

    return due


def _not_yet_owed(
    kind: str, rows: list[tuple[PracticeSession, int]], before: timedelta
) -> list[Notice]:
    refs = {session.pk for session, _ in rows}
    owed = set(Notice.objects.filter(kind=kind, ref__in=refs).values_list("person_id", "key"))
    return [
        Notice(
            kind=kind,
            key=key_of(session),
            person_id=person,
            ref=session.pk,
            due_at=session.starts_at - before,
        )
        for session, person in rows
        if (person, key_of(session)) not in owed
    ]

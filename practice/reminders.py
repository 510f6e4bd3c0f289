"""Which reminders are owed by the clock.

The rows are written when they fall due, from answers and rules as they stand; the mail is built
later still (`practice.mail`), so that what changed in between is never reminded of. The database
finds who may be due and has not been written yet; the moment itself, in the reader's zone and
around their quiet hours, is `practice.rules.reminding`'s to say.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from circles.models import Membership
from circles.scales import Scale
from notifications.models import Notice
from people.models import Person
from people.quiet_hours import QuietHours
from people.time_zones import zone_info
from practice.concerned import is_concerned
from practice.models import Answer, Guest, PracticeSession, ReminderRules
from practice.rules.reminding import (
    DEFAULT,
    REACH,
    REACH_WITH_QUIET,
    REMINDERS,
    Reminder,
    due_at,
    is_due,
)

KINDS = {reminder: f"practice.reminder_{reminder}" for reminder in Reminder}
QUESTION = "practice.question"


def key_of(session: PracticeSession) -> str:
    """What makes a reminder this one: the meeting and its beginning. A moved one is another."""
    return _key(session.pk, session.starts_at)


def _key(session: int, starts_at: datetime) -> str:
    return f"{session} {starts_at:%Y%m%dT%H%M%SZ}"


class Stamp(Func):
    """A moment as `key_of` writes it, said by the database."""

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"')"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "strftime('%%%%Y%%%%m%%%%dT%%%%H%%%%M%%%%SZ', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **extra)


class Candidate(NamedTuple):
    """Somebody who may be due to hear of a meeting, in the order of `FIELDS`."""

    session: int
    starts_at: datetime
    made_at: datetime
    moved_at: datetime | None
    person: int
    zone: str
    quiet_from: int | None
    quiet_until: int | None
    # Since when there is a reason on the person's side: their answer, or their seat.
    since: datetime
    chosen_at: datetime | None

    @property
    def reason_at(self) -> datetime:
        """Since when all reasons for a mail are there."""
        moments = (self.made_at, self.moved_at, self.since, self.chosen_at)
        return max(moment for moment in moments if moment)


PERSON = ("person_id", "person__time_zone", "person__quiet_from", "person__quiet_until")


def reminders(reminder: Reminder) -> Callable[[datetime], Iterable[Notice]]:
    """The `due` of a reminder kind: one notice for each who comes, or may, and wants it."""
    return lambda now: due_reminders(reminder, now)


def due_reminders(
    reminder: Reminder, now: datetime, only: Person | None = None
) -> Iterator[Notice]:
    """Reminders to be written now; those of one person when told so."""
    answers = Answer.objects.filter(
        is_concerned(person="person_id", circle="session__circle_id", session="session_id"),
        wanting(reminder),
        in_reach(reminder, now),
        not_yet_written(KINDS[reminder], "session_id", "session__starts_at"),
        session__in=to_come(reminder, now),
        choice__in=[Answer.Choice.YES, Answer.Choice.MAYBE],
        person__is_active=True,
    )
    if only is not None:
        answers = answers.filter(person=only)
    rows = answers.order_by("pk").values_list(
        "session_id",
        "session__starts_at",
        "session__made_at",
        "session__moved_at",
        *PERSON,
        "answered_at",
        "person__reminder_rules__chosen_at",
    )
    return notices(KINDS[reminder], reminder, map(Candidate._make, rows), now)


def questions(now: datetime) -> Iterator[Notice]:
    """The `due` of the one question to those who have said nothing yet, a day before. It asks
    for the others' sake, so no rule holds it back; as a kind of mail it can be stopped."""
    return notices(QUESTION, Reminder.DAY, silent(now), now)


def silent(now: datetime) -> Iterator[Candidate]:
    """Those who have said nothing about a meeting within a day."""
    said = Answer.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    seats = (
        Membership.objects.present()
        .annotate(session=F("circle__sessions"), starts_at=F("circle__sessions__starts_at"))
        .filter(
            ~Exists(said),
            not_yet_written(QUESTION, "session", "starts_at"),
            session__in=to_come(Reminder.DAY, now),
            person__is_active=True,
        )
        .order_by("pk", "session")
        .values_list(
            "session",
            "starts_at",
            "circle__sessions__made_at",
            "circle__sessions__moved_at",
            *PERSON,
            "joined_at",
        )
    )
    guests = (
        Guest.objects.filter(
            ~Exists(said),
            not_yet_written(QUESTION, "session_id", "session__starts_at"),
            session__in=to_come(Reminder.DAY, now),
            person__is_active=True,
        )
        .order_by("pk")
        .values_list(
            "session_id",
            "session__starts_at",
            "session__made_at",
            "session__moved_at",
            *PERSON,
            "invited_at",
        )
    )
    for row in chain(seats, guests):
        yield Candidate._make((*row, None))


def to_come(reminder: Reminder, now: datetime) -> QuerySet[PracticeSession]:
    """Meetings so near that somebody might be due to hear of them."""
    last = now + REACH_WITH_QUIET[reminder]
    return PracticeSession.objects.happening().filter(starts_at__gt=now, starts_at__lte=last)


def in_reach(reminder: Reminder, now: datetime) -> Q:
    """Answers about such meetings, said so that the database begins with the few meetings that
    are near; only quiet hours can bring a reminder nearer than its rule says."""
    widely = Q(session__starts_at__gt=now, session__starts_at__lte=now + REACH_WITH_QUIET[reminder])
    closely = Q(session__starts_at__lte=now + REACH[reminder])
    return widely & (closely | Q(person__quiet_from__isnull=False))


def wanting(reminder: Reminder) -> Q:
    """Answers of people whose rule for the meeting's scale has this reminder in it."""
    rules = [rule for rule, members in REMINDERS.items() if reminder in members]
    wanted = Q(person__reminder_rules__isnull=True) if DEFAULT in rules else Q()
    if DEFAULT in rules:
        # For oneself there is nothing to choose.
        wanted |= Q(session__circle__scale=Scale.SELF)
    for scale in ReminderRules.SCALES:
        chosen = {f"person__reminder_rules__{scale}__in": rules}
        wanted |= Q(session__circle__scale=scale, **chosen)
    return wanted


def not_yet_written(kind: str, session: str, starts_at: str) -> Q:
    """Rows of a person and a meeting for which the ledger has no notice of this kind."""
    space = Value(" ", output_field=TextField())
    key = Concat(Cast(OuterRef(session), TextField()), space, Stamp(OuterRef(starts_at)))
    written = Notice.objects.filter(person=OuterRef("person_id"), kind=kind, key=key)
    return ~Q(Exists(written))


# The same few moments come again for every person at a table, and for every table of an evening.
@lru_cache(maxsize=4096)
def _moment(
    reminder: Reminder, starts_at: datetime, zone: str, begins: int | None, ends: int | None
) -> datetime:
    return due_at(reminder, starts_at, QuietHours(zone_info(zone), begins, ends))


def notices(
    kind: str, reminder: Reminder, rows: Iterable[Candidate], now: datetime
) -> Iterator[Notice]:
    """Notices for those whose moment has come. Nothing that was due before its reason existed
    is sent: not for a meeting set, moved, answered or a rule chosen later than that."""
    for row in rows:
        moment = _moment(reminder, row.starts_at, row.zone, row.quiet_from, row.quiet_until)
        if row.reason_at <= moment and is_due(reminder, moment, row.starts_at, now):
            yield Notice(
                kind=kind,
                key=_key(row.session, row.starts_at),
                person_id=row.person,
                ref=row.session,
                due_at=moment,
            )

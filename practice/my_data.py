"""What meetings keep about somebody, for "everything kept about you"."""

from typing import Any

from django.db.models import Q

from people.models import Person
from practice.models import (
    Answer,
    Attendance,
    Feed,
    Guest,
    Poll,
    PollAnswer,
    ReminderRules,
    SessionNote,
    SessionRole,
)

Rows = list[Any]


def answers(person: Person) -> Rows:
    """What they said to meetings."""
    rows = Answer.objects.filter(person=person).order_by("session__starts_at", "pk")
    fields = ("session__circle__name", "session__starts_at", "choice", "word", "answered_at")
    return list(rows.values(*fields))


def attendance(person: Person) -> Rows:
    """Where somebody noted that they were there, or not."""
    rows = Attendance.objects.filter(person=person).order_by("session__starts_at", "pk")
    return list(rows.values("session__circle__name", "session__starts_at", "was_there"))


def notes(person: Person) -> Rows:
    """What they wrote down about meetings."""
    rows = SessionNote.objects.filter(by=person).order_by("written_at", "pk")
    fields = ("session__circle__name", "session__starts_at", "words", "written_at", "edited_at")
    return list(rows.values(*fields))


def feeds(person: Person) -> Rows:
    """Their calendar addresses, without what opens them."""
    rows = Feed.objects.filter(person=person).order_by("made_at", "pk")
    return list(rows.values("has_all", "shows_names", "made_at", "last_read_on"))


def roles(person: Person) -> Rows:
    """Which roles they had, or are chosen for."""
    rows = SessionRole.objects.filter(person=person).order_by("session__starts_at", "role", "pk")
    return list(rows.values("session__circle__name", "session__starts_at", "role"))


def reminders(person: Person) -> Rows:
    """When they chose to be reminded, if they ever chose."""
    rows = ReminderRules.objects.filter(person=person)
    return list(rows.values("dyad", "crew", "congregation", "chosen_at"))


def guests(person: Person) -> Rows:
    """Single meetings they were invited to, and invited others to."""
    rows = Guest.objects.filter(Q(person=person) | Q(invited_by=person)).order_by(
        "invited_at", "pk"
    )
    fields = ("session__circle__name", "session__starts_at", "person__name", "invited_by__name")
    return list(rows.values(*fields, "word", "invited_at"))


def polls(person: Person) -> Rows:
    """Where they asked a circle for a time."""
    rows = Poll.objects.filter(made_by=person).order_by("made_at", "pk")
    return list(rows.values("circle__name", "title", "made_at", "closed_at"))


def poll_answers(person: Person) -> Rows:
    """What they said to proposed times."""
    rows = PollAnswer.objects.filter(person=person).order_by("option__starts_at", "pk")
    fields = ("option__poll__circle__name", "option__starts_at", "choice", "answered_at")
    return list(rows.values(*fields))


# What it is called there, and who finds it.
SOURCES = (
    ("answers", answers),
    ("reminders", reminders),
    ("attendance", attendance),
    ("roles", roles),
    ("times asked for", polls),
    ("times answered", poll_answers),
    ("notes_of_meetings", notes),
    ("calendar addresses", feeds),
    ("guest invitations", guests),
)

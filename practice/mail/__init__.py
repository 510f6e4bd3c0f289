"""The mails about meetings, each built from the state at the moment it goes."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from practice.mail.changes import changed, scheduled
from practice.mail.finding import hours
from practice.mail.reminders import question, reminder
from practice.reminders import DAY_BEFORE, HOUR_BEFORE, reminders, unanswered


def register() -> None:
    """Make the kinds known, with their clocks."""
    register_kind(
        Kind(
            "practice.reminder_day",
            _("A day before a meeting"),
            reminder(DAY_BEFORE),
            _("When you said yes or maybe."),
            due=reminders("practice.reminder_day", DAY_BEFORE),
        )
    )
    register_kind(
        Kind(
            "practice.reminder_hour",
            _("An hour before a meeting"),
            reminder(HOUR_BEFORE),
            _("When you said yes or maybe."),
            due=reminders("practice.reminder_hour", HOUR_BEFORE),
        )
    )
    register_kind(
        Kind(
            "practice.question",
            _("Will you be there?"),
            question,
            _("Once, a day before, when you have not answered."),
            due=unanswered("practice.question", DAY_BEFORE),
        )
    )
    register_kind(
        Kind(
            "practice.scheduled",
            _("New meetings"),
            scheduled,
            _("When somebody sets a rhythm or a date for one of your circles."),
        )
    )
    register_kind(
        Kind(
            "practice.changed",
            _("Meetings moved or called off"),
            changed,
            _("One mail with how it stands, a few minutes after the change."),
        )
    )
    register_kind(
        Kind(
            "practice.hours",
            _("Somebody asks for your hours"),
            hours,
            _("When a circle of yours looks for a time and you have not said which hours suit."),
        )
    )

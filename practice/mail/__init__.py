"""The mails about meetings, each built from the state at the moment it goes."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from practice.mail.finding import hours
from practice.mail.guests import invited, taken_back
from practice.mail.news import changed
from practice.mail.polls import opened
from practice.mail.polls import reminder as poll_reminder
from practice.mail.reminders import question, reminder
from practice.mail.scheduled import scheduled
from practice.reminders import KINDS, questions, reminders
from practice.rules.reminding import Reminder
from practice.services.guests import INVITED, TAKEN_BACK

REMINDERS = {
    Reminder.DAY: _("A day before a meeting"),
    Reminder.HOUR: _("An hour before a meeting"),
    Reminder.EVENING: _("The evening before a meeting"),
}


def register() -> None:
    """Make the kinds known, with their clocks."""
    for which, title in REMINDERS.items():
        register_kind(
            Kind(
                KINDS[which],
                title,
                reminder(which),
                _("When you said yes or maybe."),
                has_tick=False,
                due=reminders(which),
            )
        )
    register_kind(
        Kind(
            "practice.question",
            _("Will you be there?"),
            question,
            _("Once, a day before, when you have not answered."),
            due=questions,
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
            INVITED,
            _("Invitations to a single meeting"),
            invited,
            _("When another crew of your congregation asks you to be their guest."),
        )
    )
    register_kind(Kind(TAKEN_BACK, _("Taken back"), taken_back, can_be_stopped=False))
    register_kind(
        Kind(
            "practice.hours",
            _("Somebody asks for your hours"),
            hours,
            _("When a circle of yours looks for a time and you have not said which hours suit."),
        )
    )
    register_kind(
        Kind(
            "practice.poll",
            _("A time is looked for"),
            opened,
            _("When somebody proposes times to one of your circles, and if none is found."),
        )
    )
    register_kind(
        Kind(
            "practice.poll_reminder",
            _("A proposed time waits for your word"),
            poll_reminder,
            _("About a day later, only while you have not answered."),
        )
    )

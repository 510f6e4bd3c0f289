"""Reminders, and the one question to those who have not answered."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.scales import Scale
from notifications.letters import Dropped, Letter
from notifications.models import Notice
from people.models import Person
from practice.mail.building import (
    context_for,
    letter_about,
    opening_for,
    other_for,
    quiet_letter,
    roles_for,
    still_to_come,
)
from practice.models import Answer, ReminderRules
from practice.rules.reminding import REMINDERS, Reminder
from practice.services.reminders import reminder_rules

HOUR = timedelta(hours=1)


def reminder(which: Reminder) -> Callable[[Notice], Letter | Dropped]:
    """Builder of a reminder to somebody who comes, or may."""

    def build(notice: Notice) -> Letter | Dropped:
        session = still_to_come(notice)
        if isinstance(session, Dropped):
            return session
        person = notice.person
        context = context_for(session, person)
        if person is None or context["choice"] not in {Answer.Choice.YES, Answer.Choice.MAYBE}:
            return Dropped("not coming")
        scale = session.circle.scale
        rules = notice.once(_rules).get(person.pk) or ReminderRules()
        if which not in REMINDERS[rules.of(scale)]:
            return Dropped("another rule was chosen")
        left = session.starts_at - timezone.now()
        if which is Reminder.DAY and left < 2 * HOUR and _hour_follows(person, scale):
            return Dropped("the hour before is near")
        if which is Reminder.HOUR and HOUR / 2 < left < HOUR * 1.25:
            usual, of_two = _("{circle} meets in an hour"), _("You and {other} meet in an hour")
        else:
            usual = _("{circle} meets {day} at {time}")
            of_two = _("You and {other} meet {day} at {time}")
        if scale == Scale.SELF:
            return quiet_letter(session, context)
        context["other"] = other_for(session.circle, notice)
        heading = of_two if context["other"] else usual
        context["roles"] = roles_for(notice, person)
        context["opening"] = opening_for(notice, person)
        return letter_about(session, heading, "reminder", context)

    return build


def _rules(notices: Sequence[Notice]) -> dict[int | None, ReminderRules]:
    people = [notice.person_id for notice in notices]
    return {rules.person_id: rules for rules in ReminderRules.objects.filter(person__in=people)}


def _hour_follows(person: Person, scale: str) -> bool:
    rules = reminder_rules(person)
    return scale in rules and Reminder.HOUR in REMINDERS[rules[scale]]


def question(notice: Notice) -> Letter | Dropped:
    """To somebody who has not answered: asked once."""
    session = still_to_come(notice)
    if isinstance(session, Dropped):
        return session
    if session.circle.scale == Scale.SELF:
        return Dropped("nobody asks")
    context = context_for(session, notice.person)
    if context["choice"]:
        return Dropped("answered")
    context["other"] = other_for(session.circle, notice)
    heading = _("Will you be there? {circle} meets {day} at {time}")
    if context["other"]:
        heading = _("Will you be there? You and {other} meet {day} at {time}")
    return letter_about(session, heading, "reminder", context)

"""Reminders, and the one question to those who have not answered."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.letters import Dropped, Letter
from notifications.models import Notice
from practice.mail.building import context_for, letter_about, still_to_come
from practice.models import Answer
from practice.reminders import DAY_BEFORE, HOUR_BEFORE


def reminder(before: timedelta) -> Callable[[Notice], Letter | Dropped]:
    """Builder of a reminder to somebody who comes, or may."""

    def build(notice: Notice) -> Letter | Dropped:
        session = still_to_come(notice)
        if isinstance(session, Dropped):
            return session
        context = context_for(session, notice.person)
        if context["choice"] not in {Answer.Choice.YES, Answer.Choice.MAYBE}:
            return Dropped("not coming")
        if before == DAY_BEFORE and session.starts_at - timezone.now() < 2 * HOUR_BEFORE:
            return Dropped("the hour before is near")
        if before == HOUR_BEFORE and session.starts_at - timezone.now() > HOUR_BEFORE / 2:
            heading = _("{circle} meets in an hour")
        else:
            heading = _("{circle} meets {day} at {time}")
        return letter_about(notice, session, heading, "reminder", context)

    return build


def question(notice: Notice) -> Letter | Dropped:
    """To somebody who has not answered: asked once."""
    session = still_to_come(notice)
    if isinstance(session, Dropped):
        return session
    context = context_for(session, notice.person)
    if context["choice"]:
        return Dropped("answered")
    heading = _("Will you be there? {circle} meets {day} at {time}")
    return letter_about(notice, session, heading, "reminder", context)

"""Somebody from the same congregation who comes to one meeting of a crew."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person, one_line
from practice.models.answer import Answer
from practice.models.session import PracticeSession

# How long after the meeting a guest may still open its page.
LINGERS = timedelta(days=3)
# At eight, a table breaks in two: the seed's number.
MOST_AT_TABLE = 7


class GuestQuerySet(models.QuerySet["Guest"]):
    """Chainable reads of guests."""

    def welcome(self, now: datetime) -> Self:
        """Of meetings to come, and of those just over."""
        return self.filter(session__ends_at__gt=now - LINGERS)

    def interested(self) -> Self:
        """Without those who have declined: they hear no more of it."""
        declined = Answer.objects.filter(
            session=OuterRef("session"), person=OuterRef("person"), choice=Answer.Choice.NO
        )
        return self.exclude(Exists(declined))


class Guest(models.Model):
    """An invitation to a single meeting: the seed's "leave your crew for an evening to support
    another". The guest answers like everybody, sees this meeting and nothing else of the crew."""

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="guest_invitations")
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    word = models.CharField(_("a word"), max_length=200, blank=True, validators=[one_line])
    invited_at = models.DateTimeField(default=timezone.now)

    objects = GuestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="guest_once_a_meeting")
        ]

    def __str__(self) -> str:
        return str(self.person)

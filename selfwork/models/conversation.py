"""Conversations with a part, in turns, and what is typed but not sent."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from selfwork.models.part import Part
from selfwork.vault import SealedField


class Voice(models.TextChoices):
    """Who speaks."""

    ME = "me", _("me")
    PART = "part", _("this part")


class Conversation(models.Model):
    """Myself and one part, in turns, from a hello to a goodbye."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="conversations")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-begun_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["part"],
                condition=models.Q(ended_at__isnull=True),
                name="conversation_one_open_a_part",
            )
        ]

    def __str__(self) -> str:
        return "a conversation"


class Turn(models.Model):
    """One thing said. `key` is made where it is typed, so that sending it twice says it once."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    voice = models.CharField(max_length=4, choices=Voice, default=Voice.ME)
    body = SealedField()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["said_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "key"], name="turn_said_once"),
            models.CheckConstraint(name="turn_voice", condition=models.Q(voice__in=["me", "part"])),
        ]

    def __str__(self) -> str:
        return "a turn"


class Unsent(models.Model):
    """What is typed and not sent yet, saved as one types. `key` is the one of its turn.

    `version` rises each time it is saved: a window that has seen another version gets a row and
    a key of its own, so that two that write at once never overwrite each other.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="unsent")
    key = models.UUIDField()
    voice = models.CharField(max_length=4, choices=Voice, default=Voice.ME)
    body = SealedField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "key"], name="unsent_once"),
        ]

    def __str__(self) -> str:
        return "unsent words"

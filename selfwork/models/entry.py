"""What is written in a guided practice, and check-ins. Every word is sealed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person
from selfwork.models.part import Part
from selfwork.vault import SealedField


class Entry(models.Model):
    """One guided practice as it was done: `words` is sealed JSON, a text for each step.

    Saved as one types; `version` rises each time, so that of two windows one is told.
    """

    class Kind(models.TextChoices):
        MEET_A_PART = "meet_a_part", _("Meet a part")
        LETTER = "letter", _("Letter to a part")
        POD_MAP = "pod_map", _("Pod map")
        JOURNAL = "journal", _("Journal")

    owner = models.ForeignKey(Person, models.CASCADE, related_name="selfwork_entries")
    kind = models.CharField(max_length=12, choices=Kind)
    part = models.ForeignKey(Part, models.SET_NULL, null=True, blank=True, related_name="entries")
    # Another part spoke first: this one was put aside to meet it, and waits.
    comes_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="led_to"
    )
    words = SealedField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return "an entry"


class CheckIn(models.Model):
    """How am I, which parts are here: a sealed word, a note, and the parts' ids."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="selfwork_check_ins")
    words = SealedField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return "a check-in"

"""From a call to a crew: those who are in say “go”."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from crews.models.crew import Crew
from people.models import Person


class Go(models.Model):
    """One person's “go”. With three, the crew begins (`Crew.begun_at`)."""

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="goes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crew", "person"], name="go_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.crew}"

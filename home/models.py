"""The day of somebody's weekly letter."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from home.weekly import MONDAY
from people.models import Person


class LetterDay(models.Model):
    """The weekday a person chose, 0 for Monday. No row: Monday. That they want no letter at all
    is a switch, as for every kind of mail."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="letter_day")
    weekday = models.PositiveSmallIntegerField(default=MONDAY)
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="letter_day", condition=models.Q(weekday__lte=6))
        ]

    def __str__(self) -> str:
        return str(self.weekday)

"""Which reminders somebody chose."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from circles.scales import Scale
from people.models import Person
from practice.rules.reminding import DEFAULT, Rule


class ReminderRulesQuerySet(models.QuerySet["ReminderRules"]):
    def of_person(self, person: Person) -> "ReminderRules":
        """What the person chose, or the default."""
        return self.filter(person=person).first() or ReminderRules(person=person)


class ReminderRules(models.Model):
    """A person's rule for each scale. No row: the default for all of them."""

    SCALES: ClassVar = (Scale.DYAD, Scale.CREW, Scale.CONGREGATION)

    person = models.OneToOneField(Person, models.CASCADE, related_name="reminder_rules")
    dyad = models.CharField(max_length=8, choices=Rule, default=DEFAULT)
    crew = models.CharField(max_length=8, choices=Rule, default=DEFAULT)
    congregation = models.CharField(max_length=8, choices=Rule, default=DEFAULT)
    chosen_at = models.DateTimeField(default=timezone.now)

    objects = ReminderRulesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reminder rules"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reminder_rules",
                condition=models.Q(
                    dyad__in=Rule.values, crew__in=Rule.values, congregation__in=Rule.values
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.dyad} · {self.crew} · {self.congregation}"

    def of(self, scale: str) -> str:
        """The rule for meetings of a scale."""
        return str(getattr(self, scale, DEFAULT))

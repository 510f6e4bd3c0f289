"""Days on which a rhythm rests: holidays, a month of harvest."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.models import Person
from practice.models.rhythm import Rhythm
from practice.rules.layout import Days


class Pause(models.Model):
    """From the first day to the last, both included, on the calendar of the rhythm's zone."""

    rhythm = models.ForeignKey(Rhythm, models.CASCADE, related_name="pauses")
    first_day = models.DateField(_("first day without a meeting"))
    last_day = models.DateField(_("last day without a meeting"))
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["first_day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="pause_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            )
        ]

    def __str__(self) -> str:
        first, last = (formatted(day, "j F") for day in (self.first_day, self.last_day))
        if self.first_day == self.last_day:
            return _now("You rest on {day}").format(day=first)
        return _now("You rest from {first} to {last}").format(first=first, last=last)

    @property
    def days(self) -> Days:
        """Itself as the pure rule knows it."""
        return Days(self.first_day, self.last_day)

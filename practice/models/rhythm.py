"""How a circle's meetings come again."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from people.models import Person
from people.time_zones import validate_zone, zone_info
from practice.recurrence import MOST_MEETINGS, Pattern

LEAST_MINUTES, MOST_MINUTES = 5, 480


class Rhythm(models.Model):
    """A number of meetings at a local time of one zone. The meetings themselves are rows of
    `PracticeSession`, made at once, so that each can be moved or answered on its own."""

    class Every(models.TextChoices):
        ONCE = "once", _("just once")
        WEEK = "week", _("every week")
        FORTNIGHT = "fortnight", _("every other week")
        MONTH = "month", _("every month, on the same weekday")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="rhythms")
    every = models.CharField(_("how often"), max_length=10, choices=Every)
    starts_on = models.DateField(_("first day"))
    at = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        validators=[MinValueValidator(LEAST_MINUTES), MaxValueValidator(MOST_MINUTES)],
    )
    meetings = models.PositiveSmallIntegerField(
        _("how many meetings"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MEETINGS)],
    )
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rhythm_minutes",
                condition=Q(minutes__gte=LEAST_MINUTES, minutes__lte=MOST_MINUTES),
            ),
            models.CheckConstraint(
                name="rhythm_meetings",
                condition=Q(meetings__gte=1, meetings__lte=MOST_MEETINGS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_every_display()}, {self.at:%H:%M}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock the rhythm keeps."""
        return zone_info(self.time_zone)

    @property
    def pattern(self) -> Pattern:
        """Itself as a pure rule."""
        return Pattern(every=self.every, starts_on=self.starts_on, at=self.at, zone=self.zone)

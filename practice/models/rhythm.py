"""How a circle's meetings come again."""

from datetime import datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from library.models import Practice
from people.models import Person, one_line
from people.time_zones import validate_zone, zone_info
from practice.rules.layout import AHEAD
from practice.rules.recurrence import MOST_MEETINGS, MOST_WEEKS, Pattern

LEAST_MINUTES, MOST_MINUTES = 5, 480


class RhythmQuerySet(models.QuerySet["Rhythm"]):
    """Chainable reads of rhythms."""

    def going_on(self) -> Self:
        """Not called off as a whole, in a circle that goes on."""
        return self.filter(stopped_at__isnull=True, circle__closed_at__isnull=True)

    def running_short(self, now: datetime) -> Self:
        """Without an end, and with fewer meetings ahead than there should be."""
        ahead = Q(sessions__starts_at__gt=now, sessions__cancelled_at__isnull=True)
        counted = self.going_on().filter(meetings__isnull=True)
        return counted.annotate(ahead=Count("sessions", filter=ahead)).filter(ahead__lt=AHEAD)


class Rhythm(models.Model):
    """Meetings at a local time of one zone: a number of them, or on and on (`meetings` None).

    The meetings are rows of `PracticeSession`, made ahead, so that each can be moved or
    answered on its own. Practice, place and link are what a new one of them begins with. When
    all that follow are moved, the pattern counts on from the meeting `first` on `starts_on`.
    """

    class Every(models.TextChoices):
        ONCE = "once", _("just once")
        WEEK = "week", _("by the week")
        MONTH = "month", _("every month, on the same weekday")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="rhythms")
    every = models.CharField(_("how often"), max_length=10, choices=Every)
    interval = models.PositiveSmallIntegerField(
        _("weeks from one meeting to the next"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)],
    )
    starts_on = models.DateField(_("first day"))
    first = models.PositiveSmallIntegerField(default=1, editable=False)
    at = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        validators=[MinValueValidator(LEAST_MINUTES), MaxValueValidator(MOST_MINUTES)],
    )
    meetings = models.PositiveSmallIntegerField(
        _("how many meetings"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MEETINGS)],
    )
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, validators=[one_line])
    link = models.CharField(
        _("link"), max_length=500, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RhythmQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rhythm_minutes",
                condition=Q(minutes__gte=LEAST_MINUTES, minutes__lte=MOST_MINUTES),
            ),
            models.CheckConstraint(
                name="rhythm_meetings",
                condition=Q(meetings__isnull=True)
                | Q(meetings__gte=1, meetings__lte=MOST_MEETINGS),
            ),
            models.CheckConstraint(
                name="rhythm_interval",
                condition=Q(interval=1)
                | Q(every="week", interval__gte=1, interval__lte=MOST_WEEKS),
            ),
            models.CheckConstraint(
                name="rhythm_every", condition=Q(every__in=["once", "week", "month"])
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
        return Pattern(
            every=self.every,
            starts_on=self.starts_on,
            at=self.at,
            zone=self.zone,
            interval=self.interval,
            first=self.first,
        )

    @property
    def is_open_ended(self) -> bool:
        """Whether it goes on until somebody calls it off."""
        return self.meetings is None

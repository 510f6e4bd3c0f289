"""A question to a circle: which of these times suit you?"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.seats import seats_of
from people.models import Person, one_line
from people.time_zones import validate_zone, zone_info
from practice.models.rhythm import LEAST_MINUTES, MOST_MINUTES, Rhythm
from practice.rules.recurrence import MOST_MEETINGS, MOST_WEEKS

LEAST_TIMES, MOST_TIMES = 2, 10


class PollQuerySet(models.QuerySet["Poll"]):
    """Chainable reads of polls."""

    def visible_to(self, person: Person) -> Self:
        """Polls of the circles in which the person has a seat."""
        return self.filter(circle__in=[seat.circle_id for seat in seats_of(person)])

    def open(self) -> Self:
        """Not closed, in a circle that goes on."""
        return self.filter(closed_at__isnull=True, circle__closed_at__isnull=True)

    def waiting_for(self, person: Person, now: datetime) -> Self:
        """Open ones with a time to come about which the person has said nothing.

        Annotates `times`, how many can be answered.
        """
        times = Count("options", filter=Q(options__in=PollOption.objects.to_answer(now)))
        unsaid = PollOption.objects.to_answer(now).unsaid_by(person).filter(poll=OuterRef("pk"))
        return self.open().visible_to(person).filter(Exists(unsaid)).annotate(times=times)


class Poll(models.Model):
    """Some times, proposed for one meeting or for the first of a rhythm.

    `every`, `interval` and `meetings` say what the chosen time begins, as in a `Rhythm`.
    `sequence` rises with each change of the question.
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="polls")
    title = models.CharField(_("what for"), max_length=80, blank=True, validators=[one_line])
    every = models.CharField(max_length=10, choices=Rhythm.Every)
    interval = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    meetings = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_MEETINGS)]
    )
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(LEAST_MINUTES), MaxValueValidator(MOST_MINUTES)]
    )
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    sequence = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closing_word = models.CharField(max_length=200, blank=True, validators=[one_line])
    rhythm = models.OneToOneField(
        Rhythm, models.SET_NULL, null=True, blank=True, related_name="poll"
    )

    # Set by `waiting_for`.
    times: int

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("time poll")
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="poll_minutes",
                condition=Q(minutes__gte=LEAST_MINUTES, minutes__lte=MOST_MINUTES),
            ),
            models.CheckConstraint(
                name="poll_has_a_rhythm_only_when_closed",
                condition=Q(rhythm__isnull=True) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("A time to meet"))

    def get_absolute_url(self) -> str:
        """Where it is answered."""
        return reverse("practice:poll", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is not closed; that its circle goes on is the circle's own matter."""
        return self.closed_at is None

    def rule(self, starts_at: datetime) -> dict[str, Any]:
        """What a rhythm would be that began at this time, in the words of `set_rhythm`."""
        local = starts_at.astimezone(zone_info(self.time_zone))
        return {
            "every": self.every,
            "interval": self.interval,
            "meetings": self.meetings,
            "minutes": self.minutes,
            "time_zone": self.time_zone,
            "starts_on": local.date(),
            "at": local.time(),
        }


class PollOptionQuerySet(models.QuerySet["PollOption"]):
    """Chainable reads of proposed times."""

    def proposed(self) -> Self:
        """Not taken out again."""
        return self.filter(withdrawn_at__isnull=True)

    def to_answer(self, now: datetime) -> Self:
        """Proposed and still to come."""
        return self.proposed().filter(starts_at__gt=now)

    def unsaid_by(self, person: Person) -> Self:
        """About which the person has said nothing."""
        said = PollAnswer.objects.filter(option=OuterRef("pk"), person=person)
        return self.exclude(Exists(said))


class PollOption(models.Model):
    """One proposed time. Taken out it keeps its answers: put back, they are there again."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    starts_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PollOptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "starts_at"], name="poll_option_each_time_once")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"


class PollAnswer(models.Model):
    """What a person says to one proposed time. No row: nothing yet."""

    class Choice(models.TextChoices):
        YES = "yes", _("Yes")
        IF_NEED_BE = "if_need_be", _("If need be")
        NO = "no", _("No")

    option = models.ForeignKey(PollOption, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="poll_answers")
    choice = models.CharField(max_length=10, choices=Choice)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["option", "person"], name="poll_answer_one_a_person"),
            models.CheckConstraint(
                name="poll_answer_choice",
                condition=Q(choice__in=["yes", "if_need_be", "no"]),
            ),
        ]

    def __str__(self) -> str:
        return self.get_choice_display()

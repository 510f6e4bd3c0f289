"""One meeting of a circle."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.seats import seats_of
from library.models import Practice, ProgrammePart
from people.models import Person, one_line
from people.time_zones import validate_zone
from practice.models.rhythm import Rhythm
from practice.rules.layout import Skipped

# The table is open so long before the beginning, for those who come early.
OPENS = timedelta(minutes=10)


class SessionQuerySet(models.QuerySet["PracticeSession"]):
    """Chainable reads of meetings."""

    def visible_to(self, person: Person) -> Self:
        """Meetings of the circles in which the person has a seat."""
        return self.filter(circle__in=[seat.circle_id for seat in seats_of(person)])

    def concerning(self, person: Person) -> Self:
        """Those of their circles, and those to which they are a guest, for some days longer."""
        from practice.models.guest import Guest  # the two models know each other

        invited = Guest.objects.filter(person=person).welcome(timezone.now()).values("session")
        own = [seat.circle_id for seat in seats_of(person)]
        return self.filter(Q(circle__in=own) | Q(pk__in=invited))

    def happening(self) -> Self:
        """Not cancelled, in a circle that goes on."""
        return self.filter(cancelled_at__isnull=True, circle__closed_at__isnull=True)

    def to_come(self, now: datetime) -> Self:
        """Not over yet, soonest first."""
        return self.happening().filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> Self:
        """Over, latest first."""
        return self.filter(cancelled_at__isnull=True, ends_at__lte=now).order_by("-starts_at")

    def following(self, session: "PracticeSession") -> Self:
        """This meeting and all that follow in its rhythm."""
        if session.rhythm_id is None:
            return self.filter(pk=session.pk)
        return self.filter(rhythm=session.rhythm_id, number__gte=session.number)

    def called_off_with(self, session: "PracticeSession") -> Self:
        """This meeting and those of its rhythm that a person called off together with it."""
        if session.rhythm_id is None:
            return self.filter(pk=session.pk)
        together = self.filter(rhythm=session.rhythm_id, cancelled_at=session.cancelled_at)
        return together.filter(skipped=Skipped.NOT, cancelled_at__isnull=False)

    def with_answers(self) -> Self:
        """With circle, practice, host and everyone's answer, for the picture of the table."""
        return self.select_related("circle", "practice", "host", "rhythm").prefetch_related(
            "answers"
        )


class PracticeSession(models.Model):
    """When, where, with which practice. `revise` it with each change, for calendars.

    Of a rhythm it is number 1, 2, …; the number stays when the meeting is moved.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="sessions")
    rhythm = models.ForeignKey(
        Rhythm, models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    practice = models.ForeignKey(
        Practice, models.SET_NULL, null=True, blank=True, verbose_name=_("practice")
    )
    # The part of a programme it was given; see `practice.showing.programmes.part_of`.
    programme_part = models.ForeignKey(
        ProgrammePart, models.SET_NULL, null=True, blank=True, editable=False
    )
    host = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("host")
    )
    # Somebody chose who hosts; else it is whoever hosted least.
    host_by_hand = models.BooleanField(default=False, editable=False)
    place = models.CharField(_("place"), max_length=200, blank=True, validators=[one_line])
    link = models.CharField(
        _("link"), max_length=500, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # Since when it stands as it does, when that is not since it was made.
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    # It keeps its moment, whatever becomes of the others.
    moved_by_hand = models.BooleanField(default=False, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    skipped = models.CharField(
        max_length=5,
        blank=True,
        default=Skipped.NOT,
        choices=[(one.value, one.value) for one in Skipped],
        editable=False,
    )
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="session_ends_after_it_begins",
                condition=Q(ends_at__gt=models.F("starts_at")),
            ),
            models.UniqueConstraint(
                fields=["rhythm", "number"], name="session_number_once_in_a_rhythm"
            ),
            models.UniqueConstraint(
                fields=["circle", "starts_at"],
                condition=Q(cancelled_at__isnull=True),
                name="session_one_at_a_time",
            ),
            models.CheckConstraint(
                name="session_skipped_is_called_off",
                condition=Q(skipped=Skipped.NOT)
                | Q(skipped__in=[Skipped.PAUSE, Skipped.SPARE], cancelled_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], name="session_starts_at"),
            models.Index(fields=["circle", "starts_at"], name="session_of_circle"),
        ]

    def __str__(self) -> str:
        return f"{self.circle}, {self.starts_at:%Y-%m-%d %H:%M} UTC"

    def get_absolute_url(self) -> str:
        """The meeting's own page."""
        return reverse("practice:session", args=[self.pk])

    def revise(self) -> None:
        """Count a change of what calendars show; unsaved, like the change itself."""
        self.sequence += 1
        self.changed_at = timezone.now()

    @property
    def is_near(self) -> bool:
        """Whether one should go to the table: from shortly before the beginning to the end."""
        is_on = self.starts_at - OPENS <= timezone.now() < self.ends_at
        return is_on and not self.is_cancelled

    @property
    def minutes(self) -> int:
        """How long it lasts, in minutes."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def is_paused(self) -> bool:
        """Whether it rests because its rhythm does."""
        return self.skipped == Skipped.PAUSE

    @property
    def may_come_back(self) -> bool:
        """Whether a person called it off and its time is still to come."""
        return self.is_cancelled and not self.skipped and not self.has_begun

    @property
    def comes_again(self) -> bool:
        """Whether it is one of several."""
        return self.rhythm is not None and self.rhythm.every != Rhythm.Every.ONCE

    @property
    def is_over(self) -> bool:
        """Whether its end has passed."""
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        """Whether its beginning has passed."""
        return self.starts_at <= timezone.now()

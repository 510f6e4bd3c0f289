"""A forming round: people of a congregation raise a hand, and a whole set of crews is formed."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle, Membership
from crews.rules.lengths import LEAST_MEETINGS, MOST_MEETINGS, USUAL_MEETINGS
from people.models import Person, one_line
from people.time_zones import validate_zone, zone_info
from practice.models import PracticeSession

LEAST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 60, 90, 120
MOST_WEEKS = 4
LEAST_DAYS, USUAL_DAYS, MOST_DAYS = 2, 7, 21


class FormingRoundQuerySet(models.QuerySet["FormingRound"]):
    """Chainable reads of rounds."""

    def going_on(self) -> Self:
        """Neither ended nor called off, in a congregation that goes on."""
        return self.filter(
            ended_at__isnull=True, called_off_at__isnull=True, congregation__closed_at__isnull=True
        )

    def visible_to(self, person: Person) -> Self:
        """Rounds of congregations in which the person has a seat; one that waits for consent only
        to whoever asked for it and to stewards."""
        seats = Membership.objects.present().filter(
            person=person, circle=OuterRef("congregation_id")
        )
        consented = Q(opened_at__isnull=False) | Q(opened_by=person) | Exists(seats.stewards())
        return self.filter(Exists(seats), consented)


class FormingRound(models.Model):
    """One season's forming, from the call for hands to crews that have begun.

    Asked for (waits for a steward's consent) → open (hands until `closes_at`) → being drawn
    (stewards look at proposals) → published (each says yes or steps out until `answers_due`;
    then a second proposal mends what is left, with a date of its own) → ended. It can be called
    off until crews have begun. `version` rises with each change of the proposal, so that of two
    stewards who move somebody at once one is told.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a steward")
        OPEN = "open", _("hands are going up")
        DRAWING = "drawing", _("tables are being set")
        PUBLISHED = "published", _("waits for answers")
        ENDED = "ended", _("over")
        CALLED_OFF = "called_off", _("called off")

    congregation = models.ForeignKey(Circle, models.CASCADE, related_name="forming_rounds")
    title = models.CharField(_("name"), max_length=80, validators=[one_line])
    words = models.TextField(_("a few words"), max_length=600, blank=True)
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Since when hands go up: at once when a steward opens it, else when one consents.
    opened_at = models.DateTimeField(null=True, blank=True)
    consented_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gathering = models.ForeignKey(
        PracticeSession, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closes_at = models.DateTimeField(_("hands until"))
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    # What the crews begin with.
    weeks = models.PositiveSmallIntegerField(_("weeks from one meeting to the next"), default=2)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=USUAL_MINUTES)
    meetings = models.PositiveSmallIntegerField(_("meetings"), default=USUAL_MEETINGS)
    days_to_answer = models.PositiveSmallIntegerField(_("days to answer"), default=USUAL_DAYS)
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    answers_due = models.DateTimeField(null=True, blank=True, editable=False)
    # When the first answers were counted, and when a second proposal went out after that.
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    mended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    called_off_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FormingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("forming round")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["congregation"],
                condition=Q(ended_at__isnull=True, called_off_at__isnull=True),
                name="round_one_at_a_time",
            ),
            models.CheckConstraint(
                name="round_published_with_a_date",
                condition=Q(published_at__isnull=True, answers_due__isnull=True)
                | Q(published_at__isnull=False, answers_due__gt=models.F("published_at")),
            ),
            models.CheckConstraint(
                name="round_what_crews_begin_with",
                condition=Q(
                    weeks__gte=1,
                    weeks__lte=MOST_WEEKS,
                    minutes__gte=LEAST_MINUTES,
                    minutes__lte=MOST_MINUTES,
                    meetings__gte=LEAST_MEETINGS,
                    meetings__lte=MOST_MEETINGS,
                    days_to_answer__gte=LEAST_DAYS,
                    days_to_answer__lte=MOST_DAYS,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The round's page for everybody in the congregation."""
        return reverse("crews:round", args=[self.pk])

    def state(self, now: datetime) -> State:
        """Where it stands."""
        if self.called_off_at:
            return self.State.CALLED_OFF
        if self.ended_at:
            return self.State.ENDED
        if self.published_at:
            return self.State.PUBLISHED
        if self.opened_at is None:
            return self.State.ASKED
        return self.State.OPEN if now < self.closes_at else self.State.DRAWING

    @property
    def zone(self) -> object:
        """The zone by whose clock its dates were chosen."""
        return zone_info(self.time_zone)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Chainable reads of hands in a round."""

    def up(self) -> Self:
        """Hands that are up, of people who are still in the congregation."""
        seats = Membership.objects.present().filter(
            person=OuterRef("person_id"), circle=OuterRef("round__congregation_id")
        )
        return self.filter(Exists(seats), withdrawn_at__isnull=True, person__is_active=True)


class Participant(models.Model):
    """A hand in a round, with what matters for a table.

    Whom somebody would like to sit with, or would rather not, is not of the round: see
    `circles.models.Preference`.
    """

    round = models.ForeignKey(FormingRound, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.CASCADE, related_name="round_hands")
    # Hours of the week by the clock of `time_zone`, as on the person's own page: people.week.
    hours = models.JSONField(_("hours that suit"), default=list, blank=True)
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    interests = models.JSONField(_("interests"), default=list, blank=True)
    word = models.TextField(_("a few words"), max_length=300, blank=True)
    raised_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="participant_once_a_round")
        ]

    def __str__(self) -> str:
        return str(self.person)

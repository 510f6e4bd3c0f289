"""What a round proposes: the job that draws it, its tables, and who would sit where."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crews.models.crew import Crew
from crews.models.round import FormingRound, Participant
from people.models import Person

# A job that has not been heard of for so long has died with its worker.
SILENCE = timedelta(seconds=60)


class DrawingQuerySet(models.QuerySet["Drawing"]):
    def going_on(self) -> Self:
        """Asked for, and neither done nor given up."""
        return self.filter(ended_at__isnull=True)


class Drawing(models.Model):
    """One run of the job that proposes crews: how far it is, for whoever waits.

    One at a time in a round. `heard_at` is the worker's sign of life.
    """

    class Outcome(models.TextChoices):
        NONE = "", _("not ended")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped, with the best so far")
        FAILED = "failed", _("failed")
        OVERTAKEN = "overtaken", _("the round had moved on")

    round = models.ForeignKey(FormingRound, models.CASCADE, related_name="drawings")
    seed = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.NONE, blank=True)
    people = models.PositiveSmallIntegerField(default=0)
    placed = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)

    objects = DrawingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(ended_at__isnull=True),
                name="drawing_one_at_a_time",
            ),
            models.CheckConstraint(
                name="drawing_ended_with_an_outcome",
                condition=Q(ended_at__isnull=True, outcome="")
                | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.asked_at:%Y-%m-%d %H:%M}"

    def is_silent(self, now: datetime) -> bool:
        """Whether no worker has been heard of for so long that there is none at it."""
        return self.ended_at is None and (self.heard_at or self.asked_at) < now - SILENCE


class ProposedCrew(models.Model):
    """A table of the proposal. Once three have said yes it is a crew."""

    round = models.ForeignKey(FormingRound, models.CASCADE, related_name="proposed")
    name = models.CharField(_("name"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True, blank=True)
    # Whom the job put here (ids of participants), whatever stewards moved since.
    drawn = models.JSONField(default=list, blank=True, editable=False)
    # Of the second proposal, which mends what the first one left.
    is_second = models.BooleanField(default=False)
    # Fewer than three had said yes when the date came.
    dissolved_at = models.DateTimeField(null=True, blank=True)
    crew = models.OneToOneField(
        Crew, models.SET_NULL, null=True, blank=True, related_name="proposal"
    )
    # A first evening that suits all who said yes, when the crew began.
    meets_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def is_locked(self) -> bool:
        """Whether drawing again leaves it as it is."""
        return self.locked_at is not None

    def takes_answers(self, now: datetime) -> bool:
        """Whether its people may still say yes, step out or think again."""
        forming = self.round
        return (
            forming.answers_due is not None
            and now < forming.answers_due
            and forming.ended_at is None
            and forming.called_off_at is None
            and self.dissolved_at is None
            and self.is_second == (forming.settled_at is not None)
        )


class ProposedSeatQuerySet(models.QuerySet["ProposedSeat"]):
    def kept(self) -> Self:
        """Seats that somebody still has."""
        return self.exclude(answer__in=ProposedSeat.GIVEN_UP)

    def waiting(self) -> Self:
        """Seats whose people have not answered."""
        return self.filter(answer=ProposedSeat.Answer.WAITING)

    def taken(self) -> Self:
        """Seats whose people said yes and are still in the congregation."""
        return self.filter(answer=ProposedSeat.Answer.YES, participant__in=Participant.objects.up())


class ProposedSeat(models.Model):
    """Somebody's seat at a proposed table, and what they said to it.

    A person has one at most in a round, besides those that are given up. Stepped out without
    an hour of answering: they had not answered when the date came.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", _("not answered")
        YES = "yes", _("yes")
        OUT = "out", _("stepped out")
        FREED = "freed", _("yes, and the table did not come about")

    # Seats that are nobody's any more.
    GIVEN_UP = ("out", "freed")

    proposed = models.ForeignKey(ProposedCrew, models.CASCADE, related_name="seats")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="seats")
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    # When the person was told of this seat; a seat of a second proposal is told anew.
    told_at = models.DateTimeField(null=True, blank=True)

    objects = ProposedSeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=~Q(answer__in=["out", "freed"]),
                name="proposedseat_one_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} at {self.proposed}"

"""A run of meetings that ends by default, what each says near its end, and goodbyes."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crews.models.crew import Crew
from crews.rules.cycles import SECOND_THOUGHTS, Choice
from crews.rules.lengths import USUAL_MEETINGS
from people.models import Person
from practice.models import PracticeSession

LONGEST_WORD, LONGEST_THANKS = 300, 600


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Chainable reads of cycles."""

    def undecided(self) -> Self:
        """Those about which the crew has not said how it goes on."""
        return self.filter(decided_at__isnull=True)

    def alive(self) -> Self:
        """Undecided, in crews that go on and do not rest."""
        return self.undecided().filter(
            crew__closed_at__isnull=True,
            crew__resting_since__isnull=True,
            crew__begun_at__isnull=False,
        )

    def running(self) -> Self:
        """Nobody has been asked yet."""
        return self.alive().filter(asked_at__isnull=True)

    def asking(self) -> Self:
        """Asked, and the answers still closed."""
        return self.alive().filter(asked_at__isnull=False, revealed_at__isnull=True)

    def waiting(self) -> Self:
        """The answers are open and nothing is decided."""
        return self.alive().filter(revealed_at__isnull=False)


class Cycle(models.Model):
    """One cycle of a crew: runs → asked → answers open together → decided.

    Which meetings are its own follows from the crew's rhythms (`crews.services.meetings`).
    `meetings` is how many it counts when no rhythm has a number of its own.
    """

    class Outcome(models.TextChoices):
        NONE = "", _("not decided")
        RENEWED = "renewed", _("renewed")
        PAUSED = "paused", _("at rest")
        SPLIT = "split", _("two crews")
        CLOSED = "closed", _("ended")

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now)
    meetings = models.PositiveSmallIntegerField(default=USUAL_MEETINGS)
    asked_at = models.DateTimeField(null=True, blank=True)
    # The meeting at which the crew looks back, as it was when everybody was asked.
    last = models.ForeignKey(PracticeSession, models.SET_NULL, null=True, related_name="+")
    answers_due = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.NONE, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CycleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crew", "number"], name="cycle_number_once_in_a_crew"),
            models.UniqueConstraint(
                fields=["crew"],
                condition=Q(decided_at__isnull=True),
                name="cycle_one_undecided",
            ),
            models.CheckConstraint(
                name="cycle_asked_with_a_date",
                condition=Q(asked_at__isnull=True, answers_due__isnull=True)
                | Q(asked_at__isnull=False, answers_due__gt=models.F("asked_at")),
            ),
            models.CheckConstraint(
                name="cycle_revealed_after_asking",
                condition=Q(revealed_at__isnull=True) | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="cycle_decided_with_an_outcome",
                condition=Q(decided_at__isnull=True, outcome="")
                | Q(decided_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew}, {self.number}"

    def get_absolute_url(self) -> str:
        """Where its people answer, and read the answers once they are open."""
        return reverse("crews:cycle", args=[self.crew_id, self.number])

    @property
    def is_asking(self) -> bool:
        """Whether answers may be given."""
        return self.asked_at is not None and self.revealed_at is None and self.decided_at is None

    @property
    def is_open(self) -> bool:
        """Whether the answers can be read by those who gave them."""
        return self.revealed_at is not None

    def may_be_taken_back(self, now: datetime) -> bool:
        """Whether the decision is so young that anybody may take it back."""
        return self.decided_at is not None and now < self.decided_at + SECOND_THOUGHTS


class CycleAnswerQuerySet(models.QuerySet["CycleAnswer"]):
    def readable_by(self, person: Person) -> Self:
        """Their own; and of cycles that are open, those of the people they sat with then.

        The one way to read answers: before the opening nobody else's come out of it.
        """
        sat_there = Q(
            cycle__crew__memberships__person=person,
            cycle__crew__memberships__left_at__isnull=True,
            cycle__crew__memberships__joined_at__lte=models.F("cycle__revealed_at"),
        )
        return self.filter(Q(person=person) | sat_there).distinct()


class CycleAnswer(models.Model):
    """What one person says near the end of a cycle. Nobody else's to read before the opening."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="cycle_answers")
    choice = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Choice])
    word = models.CharField(_("a word"), max_length=LONGEST_WORD, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    objects = CycleAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "person"], name="cycleanswer_one_a_person"),
            models.CheckConstraint(
                name="cycleanswer_choice",
                condition=Q(choice__in=[one.value for one in Choice]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}, {self.person_id}"


# How long the last page stays open after a crew has ended.
GOODBYES = timedelta(days=14)


class Parting(models.Model):
    """What somebody says when their crew ends: thanks, what we keep, what they are open to."""

    class OpenTo(models.TextChoices):
        CREW = "crew", _("another crew")
        DYAD = "dyad", _("a dyad")
        CALL = "call", _("calling a crew myself")
        REST = "rest", _("a rest")

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="partings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="partings")
    thanks = models.TextField(_("thanks"), max_length=LONGEST_THANKS, blank=True)
    # Whom the thanks are for; everybody when empty. All who sat there read them.
    thanked = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    keeps = models.TextField(_("what we keep"), max_length=LONGEST_THANKS, blank=True)
    open_to = models.CharField(_("open to"), max_length=4, choices=OpenTo, blank=True)
    word = models.CharField(_("a word"), max_length=LONGEST_WORD, blank=True)
    # Whether stewards of the congregation may know what the person is open to.
    tells_stewards = models.BooleanField(_("stewards may know"), default=False)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crew", "person"], name="parting_one_a_person"),
            models.CheckConstraint(
                name="parting_open_to",
                condition=Q(open_to__in=["", "crew", "dyad", "call", "rest"]),
            ),
            models.CheckConstraint(
                name="parting_tells_only_what_is_said",
                condition=Q(tells_stewards=False) | ~Q(open_to=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.crew}"

"""The look back of a dyad: each says privately how it goes on, and both read it together."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Membership
from dyads.models.dyad import Dyad
from dyads.rules.ending import Choice
from people.models import Person
from practice.models import PracticeSession

LONGEST_WORD, LONGEST_RECEIVED = 300, 600


class LookBackQuerySet(models.QuerySet["LookBack"]):
    """Chainable reads of look backs. What is said in them is read by `LookBackAnswer` only."""

    def alive(self) -> Self:
        """What they are about is not settled yet, in a dyad that goes on."""
        return self.filter(settled_at__isnull=True, dyad__closed_at__isnull=True)

    def asking(self) -> Self:
        """Not both have answered."""
        return self.alive().filter(opened_at__isnull=True)

    def waiting(self, now: datetime) -> Self:
        """Asking, and pressing: one of the two asked, or no meeting is to come.

        Meetings that were set again say enough for the time being, whether or not one of the two
        has answered already: that must not show by what the other finds.
        """
        ahead = PracticeSession.objects.to_come(now).filter(circle=OuterRef("dyad"))
        return self.asking().filter(Q(asked_by__isnull=False) | ~Exists(ahead))

    def opened(self) -> Self:
        """Both have answered, and what follows is not done."""
        return self.alive().filter(opened_at__isnull=False)


class LookBack(models.Model):
    """One look back: asked after the last meeting → both answered and opened → decided."""

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="look_backs")
    asked_at = models.DateTimeField(default=timezone.now)
    # None when the last meeting of the run asked.
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=8, blank=True, choices=[(one.value, one.value) for one in Choice]
    )
    # For a pause: when the two are asked whether they go on.
    pauses_until = models.DateField(null=True, blank=True)
    # What followed is done: meetings are set again, the pause is over, the dyad is closed.
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = LookBackQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dyad"],
                condition=Q(settled_at__isnull=True),
                name="lookback_one_at_a_time",
            ),
            models.CheckConstraint(
                name="lookback_opened_with_an_outcome",
                condition=Q(opened_at__isnull=True, outcome="")
                | (Q(opened_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dyad_id}, {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Where it is answered, and read."""
        return reverse("dyads:look_back", args=[self.dyad_id, self.pk])

    def pause_is_over(self, today: date) -> bool:
        """Whether the day has come on which the two are asked how it goes on."""
        return self.pauses_until is not None and self.pauses_until <= today

    @property
    def is_open(self) -> bool:
        """Whether both have answered."""
        return self.opened_at is not None

    @property
    def is_asking(self) -> bool:
        """Whether answers may be given."""
        return self.opened_at is None and self.settled_at is None


class LookBackAnswerQuerySet(models.QuerySet["LookBackAnswer"]):
    """Chainable reads of answers."""

    def readable_by(self, person: Person) -> Self:
        """Their own; and the other's once both have answered. The one way to read.

        Whoever leaves takes their words along, and reads the other's no more: it takes two
        seats, also in a dyad that has come to its end.
        """
        seats = Membership.objects.present().filter(circle=OuterRef("look_back__dyad"))
        both = Exists(seats.filter(person=person)) & Exists(seats.filter(person=OuterRef("person")))
        theirs = LookBackAnswer.objects.filter(look_back=OuterRef("look_back"), person=person)
        opened = Q(look_back__opened_at__isnull=False) & Exists(theirs) & both
        return self.filter(Q(person=person) | opened)


class LookBackAnswer(models.Model):
    """What one of the two says at the end of a run."""

    look_back = models.ForeignKey(LookBack, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="look_back_answers")
    choice = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Choice])
    received = models.TextField(
        _("what I received from you"), max_length=LONGEST_RECEIVED, blank=True
    )
    word = models.CharField(_("a word"), max_length=LONGEST_WORD, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    objects = LookBackAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["look_back", "person"], name="lookbackanswer_one_a_person"
            ),
            models.CheckConstraint(
                name="lookbackanswer_choice",
                condition=Q(choice__in=[one.value for one in Choice]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.look_back_id}, {self.person_id}"

"""How two people who were paired come together, and the third one where a trio fits."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from dyads.models.dyad import Dyad
from dyads.models.round import PairingRound, Place, ProposedPair
from library.models import Practice
from people.models import Person
from practice.models import PracticeSession


class Introduction(models.Model):
    """Two are told of each other, with times that suit both and a first practice.

    `times` are moments in UTC (ISO 8601), soonest first. `session` is the first meeting, once
    one of the two has taken a time or set another.
    """

    dyad = models.OneToOneField(Dyad, models.CASCADE, related_name="introduction")
    round = models.ForeignKey(PairingRound, models.CASCADE, related_name="introductions")
    made_at = models.DateTimeField(default=timezone.now)
    times = models.JSONField(default=list, blank=True, editable=False)
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="+")
    session = models.ForeignKey(
        PracticeSession, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.dyad)


class DidMeet(models.Model):
    """What one of the two says: whether they met. A no counts as not met, and blames nobody."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="said")
    person = models.ForeignKey(Person, models.CASCADE, related_name="did_meet")
    met = models.BooleanField()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["introduction", "person"], name="didmeet_one_word_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}, {self.person_id}"


class Trio(models.Model):
    """Somebody left over asks a pair to be three. The pair's two say yes or no, until `due_at`."""

    class Outcome(models.TextChoices):
        NONE = "", _("not decided")
        TOGETHER = "together", _("three")
        APART = "apart", _("not this time")

    place = models.OneToOneField(Place, models.CASCADE, related_name="trio")
    pair = models.ForeignKey(ProposedPair, models.CASCADE, related_name="trios")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.NONE, blank=True)
    # A table of three has its own page: the crew that came of it.
    crew = models.ForeignKey(Circle, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pair"],
                condition=~Q(outcome="apart"),
                name="trio_one_third_a_pair",
            ),
            models.CheckConstraint(
                name="trio_decided_with_an_outcome",
                condition=Q(decided_at__isnull=True, outcome="")
                | (Q(decided_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} with {self.pair_id}"


class TrioYes(models.Model):
    """One of the pair says yes to being three. A no ends the question and is nobody's."""

    trio = models.ForeignKey(Trio, models.CASCADE, related_name="yeses")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trio", "person"], name="trioyes_one_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.trio_id}, {self.person_id}"

"""A crew that becomes two: who would sit at which table, and whom that suits."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crews.models.crew import Crew
from people.models import Person, one_line


class SplitQuerySet(models.QuerySet["Split"]):
    """Chainable reads of splits."""

    def open(self) -> Self:
        """Proposed, and neither done nor called off, in crews that go on."""
        return self.filter(ended_at__isnull=True, crew__closed_at__isnull=True)


class Split(models.Model):
    """A proposal to become two. It happens when it suits everybody, and never by itself."""

    class Outcome(models.TextChoices):
        NONE = "", _("not ended")
        HAPPENED = "happened", _("two crews")
        CALLED_OFF = "called_off", _("called off")

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="splits")
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    # Whose hand was up when every seat was taken, and who would get one by this.
    seventh = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    # What the two will be called: the first table keeps the crew's page and its meetings.
    first_name = models.CharField(
        _("name of the first table"), max_length=80, validators=[one_line]
    )
    second_name = models.CharField(
        _("name of the second table"), max_length=80, validators=[one_line]
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    second = models.OneToOneField(Crew, models.SET_NULL, null=True, related_name="split_from")

    objects = SplitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["crew"], condition=Q(ended_at__isnull=True), name="split_one_open_a_crew"
            ),
            models.CheckConstraint(
                name="split_ended_with_an_outcome",
                condition=Q(ended_at__isnull=True, outcome="")
                | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew} → {self.first_name}, {self.second_name}"

    def get_absolute_url(self) -> str:
        """The two tables, for those who would sit at them."""
        return reverse("crews:split", args=[self.crew_id])


class SplitPlace(models.Model):
    """Where one person would sit. `suits_since` is their “this suits me”."""

    split = models.ForeignKey(Split, models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    table = models.PositiveSmallIntegerField()
    suits_since = models.DateTimeField(null=True, blank=True)
    # When they last changed tables, and since when they wait for somebody to change with.
    moved_at = models.DateTimeField(null=True, blank=True)
    would_change_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["split", "person"], name="splitplace_one_a_person"),
            models.CheckConstraint(name="splitplace_at_one_of_two", condition=Q(table__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.table}"

"""With whom somebody would like to sit, and with whom rather not. Nobody else's business."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def of(self, person: Person) -> Self:
        """The person's own."""
        return self.filter(by=person)

    def wishes(self) -> Self:
        """Whom people would like to sit with."""
        return self.filter(kind=Preference.Kind.WISH)

    def refusals(self) -> Self:
        """Whom people would rather not sit with: for forming and pairing, never for showing."""
        return self.filter(kind=Preference.Kind.RATHER_NOT)

    def among(self, people: Iterable[int]) -> Self:
        """Between people (ids) of one group."""
        ids = list(people)
        return self.filter(by__in=ids, whom__in=ids)


class Preference(models.Model):
    """One person's word about another, kept until they change it, at every scale.

    "Rather not" is never shown to anybody but the one who said it, also not by an explanation
    or by what is missing from one; it has no admin class.
    """

    class Kind(models.TextChoices):
        WISH = "wish", _("would like to sit with")
        RATHER_NOT = "rather_not", _("rather not")

    by = models.ForeignKey(Person, models.CASCADE, related_name="preferences")
    whom = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateTimeField(default=timezone.now)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "whom"], name="preference_one_word_a_pair"),
            models.CheckConstraint(
                name="preference_about_somebody_else", condition=~Q(by=models.F("whom"))
            ),
        ]

    def __str__(self) -> str:
        # Says nothing: a log or a list must not tell.
        return f"preference {self.pk}"

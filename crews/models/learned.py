"""A sentence that somebody chose to share out of their crew."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Membership
from crews.models.crew import Crew
from people.models import Person

LONGEST_LEARNED = 300


class LearnedQuerySet(models.QuerySet["Learned"]):
    def visible_to(self, person: Person) -> Self:
        """Their own, also hidden ones; and those of their congregations' crews."""
        homes = Membership.objects.present().filter(person=person).values("circle")
        return self.filter(
            Q(person=person) | Q(crew__parent__in=homes, hidden_at__isnull=True)
        ).distinct()


class Learned(models.Model):
    """What one person's crew has taught them, for their congregation.

    Nobody's name stands beside it; the crew's does where the person says so.
    """

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="learned")
    person = models.ForeignKey(Person, models.CASCADE, related_name="learned_in_crews")
    words = models.CharField(_("what you learned"), max_length=LONGEST_LEARNED)
    names_crew = models.BooleanField(_("name the crew"), default=False)
    shared_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = LearnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-shared_at", "-pk"]

    def __str__(self) -> str:
        return self.words

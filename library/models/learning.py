"""What a circle that held a practice chose to say about it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from library.models.practice import Practice, homes_of
from people.models import Person

LONGEST_LEARNING = 300


class LearningQuerySet(models.QuerySet["Learning"]):
    def visible_to(self, person: Person) -> Self:
        """Their own; those of their circles, and of their congregations' crews and dyads."""
        homes = homes_of(person)
        near = Q(circle__in=homes) | Q(circle__parent__in=homes)
        return self.filter(Q(person=person) | near & Q(hidden_at__isnull=True))


class Learning(models.Model):
    """One sentence of one person, about their circle's evening with a practice.

    Read by the circle's congregation, else by the circle alone. Nobody's name stands beside it;
    the circle's does where the person says so (a dyad is nobody's business but its own).
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="learnings")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="learnings")
    words = models.CharField(_("what you learned"), max_length=LONGEST_LEARNING)
    names_circle = models.BooleanField(_("name the circle"), default=False)
    shared_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = LearningQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-shared_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "circle", "person"], name="learning_one_a_person_and_circle"
            )
        ]

    def __str__(self) -> str:
        return self.words

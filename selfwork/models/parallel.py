"""Between self-work and the tables: what one notes of a meeting, and the line one carries out."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle, Membership
from people.models import Person
from practice.models import PracticeSession
from selfwork.vault import SealedField

LONGEST_LINE = 400


class Noticed(models.Model):
    """Which part of me was there? A private note to a meeting of a dyad or crew. Sealed."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="selfwork_noticed")
    session = models.ForeignKey(PracticeSession, models.SET_NULL, null=True, related_name="+")
    words = SealedField()
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return "a private note"


class CarriedLineQuerySet(models.QuerySet["CarriedLine"]):
    def readable_by(self, person: Person) -> Self:
        """Lines in circles where the person sits, unless they were taken back; and their own."""
        seats = Membership.objects.present().filter(person=person, circle=OuterRef("circle_id"))
        return self.filter(Q(owner=person) | Q(Exists(seats), taken_back_at__isnull=True))


class CarriedLine(models.Model):
    """One sentence that its owner chose to carry into a dyad or crew. In plain text, since it is
    told; nothing says where in self-work it comes from."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="carried_lines")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="carried_lines")
    words = models.CharField(_("the sentence"), max_length=LONGEST_LINE)
    carried_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = CarriedLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-carried_at", "-pk"]

    def __str__(self) -> str:
        return "a line"

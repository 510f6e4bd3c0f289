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
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "session"], name="noticed_once_a_meeting")
        ]

    def __str__(self) -> str:
        return "a private note"


class CarriedLineQuerySet(models.QuerySet["CarriedLine"]):
    def readable_by(self, person: Person) -> Self:
        """The person's own lines, and those that lay where they sit when they were carried.

        Whoever sat down later was not named when the owner chose, and does not read it; whoever
        left, and the people of a circle that has ended, read it no longer.
        """
        seats = Membership.objects.present().filter(circle=OuterRef("circle_id"))
        mine = seats.filter(person=person, joined_at__lte=OuterRef("carried_at"))
        theirs = seats.filter(person=OuterRef("owner_id"))
        told = Q(Exists(mine)) & Q(Exists(theirs)) & Q(circle__closed_at__isnull=True)
        return self.filter(Q(owner=person) | told)


class CarriedLine(models.Model):
    """One sentence that its owner chose to carry into a dyad or crew. In plain text, since it is
    told; nothing says where in self-work it comes from. One at a time lies in a circle; taken back,
    it is deleted."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="carried_lines")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="carried_lines")
    words = models.CharField(_("the sentence"), max_length=LONGEST_LINE)
    carried_at = models.DateTimeField(default=timezone.now)

    objects = CarriedLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-carried_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "circle"], name="carried_line_one_a_circle")
        ]

    def __str__(self) -> str:
        return "a line"

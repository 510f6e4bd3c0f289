"""A person's seat in a circle."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Circle
from circles.scales import Scale, seats_within_law
from people.models import Person


class MembershipQuerySet(models.QuerySet["Membership"]):
    def present(self) -> Self:
        """Seats taken now."""
        return self.filter(left_at__isnull=True)

    def of(self, person: Person) -> Self:
        """Seats of one person."""
        return self.filter(person=person)

    def stewards(self) -> Self:
        """Seats of those who look after their congregation."""
        return self.filter(is_steward=True)

    def at_table(self) -> Self:
        """With the people, in the order of the seats."""
        return self.select_related("person").order_by("seat")


class Membership(models.Model):
    """One seat, from the day it was taken to the day it was left.

    Seats are numbered, so that the database itself keeps a crew at six and a dyad at two: a
    number is taken once, and the law of the scale bounds the numbers. `scale` repeats the
    circle's for the sake of that bound.
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    scale = models.CharField(max_length=12, choices=Scale, editable=False)
    seat = models.PositiveSmallIntegerField(_("seat"))
    is_steward = models.BooleanField(_("steward"), default=False)
    joined_at = models.DateTimeField(_("since"), default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="membership_seat_within_law", condition=seats_within_law("seat", fewest=False)
            ),
            models.UniqueConstraint(
                fields=["circle", "seat"],
                condition=Q(left_at__isnull=True),
                name="membership_seat_taken_once",
            ),
            models.UniqueConstraint(
                fields=["circle", "person"],
                condition=Q(left_at__isnull=True),
                name="membership_one_seat_a_person",
            ),
            models.CheckConstraint(
                name="membership_only_congregations_have_stewards",
                condition=Q(is_steward=False) | Q(scale=Scale.CONGREGATION),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "circle"],
                condition=Q(left_at__isnull=True),
                name="membership_present",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.circle}"

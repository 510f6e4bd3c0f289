"""A group that practises together."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.scales import LAWS, Law, Scale, seats_within_law
from people.models import Person, one_line

# Where each scale's own app shows a circle. Names, not imports: the scales stand above.
PAGES = {
    Scale.SELF: "selfwork:index",
    Scale.DYAD: "dyads:dyad",
    Scale.CREW: "crews:crew",
    Scale.CONGREGATION: "congregation:congregation",
}


class CircleQuerySet[C: "Circle"](models.QuerySet[C]):
    """Chainable reads. Subclasses of Circle use it too, hence `circle_ptr` is never named."""

    def open(self) -> Self:
        """Circles that have not come to their end."""
        return self.filter(closed_at__isnull=True)

    def of(self, person: Person) -> Self:
        """Circles in which the person has a seat now."""
        return self.filter(Exists(_presence(person)))

    def looked_after_by(self, person: Person) -> Self:
        """Open congregations the person stewards; all, for who looks after the installation."""
        congregations = self.open().filter(scale=Scale.CONGREGATION)
        if person.is_staff:
            return congregations
        return congregations.filter(Exists(_presence(person).filter(is_steward=True)))

    def visible_to(self, person: Person) -> Self:
        """Circles whose page the person may open: their own, and crews of their congregations.

        A dyad is the two people's own; a congregation is its members'. What is *said* in a crew
        is shown to members only: see `circles.access`.
        """
        own = Q(Exists(_presence(person)))
        neighbouring_crew = Q(scale=Scale.CREW, closed_at__isnull=True) & Q(
            Exists(_presence(person, outer="parent_id"))
        )
        return self.filter(own | neighbouring_crew)

    def with_size(self) -> Self:
        """Annotates `size`, the number of people with a seat now."""
        from circles.models.membership import Membership  # the two models know each other

        seated = (
            Membership.objects.present()
            .filter(circle=OuterRef("pk"))
            .order_by()
            .values("circle")
            .annotate(people=Count("pk"))
            .values("people")
        )
        return self.annotate(
            size=Coalesce(models.Subquery(seated), 0, output_field=models.IntegerField())
        )

    def smaller_than(self, people: int) -> Self:
        """Circles with fewer people; annotates `size`."""
        return self.with_size().filter(Q(("size__lt", people)))

    def fullest_first(self) -> Self:
        """Ordered by people, then by name; annotates `size`."""
        return self.with_size().order_by(models.F("size").desc(), "name")

    def with_open_seats(self) -> Self:
        """Open circles that have room; annotates `size`."""
        return self.open().with_size().filter(size__lt=models.F("seats"))


def _presence(person: Person, *, outer: str = "pk") -> models.QuerySet[models.Model]:
    from circles.models.membership import Membership

    return Membership.objects.present().filter(person=person, circle=OuterRef(outer))


class Circle(models.Model):
    """One Circle, four scales. Crew, Dyad, Congregation and SelfCircle extend it."""

    scale = models.CharField(max_length=12, choices=Scale, editable=False)
    name = models.CharField(_("name"), max_length=80, validators=[one_line])
    intention = models.TextField(_("intention"), max_length=1000, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", editable=False
    )
    created_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Set by `with_size`.
    size: int

    objects = CircleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="circle_seats_within_law", condition=seats_within_law("seats", fewest=True)
            ),
            models.CheckConstraint(
                name="circle_only_small_ones_have_a_parent",
                condition=Q(parent__isnull=True) | Q(scale__in=[Scale.DYAD, Scale.CREW]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The circle's own page, in the app of its scale."""
        return reverse(PAGES[Scale(self.scale)], args=[] if self.scale == Scale.SELF else [self.pk])

    @property
    def law(self) -> Law:
        """The size law of its scale."""
        return LAWS[self.scale]

    @property
    def is_open(self) -> bool:
        """Whether it has not come to its end."""
        return self.closed_at is None

"""A congregation: people enough that crews can form, few enough that nobody is a stranger."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from circles.models import Circle, JoinRequest
from circles.models.circle import CircleQuerySet
from circles.scales import LAWS, Scale
from people.models import Person

LAW = LAWS[Scale.CONGREGATION]
FEWEST, MOST = LAW.fewest_seats, LAW.most


class CongregationQuerySet(CircleQuerySet["Congregation"]):
    """Chainable reads, besides those that all circles have."""

    def listed(self) -> Self:
        """Those that anybody signed in may find and ask."""
        return self.open().filter(is_listed=True)

    def askable_by(self, person: Person) -> Self:
        """Listed ones, and those that were listed when the person asked."""
        asked = JoinRequest.objects.waiting().filter(person=person, circle=OuterRef("pk"))
        return self.open().filter(Q(is_listed=True) | Exists(asked))


class Congregation(Circle):
    """The container. Its crews are its `children`; `seats` is its own upper bound.

    `least` is the size from which it calls itself a congregation and no longer a beginning.
    Seed: thirty to two hundred people; the handbook now says from fifteen.
    """

    about = models.TextField(
        _("about"),
        max_length=2000,
        blank=True,
        help_text=_("For somebody who thinks about asking: who you are, what you do together."),
    )
    is_listed = models.BooleanField(
        _("may be found"),
        default=False,
        help_text=_("Anybody who is signed in can find it and ask to join. Stewards answer."),
    )
    least = models.PositiveSmallIntegerField(_("people it needs"), default=LAW.least)

    objects: ClassVar = CongregationQuerySet.as_manager()

    class Meta:
        verbose_name = _("congregation")
        verbose_name_plural = _("congregations")
        constraints: ClassVar = [
            # `seats` stands in the table of Circle, so `clean` and the services compare the two.
            models.CheckConstraint(
                name="congregation_least_within_law",
                condition=Q(least__gte=FEWEST, least__lte=MOST),
            )
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args:
            kwargs.setdefault("scale", Scale.CONGREGATION)
            kwargs.setdefault("seats", MOST)
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        check_bounds(least=self.least, seats=self.seats)

    @property
    def is_full(self) -> bool:
        """Whether every seat is taken; wants a queryset `with_size()`."""
        return bool(self.size >= self.seats)


class ItsCrew(Circle):
    """A crew as its congregation knows it: that it meets, not what it says."""

    class Meta:
        proxy = True
        verbose_name = _("crew")
        verbose_name_plural = _("crews")


def check_bounds(*, least: int | None, seats: int | None) -> None:
    """Raise ValidationError unless 15 ≤ least ≤ seats ≤ 200 (people)."""
    if least is None or seats is None:
        return
    for field, value in (("least", least), ("seats", seats)):
        if not FEWEST <= value <= MOST:
            raise ValidationError(
                {
                    field: _("Choose a number from {fewest} to {most}.").format(
                        fewest=FEWEST, most=MOST
                    )
                }
            )
    if least > seats:
        raise ValidationError(
            {
                "least": _("It cannot need more people than it has seats ({seats}).").format(
                    seats=seats
                )
            }
        )

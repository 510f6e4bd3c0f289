"""The four scales and their size laws. Nothing else in the house states a size.

Source: the seed talk. A crew is as many as can hold one conversation at one dinner table
(at eight it breaks in two); a congregation is large enough for crews to form in and small
enough that people are not strangers.
"""

from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class Scale(TextChoices):
    """How large a circle is, and so what it is good for."""

    SELF = "self", _("Self")
    DYAD = "dyad", _("Dyad")
    CREW = "crew", _("Crew")
    CONGREGATION = "congregation", _("Congregation")


@dataclass(frozen=True, slots=True)
class Law:
    """Sizes in people. Below `least` a circle is still forming; above `most` it never goes."""

    least: int
    most: int
    ideal: int
    # The fewest seats a circle of this scale may set for itself as its own upper bound.
    fewest_seats: int

    def missing(self, size: int) -> int:
        """How many people are missing before the circle is what its scale says."""
        return max(0, self.least - size)


LAWS: dict[str, Law] = {
    Scale.SELF: Law(least=1, most=1, ideal=1, fewest_seats=1),
    Scale.DYAD: Law(least=2, most=2, ideal=2, fewest_seats=2),
    Scale.CREW: Law(least=3, most=6, ideal=5, fewest_seats=3),
    # A congregation may set its own bound inside 15 to 200; the handbook's newer number is 15.
    Scale.CONGREGATION: Law(least=30, most=200, ideal=60, fewest_seats=15),
}


def may_practise(scale: str, size: int) -> bool:
    """Whether a circle of this size may schedule sessions.

    A dyad needs its second and a crew its third; a congregation gathers while it grows.
    """
    return size >= (LAWS[scale].least if scale in {Scale.DYAD, Scale.CREW} else 1)


def relationships(people: int) -> int:
    """How many pairs know each other in a group: n(n−1)/2. It is why crews are small."""
    return people * (people - 1) // 2


def seats_within_law(field: str, *, fewest: bool) -> Q:
    """The size laws as one database condition on `field` beside a `scale` column.

    `fewest` holds a circle's own bound (a crew may offer 3 to 6 seats); without it the number
    of one seat (a crew has seats 1 to 6).
    """
    condition = Q()
    for scale, law in LAWS.items():
        lowest = law.fewest_seats if fewest else 1
        condition |= Q(("scale", scale), (f"{field}__gte", lowest), (f"{field}__lte", law.most))
    return condition

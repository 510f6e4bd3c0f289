"""A dyad: two people who take equal turns."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from people.models import Person


class Dyad(Circle):
    """What a dyad has besides its two seats.

    `pair` holds the two ids, the lower first, while the dyad is open or asked for: two people
    are one dyad at a time. It is empty for an invitation to an address until the second sits
    down.
    """

    pair = models.CharField(max_length=41, blank=True, editable=False)
    agreements = models.TextField(_("what we agreed"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("dyad")
        verbose_name_plural = _("dyads")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(pair__gt=""), name="dyad_one_a_pair"
            )
        ]


def pair_of(one: Person, other: Person) -> str:
    """The pair's own key, whoever asked whom."""
    low, high = sorted((one.pk, other.pk))
    return f"{low}-{high}"

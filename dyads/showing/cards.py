"""Dyads in a list, seen by one of the two."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from circles.models import Invitation, Membership
from dyads.models import Dyad
from people.models import Person

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class DyadCard:
    """A dyad in a list, seen by one of the two."""

    dyad: Dyad
    other: Person | None
    asked: str = ""

    @property
    def title(self) -> str:
        """ "You and Oisín", or whom one has asked."""
        if self.other is not None:
            return _("You and {other}").format(other=self.other.first_name)
        return _("You asked {other}").format(other=self.asked) if self.asked else self.dyad.name


def others(dyads: list[Dyad], reader: Person) -> dict[int, Person]:
    """The other one of each dyad, where they have sat down."""
    seats = Membership.objects.present().filter(circle__in=dyads).exclude(person=reader)
    return {seat.circle_id: seat.person for seat in seats.select_related("person")}


def my_dyads(person: Person) -> list[DyadCard]:
    """Open dyads of the person, those waiting for an answer last."""
    dyads = list(Dyad.objects.open().of(person).fullest_first()[:MOST_SHOWN])
    other = others(dyads, person)
    asked = {
        invitation.circle_id: str(invitation.person or invitation.email)
        for invitation in Invitation.objects.waiting()
        .filter(circle__in=dyads)
        .select_related("person")
    }
    return [DyadCard(dyad, other.get(dyad.pk), asked.get(dyad.pk, "")) for dyad in dyads]

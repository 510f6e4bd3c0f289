"""What services of dyads share."""

from circles.models import Circle, Membership
from people.models import Person


def seats_of(dyad: Circle) -> list[Membership]:
    """The seats that are taken, with the people."""
    return list(Membership.objects.present().filter(circle=dyad.pk).at_table())


def sitting(dyad: Circle) -> list[Person]:
    """The two, in the order of their seats."""
    return [seat.person for seat in seats_of(dyad)]

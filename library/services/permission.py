"""Who may publish where, and where somebody may offer what they wrote."""

from django.db.models import Q

from circles.models import Circle
from circles.scales import Scale
from circles.seats import seats_of
from circles.services import present
from people.models import Person


def may_publish(home: Circle, person: Person) -> bool:
    """Stewards, and who looks after the installation, for a congregation; anybody who sits
    there for a crew."""
    if home.scale == Scale.CREW:
        return home.is_open and present(home, person)
    return Circle.objects.looked_after_by(person).filter(pk=home.pk).exists()


def possible_homes(person: Person) -> list[Circle]:
    """Where the person may offer: their congregations, and crews that stand in none."""
    return [
        seat.circle
        for seat in seats_of(person)
        if seat.circle.is_open
        and (
            seat.scale == Scale.CONGREGATION
            or (seat.scale == Scale.CREW and seat.circle.parent_id is None)
        )
    ]


def publishers_of(home: Circle) -> list[Person]:
    """Those who are told when somebody offers a practice there."""
    seats = home.memberships.present().filter(Q(is_steward=True) | ~Q(scale=Scale.CONGREGATION))
    return [seat.person for seat in seats.at_table()]

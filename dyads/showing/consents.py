"""What a congregation may know: who practises together, where both allow it."""

from circles.models import Circle, Membership
from congregation.models import Congregation
from congregation.showing.parts import Part
from dyads.models import Consent, Dyad
from people.models import Person

MOST = 24
Pair = tuple[Person, Person]


def pairs_shown(congregation: Circle, most: int | None = None) -> list[Pair]:
    """Pairs of the congregation who practise together and both let it know, by name.

    An end, a leaving or a consent taken back takes the pair out at once. Two questions.
    """
    dyads = Dyad.objects.shown_in(congregation).order_by("name", "pk")[:most]
    seats = Membership.objects.present().filter(circle__in=[dyad.pk for dyad in dyads]).at_table()
    people: dict[int, list[Person]] = {dyad.pk: [] for dyad in dyads}
    for seat in seats:
        people[seat.circle_id].append(seat.person)
    return [(pair[0], pair[1]) for pair in people.values() if len(pair) == 2]


def practise_together(congregation: Congregation, reader: Person, is_steward: bool) -> Part | None:
    """Pairs who let the congregation know; the same for everybody in it."""
    pairs = pairs_shown(congregation, MOST)
    return Part("dyads/_practise_together.html", pairs) if pairs else None


def allows(dyad: Dyad, person: Person) -> bool:
    """Whether the person lets the congregation know."""
    return Consent.objects.filter(dyad=dyad, person=person).exists()

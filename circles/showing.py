"""What a page shows of with whom somebody would like to sit. For their own eyes only."""

from circles.models import Preference
from circles.services.preferences import people_known_to
from people.models import Person

MOST = 600


def people_and_said(person: Person) -> tuple[list[Person], dict[int, str]]:
    """Everybody the person sits with anywhere, or has said something about, by name; and the
    kind of what they said, by the other's id."""
    said = dict(Preference.objects.of(person).values_list("whom", "kind"))
    others = Person.objects.filter(pk__in=people_known_to(person) - said.keys())
    people = [*Person.objects.filter(pk__in=said), *others.order_by("name", "pk")[:MOST]]
    return sorted(people, key=lambda one: (one.name, one.pk)), said

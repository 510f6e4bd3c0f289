"""People as the rules of shared hours know them."""

from people.models import Person
from practice.rules.shared_hours import Member


def member_of(person: Person) -> Member:
    """Somebody's id, clock, and the hours of the week that suit them by it."""
    return Member(person.pk, person.zone, frozenset(person.suitable_hours))

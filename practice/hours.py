"""People as the rules of shared hours know them."""

from collections.abc import Sequence
from datetime import datetime

from people.models import Person
from people.wall_clock import moment
from practice.rules.shared_hours import Member


def member_of(person: Person) -> Member:
    """Somebody's id, clock, and the hours of the week that suit them by it."""
    return Member(person.pk, person.zone, frozenset(person.suitable_hours))


def whose_clock_keeps(at: datetime, people: Sequence[Person]) -> Person:
    """Whose wall keeps the hour of a rhythm: the first's; another's where theirs shows it twice."""
    for person in people:
        wall = at.astimezone(person.zone)
        if moment(wall.date(), wall.time(), person.zone) == at:
            return person
    return people[0]

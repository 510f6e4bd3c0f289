"""People and circles for tests: plain functions, real services, nothing random."""

from itertools import count
from typing import Any

from circles.models import Circle, Membership
from circles.scales import Scale
from circles.services import take_seat
from people.models import Person

_numbers = count(1)


def make_person(name: str = "", **fields: Any) -> Person:
    """Somebody who can sign in with the password "a long enough one"."""
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    return Person.objects.create_user(
        password="a long enough one", name=name or f"Person {number}", **fields
    )


def make_congregation(by: Person | None = None, people: int = 0, **fields: Any) -> Any:
    """A congregation founded by `by` (else a new steward), with `people` more members."""
    from congregation.services import found

    fields.setdefault("name", "Estuary")
    congregation = found(by=by or make_person("Steward"), **fields)
    sit(congregation, *(make_person() for _ in range(people)))
    return congregation


def make_bare_crew(parent: Circle | None = None, people: int = 0, **fields: Any) -> Circle:
    """A circle of the crew's scale, without what the crews app adds; `people` new ones in it."""
    fields.setdefault("name", "Slow Kettle")
    crew = Circle.objects.create(scale=Scale.CREW, parent=parent, seats=6, **fields)
    if people:
        first, *others = [make_person() for _ in range(people)]
        if parent is not None:
            sit(parent, first, *others)
        take_seat(circle=crew, person=first)
        sit(crew, *others)
    return crew


def sit(circle: Circle, *people: Person) -> None:
    """Seat people in a circle that is only being furnished, for a hundredth of the price.

    These are the rows that `take_seat` writes where nothing has happened yet: no meeting, no
    hand, no offer, no cycle at its end. The first at a crew's table and the second of a dyad
    bring more with them, and take theirs. `test_factories` compares the two.
    """
    taken = set(circle.memberships.present().values_list("seat", flat=True))
    free = (number for number in count(1) if number not in taken)
    Membership.objects.bulk_create(
        Membership(circle=circle, person=person, scale=circle.scale, seat=seat)
        for person, seat in zip(people, free, strict=False)
    )

"""People and circles for tests: plain functions, real services, nothing random."""

from itertools import count
from typing import Any

from circles.models import Circle
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
    for _ in range(people):
        take_seat(circle=congregation, person=make_person())
    return congregation


def make_bare_crew(parent: Circle | None = None, people: int = 0, **fields: Any) -> Circle:
    """A circle of the crew's scale, without what the crews app adds; `people` new ones in it."""
    fields.setdefault("name", "Slow Kettle")
    crew = Circle.objects.create(scale=Scale.CREW, parent=parent, seats=6, **fields)
    for _ in range(people):
        person = make_person()
        if parent is not None:
            take_seat(circle=parent, person=person)
        take_seat(circle=crew, person=person)
    return crew

"""What makes tests quick makes nothing else than the services do."""

from typing import Any

import pytest
from django.apps import apps

from circles.models import Circle
from circles.services import take_seat
from crews import services as crews
from people.models import Person
from tests.factories import make_congregation, make_person, sit

pytestmark = pytest.mark.django_db


def one_by_one(circle: Circle, *people: Person) -> None:
    for person in people:
        take_seat(circle=circle, person=person)


def rows() -> dict[str, Any]:
    """How many rows there are of everything; and who sits where."""
    found: dict[str, Any] = {
        model._meta.label: model._default_manager.count() for model in apps.get_models()
    }
    seats = Circle.objects.filter(memberships__isnull=False).order_by("memberships")
    found["seats"] = [
        (*row[:-1], row[-1] is None)
        for row in seats.values_list(
            "name",
            "memberships__person__name",
            "memberships__scale",
            "memberships__seat",
            "memberships__is_steward",
            "memberships__left_at",
        )
    ]
    return found


def test_to_sit_is_to_take_a_seat_where_nothing_has_happened_yet() -> None:
    found = []
    for way in (one_by_one, sit):
        people = [make_person(name) for name in "ABCD"]
        estuary = make_congregation(by=people[0])
        way(estuary, *people[1:])
        crew = crews.call(by=people[1], name="C", intention="x", seats=6, parent=estuary)
        way(crew, *people[2:])
        found.append(rows())
        Circle.objects.filter(parent__isnull=False).delete()
        Circle.objects.all().delete()
        Person.objects.all().delete()
    assert found[0] == found[1]

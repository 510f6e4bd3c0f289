"""What of a congregation waits for somebody on Today."""

import pytest

from circles.services import ask_to_join, take_seat
from congregation.waiting.stewards import asking, panel
from pages.registry import waiting, ways
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def test_both_are_known_to_every_page() -> None:
    assert asking in waiting.sources
    assert panel in ways.sources


def test_a_steward_reads_that_people_ask() -> None:
    congregation, member = make_congregation(name="Estuary 🐟"), make_person()
    take_seat(circle=congregation, person=member)
    assert list(asking(congregation.created_by)) == []
    ask_to_join(circle=congregation, by=make_person())
    (one,) = asking(congregation.created_by)
    assert one.heading == "Somebody asks to join Estuary 🐟"
    ask_to_join(circle=congregation, by=make_person())
    (two,) = asking(congregation.created_by)
    assert two.heading == "2 people ask to join Estuary 🐟"
    assert list(asking(member)) == []


def test_the_way_to_the_panel_is_the_stewards() -> None:
    congregation, member = make_congregation(), make_person()
    take_seat(circle=congregation, person=member)
    assert [way.url for way in panel(congregation.created_by)] == ["/steward/"]
    assert list(panel(member)) == []

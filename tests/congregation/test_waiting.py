"""What of a congregation waits for somebody on Today."""

import pytest

from circles.services import ask_to_join, invite, take_seat
from congregation.waiting import asking, invited
from pages.registry import waiting
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def test_both_are_known_to_today() -> None:
    assert asking in waiting.sources
    assert invited in waiting.sources


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


def test_somebody_invited_reads_the_words() -> None:
    congregation, newcomer = make_congregation(by=make_person("Inês Sá")), make_person()
    invite(circle=congregation, by=congregation.created_by, person=newcomer, message="Come!")
    (found,) = invited(newcomer)
    assert (found.heading, found.said) == ("Inês invites you to Estuary", "Come!")
    assert list(invited(make_person())) == []

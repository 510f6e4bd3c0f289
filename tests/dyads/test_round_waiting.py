"""What pairing has for Today, for a congregation's page, and for a steward's pulse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle
from circles.services import take_seat
from congregation.pulse import pulse_of
from dyads.models import PairingRound, Place
from dyads.services import places
from people.models import Person
from people.services import set_hours
from tests.congregation.pages import signed_in, text
from tests.dyads.rounds import make_round, taking_part
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db
Answer = Place.Answer


@pytest.fixture
def estuary() -> Circle:
    congregation: Circle = make_congregation()
    return congregation


def steward_of(congregation: Circle) -> Person:
    assert congregation.created_by is not None
    return congregation.created_by


def today(person: Person) -> str:
    return text(signed_in(person).get(reverse("home:today")))


def congregation_page(person: Person, congregation: Circle) -> str:
    return text(signed_in(person).get(congregation.get_absolute_url()))


def proposed(round: PairingRound) -> None:
    PairingRound.objects.filter(pk=round.pk).update(
        pairs_at=timezone.now(), proposed_at=timezone.now()
    )


def test_today_tells_asks_and_stops_when_there_is_an_answer(estuary: Circle) -> None:
    taker, other = taking_part(estuary), make_person()
    take_seat(circle=estuary, person=other)
    assert "pair" not in today(taker)
    round = make_round(estuary)
    assert "You’ll be paired on" in today(taker)
    assert "Would you like to be paired with somebody?" in today(other)
    round.places.update(must_say_yes=True)
    assert "Shall we pair you this time?" in today(taker)
    places.answer(round=round, by=taker, answer=Answer.IN)
    places.answer(round=round, by=other, answer=Answer.SKIP)
    assert "pair" not in today(taker) + today(other)
    set_hours(person=taker, hours=[])
    assert "and we do not know your hours" in today(taker)


def test_the_page_of_ones_dyads_says_that_a_pairing_comes(estuary: Circle) -> None:
    other = make_person()
    take_seat(circle=estuary, person=other)
    round, page = make_round(estuary), reverse("dyads:index")
    assert "Would you like to be paired with somebody?" in text(signed_in(other).get(page))
    places.answer(round=round, by=other, answer=Answer.IN)
    said_yes = text(signed_in(other).get(page))
    assert "You’ll be paired on" in said_yes
    assert round.get_absolute_url() in said_yes
    places.answer(round=round, by=other, answer=Answer.SKIP)
    assert round.get_absolute_url() not in text(signed_in(other).get(page))


def test_pairs_wait_for_stewards_alone(estuary: Circle) -> None:
    taker = taking_part(estuary)
    round = make_round(estuary)
    assert pulse_of([estuary.pk])[0].heading != "The pairs for Estuary are found"
    proposed(round)
    assert "The pairs for Estuary are found" in today(steward_of(estuary))
    assert "The pairs for Estuary are found" not in today(taker)
    assert "The pairs for Estuary are found" in [one.heading for one in pulse_of([estuary.pk])]
    PairingRound.objects.update(published_at=timezone.now())
    assert "The pairs for Estuary are found" not in today(steward_of(estuary))


def test_a_congregations_page_has_the_round_in_one_press_else_how_to_be_paired(
    estuary: Circle,
) -> None:
    taker, other = taking_part(estuary), make_person()
    take_seat(circle=estuary, person=other)
    assert "You take part in pairing" in congregation_page(taker, estuary)
    page = congregation_page(other, estuary)
    assert "Meet one person at a time" in page
    assert "Open a round of pairing" not in page
    assert "Open a round of pairing" in congregation_page(steward_of(estuary), estuary)
    round = make_round(estuary)
    answer = reverse("dyads:answer_round", args=[round.pk])
    for person in (taker, other):
        assert answer in congregation_page(person, estuary)
    places.answer(round=round, by=other, answer=Answer.IN)
    page = congregation_page(other, estuary)
    assert "You are in." in page
    assert answer not in page
    proposed(round)
    assert "A steward looks at them" in congregation_page(other, estuary)
    assert "Look at the pairs" in congregation_page(steward_of(estuary), estuary)


def test_today_asks_as_much_for_three_congregations_as_for_one(estuary: Circle) -> None:
    person = taking_part(estuary)
    make_round(estuary)
    client = signed_in(person)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("home:today"))
        counts.append(len(found))
        for _ in range(2):
            more = make_congregation()
            take_seat(circle=more, person=person)
            make_round(more)
    assert counts[0] == counts[1]

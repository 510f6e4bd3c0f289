"""Raising a hand, and what becomes of it."""

import pytest
from django.urls import reverse

from circles import errors
from circles.models import Circle, JoinRequest
from circles.services import (
    accept_request,
    ask_to_join,
    decline_request,
    leave,
    take_seat,
    withdraw_request,
)
from congregation.models import Congregation
from crews.models import Crew
from notifications.models import Notice
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.tables import make_crew
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def estuary() -> Congregation:
    congregation: Congregation = make_congregation()
    return congregation


@pytest.fixture
def crew(estuary: Congregation) -> Crew:
    return make_crew(parent=estuary, people=2)


@pytest.fixture
def asker(estuary: Congregation) -> Person:
    asker = make_person("Halvard 🦊 Ås", time_zone="Asia/Kathmandu")
    take_seat(circle=estuary, person=asker)
    return asker


def table(circle: Circle) -> list[Person]:
    return [seat.person for seat in circle.memberships.present().at_table()]


def told(kind: str) -> set[str]:
    return {notice.to for notice in Notice.objects.filter(kind=kind)}


def ask_page(circle: Circle) -> str:
    return reverse("circles:ask", args=[circle.pk])


# --- what holds whoever presses what --------------------------------------------------------


def test_everybody_at_the_table_is_told_of_a_raised_hand(crew: Crew, asker: Person) -> None:
    ask_to_join(circle=crew, by=asker)
    assert told("circles.asked") == {person.email for person in table(crew)}


def test_of_a_congregation_only_the_stewards_are_told(estuary: Congregation) -> None:
    take_seat(circle=estuary, person=make_person())
    ask_to_join(circle=estuary, by=make_person())
    assert told("circles.asked") == {estuary.created_by.email}  # type: ignore[union-attr]


def test_a_hand_is_raised_once(crew: Crew, asker: Person) -> None:
    ask_to_join(circle=crew, by=asker)
    with pytest.raises(errors.AlreadyAsked):
        ask_to_join(circle=crew, by=asker)
    assert crew.requests.count() == 1


def test_after_not_now_one_may_ask_again(crew: Crew, asker: Person) -> None:
    decline_request(request=ask_to_join(circle=crew, by=asker), by=table(crew)[0])
    ask_to_join(circle=crew, by=asker)
    assert crew.requests.waiting().count() == 1


def test_nobody_raises_a_hand_for_a_table_of_strangers(crew: Crew, asker: Person) -> None:
    for circle, person in ((crew, make_person()), (make_crew(), asker)):
        with pytest.raises(errors.NotAllowed):
            ask_to_join(circle=circle, by=person)
    assert not JoinRequest.objects.exists()


def test_whoever_sits_there_needs_no_raised_hand(crew: Crew) -> None:
    with pytest.raises(errors.AlreadyInside):
        ask_to_join(circle=crew, by=table(crew)[1])


def test_at_a_full_table_no_hand_goes_up(estuary: Congregation, asker: Person) -> None:
    full = make_crew(parent=estuary, people=2, seats=3)
    with pytest.raises(errors.NoSeatLeft):
        ask_to_join(circle=full, by=asker)


def test_yes_gives_a_seat_and_everybody_concerned_is_told(crew: Crew, asker: Person) -> None:
    answering, *others = table(crew)
    request = ask_to_join(circle=crew, by=asker)
    accept_request(request=request, by=answering)
    request.refresh_from_db()
    assert (request.state, request.answered_by) == ("accepted", answering)
    assert table(crew)[-1] == asker
    assert told("circles.answered") == {asker.email}
    assert told("circles.joined") == {person.email for person in others}


def test_not_now_gives_no_seat_and_the_asker_alone_is_told(crew: Crew, asker: Person) -> None:
    request = ask_to_join(circle=crew, by=asker)
    decline_request(request=request, by=table(crew)[0])
    assert asker not in table(crew)
    assert told("circles.answered") == {asker.email}
    assert told("circles.joined") == set()


def test_only_those_inside_answer(crew: Crew, estuary: Congregation, asker: Person) -> None:
    request = ask_to_join(circle=crew, by=asker)
    for outsider in (asker, make_person(), estuary.created_by):
        with pytest.raises(errors.NotAllowed):
            accept_request(request=request, by=outsider)  # type: ignore[arg-type]
    request.refresh_from_db()
    assert request.state == JoinRequest.State.WAITING


@pytest.mark.parametrize("first", [accept_request, decline_request])
@pytest.mark.parametrize("second", [accept_request, decline_request])
def test_one_answer_holds(crew: Crew, asker: Person, first: object, second: object) -> None:
    one, other, *_ = table(crew)
    request = ask_to_join(circle=crew, by=asker)
    first(request=request, by=one)  # type: ignore[operator]
    was_seated = asker in table(crew)
    with pytest.raises(errors.AlreadyAnswered):
        second(request=request, by=other)  # type: ignore[operator]
    request.refresh_from_db()
    assert request.answered_by == one
    assert (asker in table(crew)) is was_seated is (first is accept_request)


def test_a_hand_hears_when_the_last_seat_is_taken(estuary: Congregation, asker: Person) -> None:
    crew = make_crew(parent=estuary, people=1, seats=3)
    request = ask_to_join(circle=crew, by=asker)
    take_seat(circle=crew, person=make_person())
    with pytest.raises(errors.AlreadyAnswered):
        accept_request(request=request, by=table(crew)[0])
    request.refresh_from_db()
    assert request.state == JoinRequest.State.DECLINED
    assert told("circles.answered") == set()
    assert told("crews.no_seat") == {asker.email}


def test_a_yes_for_a_seat_that_is_gone_leaves_the_hand_up(
    estuary: Congregation, asker: Person
) -> None:
    crew = make_crew(parent=estuary, people=5)
    request = ask_to_join(circle=crew, by=asker)
    with pytest.raises(errors.NoSeatLeft):
        accept_request(request=request, by=table(crew)[0])
    request.refresh_from_db()
    assert request.state == JoinRequest.State.WAITING
    assert told("circles.answered") == set()


def test_a_hand_that_came_down_cannot_be_answered(crew: Crew, asker: Person) -> None:
    request = ask_to_join(circle=crew, by=asker)
    with pytest.raises(errors.NotAllowed):
        withdraw_request(request=request, by=table(crew)[0])
    withdraw_request(request=request, by=asker)
    with pytest.raises(errors.AlreadyAnswered):
        accept_request(request=request, by=table(crew)[0])
    with pytest.raises(errors.AlreadyAnswered):
        withdraw_request(request=request, by=asker)
    assert asker not in table(crew)
    assert told("circles.answered") == set()


# --- pages ----------------------------------------------------------------------------------


def test_raising_a_hand_and_taking_it_down(crew: Crew, asker: Person) -> None:
    client = signed_in(asker)
    assert "Raise my hand" in text(client.get(ask_page(crew)))
    words = text(client.post(ask_page(crew), {"message": "Bread & <salt> 🍞"}, follow=True))
    assert "Your hand is up. You will hear by mail" in words
    assert "Take my hand down" in text(client.get(ask_page(crew)))
    request = crew.requests.get()
    assert (request.message, request.state) == ("Bread & <salt> 🍞", "waiting")
    withdraw = reverse("circles:withdraw_request", args=[request.pk])
    assert "Your hand is down again" in text(client.post(withdraw, follow=True))
    assert "Raise my hand" in text(client.get(ask_page(crew)))


def test_too_many_words_stay_on_the_page(crew: Crew, asker: Person) -> None:
    response = signed_in(asker).post(ask_page(crew), {"message": "é" * 601})
    assert response.status_code == 422
    assert "é" * 601 in text(response)
    assert not crew.requests.exists()


def test_raising_a_hand_twice_is_explained(crew: Crew, asker: Person) -> None:
    client = signed_in(asker)
    client.post(ask_page(crew), {"message": "First."})
    words = text(client.post(ask_page(crew), {"message": "Second."}, follow=True))
    assert "You have already asked" in words
    assert crew.requests.get().message == "First."


def test_raising_a_hand_for_a_full_table_is_explained(estuary: Congregation, asker: Person) -> None:
    crew = make_crew(parent=estuary, people=2, seats=3)
    words = text(signed_in(asker).post(ask_page(crew), {"message": ""}, follow=True))
    assert "every seat here is taken now" in words


def test_whoever_sits_there_is_led_to_the_table(crew: Crew) -> None:
    response = signed_in(table(crew)[0]).get(ask_page(crew))
    assert (response.status_code, response["Location"]) == (303, crew.get_absolute_url())


def test_the_page_of_a_raised_hand_shows_who_and_what(crew: Crew, asker: Person) -> None:
    request = ask_to_join(circle=crew, by=asker, message="I bake <slowly>.")
    words = text(signed_in(table(crew)[1]).get(request.get_absolute_url()))
    assert "Halvard 🦊 Ås asks for a seat" in words
    assert "I bake &lt;slowly&gt;." in words
    assert "Lives by Kathmandu time" in words
    assert "Yes, welcome Halvard" in words


def test_the_asker_and_people_outside_do_not_see_that_page(crew: Crew, asker: Person) -> None:
    request = ask_to_join(circle=crew, by=asker)
    for outsider in (asker, make_person()):
        assert signed_in(outsider).get(request.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("answer", "said", "seated"),
    [
        ("yes", "Halvard has a seat now", True),
        ("no", "Halvard hears from us, kindly, that it is not now", False),
    ],
)
def test_answering_on_the_page(
    crew: Crew, asker: Person, answer: str, said: str, seated: bool
) -> None:
    request = ask_to_join(circle=crew, by=asker)
    client = signed_in(table(crew)[0])
    url = request.get_absolute_url()
    assert said in text(client.post(url, {"answer": answer}, follow=True))
    assert (asker in table(crew)) is seated


def test_the_second_to_answer_reads_that_somebody_was_quicker(crew: Crew, asker: Person) -> None:
    request = ask_to_join(circle=crew, by=asker)
    first, second, *_ = table(crew)
    signed_in(first).post(request.get_absolute_url(), {"answer": "no"})
    client = signed_in(second)
    words = text(client.get(request.get_absolute_url()))
    assert "This has been answered: not now." in words
    assert "Yes, welcome" not in words
    words = text(client.post(request.get_absolute_url(), {"answer": "yes"}, follow=True))
    assert "This was answered, taken back" in words
    assert asker not in table(crew)


def test_nobody_takes_down_the_hand_of_another(crew: Crew, asker: Person) -> None:
    request = ask_to_join(circle=crew, by=asker)
    url = reverse("circles:withdraw_request", args=[request.pk])
    assert signed_in(table(crew)[0]).post(url).status_code == 404
    assert signed_in(asker).get(url).status_code == 405
    request.refresh_from_db()
    assert request.state == JoinRequest.State.WAITING


def test_leaving_is_asked_about_first(crew: Crew) -> None:
    going = table(crew)[1]
    client, url = signed_in(going), reverse("circles:leave", args=[crew.pk])
    assert "Your seat becomes free" in text(client.get(url))
    assert going in table(crew)
    assert "Your seat is free again" in text(client.post(url, follow=True))
    assert going not in table(crew)


def test_the_only_steward_reads_why_leaving_must_wait(estuary: Congregation, asker: Person) -> None:
    client = signed_in(estuary.created_by)  # type: ignore[arg-type]
    url = reverse("circles:leave", args=[estuary.pk])
    assert "You are the only steward" in text(client.post(url, follow=True))
    leave(circle=estuary, by=asker)
    assert "You are the last one here" in text(client.get(url))

"""Calling a crew, changing it, writing down what was agreed."""

import pytest
from django.urls import reverse

from circles.errors import CircleClosed, NotAllowed
from circles.services import close, leave, take_seat
from crews import services
from crews.models import Crew
from crews.rules.agreements import Texts
from people.models import Person
from tests.congregation.pages import options, signed_in, text
from tests.crews.tables import make_crew
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db

CALL = reverse("crews:call")
WORDS = {
    "name": "Bread & Salt 🍞",
    "intention": "To bake <slowly>.",
    "seats": "4",
    "rhythm_in_words": "every other Tuesday",
    "meetings": "6",
}


def mate(crew: Crew, seat: int = 1) -> Person:
    return crew.memberships.present().get(seat=seat).person


# --- calling --------------------------------------------------------------------------------


def test_the_caller_has_the_first_seat() -> None:
    caller = make_person()
    response = signed_in(caller).post(CALL, WORDS, follow=True)
    crew = Crew.objects.get()
    assert "The table is set, and the first seat is yours." in text(response)
    assert "Bread &amp; Salt 🍞" in text(response)
    assert "To bake &lt;slowly&gt;." in text(response)
    assert "A crew begins with three: 2 more." in text(response)
    assert (crew.caller, crew.parent, crew.seats) == (caller, None, 4)
    assert mate(crew) == caller


def test_calling_in_ones_congregation() -> None:
    caller = make_person()
    estuary = make_congregation(by=caller, name="Estuary 🐟")
    assert "Estuary 🐟" in text(signed_in(caller).get(CALL))
    signed_in(caller).post(CALL, {**WORDS, "parent": estuary.pk})
    assert Crew.objects.get().parent_id == estuary.pk


def test_only_ones_own_congregations_are_offered_and_taken() -> None:
    caller, other = make_person(), make_person()
    left, ended = make_congregation(by=other, people=1), make_congregation(by=caller)
    for congregation in (left, make_congregation(by=other, name="Elsewhere")):
        take_seat(circle=congregation, person=caller)
    leave(circle=left, by=caller)
    close(circle=ended, by=caller)
    stranger = make_congregation(by=other)
    crew = make_crew(by=caller)
    elsewhere = caller.memberships.get(circle__name="Elsewhere").circle_id
    offered = options(text(signed_in(caller).get(CALL)), "parent")
    assert offered == {"", str(elsewhere)}
    for circle in (left, ended, stranger, crew):
        response = signed_in(caller).post(CALL, {**WORDS, "parent": circle.pk})
        assert response.status_code == 422
        assert "Bread &amp; Salt 🍞" in text(response)
    assert Crew.objects.get() == crew


def test_the_rule_itself_keeps_strangers_from_calling_there() -> None:
    with pytest.raises(NotAllowed):
        services.call(
            by=make_person(), name="Bread", intention="", seats=5, parent=make_congregation()
        )
    assert not Crew.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "two\nlines"),
        ("name", "two\u2028lines"),
        ("name", "x" * 81),
        ("intention", "  "),
        ("intention", "x" * 1001),
        ("seats", "2"),
        ("seats", "7"),
        ("seats", "many"),
        ("rhythm_in_words", "x" * 121),
        ("parent", "nonsense"),
    ],
)
def test_what_does_not_do_is_explained_and_the_rest_is_kept(field: str, value: str) -> None:
    congregation = make_congregation()
    response = signed_in(congregation.created_by).post(CALL, {**WORDS, field: value})
    assert response.status_code == 422
    page = text(response)
    assert f'id="id_{field}_error"' in page
    kept = {"intention": "To bake &lt;slowly&gt;.", "rhythm_in_words": "every other Tuesday"}
    assert all(words in page for name, words in kept.items() if name != field)
    assert not Crew.objects.exists()


@pytest.mark.parametrize("name", ["🫖", "Ты и я", "مقهى", "x" * 80])
def test_a_crew_may_have_any_name(name: str) -> None:
    caller = make_person()
    response = signed_in(caller).post(CALL, {**WORDS, "name": name}, follow=True)
    assert f"<h1>{name}</h1>" in text(response)


@pytest.mark.parametrize("chosen", ["", "nonsense", "999999", "-1"])
def test_an_odd_address_still_shows_the_form(chosen: str) -> None:
    response = signed_in(make_person()).get(CALL, {"congregation": chosen})
    assert response.status_code == 200
    assert "Set the table" in text(response)


# --- changing -------------------------------------------------------------------------------


def test_any_crewmate_changes_it() -> None:
    crew = make_crew(people=2)
    client, url = signed_in(mate(crew, 3)), reverse("crews:edit", args=[crew.pk])
    assert "Slow Kettle 🫖" in text(client.get(url))
    words = text(client.post(url, {**WORDS, "seats": "3"}, follow=True))
    assert "<h1>Bread &amp; Salt 🍞</h1>" in words
    assert "Every seat is taken." in words
    crew.refresh_from_db()
    assert (crew.seats, crew.rhythm_in_words) == (3, "every other Tuesday")


def test_seats_stay_as_many_as_are_taken() -> None:
    crew = make_crew(people=4)
    client, url = signed_in(mate(crew)), reverse("crews:edit", args=[crew.pk])
    response = client.post(url, {**WORDS, "seats": "4"})
    assert response.status_code == 422
    assert "More people than that are here already." in text(response)
    assert "Bread &amp; Salt 🍞" in text(response)
    crew.refresh_from_db()
    assert (crew.seats, crew.name) == (6, "Slow Kettle 🫖")
    assert client.post(url, {**WORDS, "seats": "5"}).status_code == 303


def test_only_crewmates_change_and_agree() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2)
    steward = estuary.created_by
    gone = mate(crew, 3)
    leave(circle=crew, by=gone)
    for outsider in (steward, gone, make_person()):
        with pytest.raises(NotAllowed):
            services.agree(crew=crew, by=outsider, texts=Texts("Mine."))
        with pytest.raises(NotAllowed):
            services.change(
                crew=crew, by=outsider, name="Mine", intention="", seats=6, rhythm_in_words=""
            )
    crew.refresh_from_db()
    assert (crew.name, crew.editions.count()) == ("Slow Kettle 🫖", 0)


def test_what_has_ended_is_changed_no_more() -> None:
    crew = make_crew(people=2)
    close(circle=crew, by=mate(crew))
    with pytest.raises(CircleClosed):
        services.agree(crew=crew, by=mate(crew), texts=Texts("Late."))
    url = reverse("crews:edit", args=[crew.pk])
    response = signed_in(mate(crew)).post(url, WORDS)
    assert response.status_code == 422
    assert "This circle has come to its end." in text(response)


def test_people_on_high_chairs_move_up_when_a_table_becomes_smaller() -> None:
    crew = make_crew(people=4)
    leave(circle=crew, by=mate(crew, 1))
    client, url = signed_in(mate(crew, 2)), reverse("crews:edit", args=[crew.pk])
    assert client.post(url, {**WORDS, "seats": "4"}).status_code == 303
    seats = crew.memberships.present().values_list("seat", flat=True)
    assert sorted(seats) == [1, 2, 3, 4]

"""What members see and do on the pages of a congregation."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles.models import InvitationLink
from circles.services import ask_to_join, take_seat
from congregation.models import Congregation
from congregation.picture import room
from congregation.services import make_steward
from congregation.showing.congregation import size_in_words
from tests.congregation.pages import page, signed_in, text
from tests.factories import make_bare_crew, make_congregation, make_person

pytestmark = pytest.mark.django_db


def test_the_page_shows_crews_with_their_seats() -> None:
    congregation = make_congregation(by=make_person("Inês"))
    make_bare_crew(parent=congregation, people=2, name="Bread 🍞")
    make_bare_crew(parent=congregation, people=6, name="Night Shift")
    closed = make_bare_crew(parent=congregation, people=3, name="Long Gone")
    closed.closed_at = closed.created_at
    closed.save()
    make_bare_crew(people=3, name="Somebody else’s")
    words = text(signed_in(congregation.created_by).get(page("congregation", congregation)))
    assert "Bread 🍞" in words
    assert "2 people at the table, 1 more and it can begin" in words
    assert "6 people at the table, every seat is taken" in words
    assert words.count("Raise a hand<") == 1
    assert "Long Gone" not in words
    assert "Somebody else’s" not in words


def test_only_stewards_see_the_way_to_the_panel() -> None:
    congregation, member = make_congregation(is_listed=True), make_person()
    take_seat(circle=congregation, person=member)
    ask_to_join(circle=congregation, by=make_person())
    panel = reverse("admin:index")
    steward_sees = text(signed_in(congregation.created_by).get(page("congregation", congregation)))
    assert panel in steward_sees
    assert "Somebody asks to join" in steward_sees
    member_sees = text(signed_in(member).get(page("congregation", congregation)))
    assert panel not in member_sees
    assert "asks to join" not in member_sees


def test_size_is_said_gently() -> None:
    congregation = Congregation(name="Estuary", least=30)
    assert "first one here" in size_in_words(congregation, 1)
    assert "From about 30" in size_in_words(congregation, 12)
    assert "1,225 pairs" in size_in_words(congregation, 50)


@pytest.mark.parametrize("people", [0, 1, 2, 30, 200])
def test_everybody_has_a_place_in_the_picture(people: int) -> None:
    dots = room(people)
    assert len(set(dots)) == people
    assert all(dot.x**2 + dot.y**2 < 95**2 for dot in dots)


def test_the_list_of_people_can_be_searched_by_name_and_place() -> None:
    congregation = make_congregation()
    for name, zone in (("Mere Tāmati", "Pacific/Auckland"), ("Rosa", "America/New_York")):
        take_seat(circle=congregation, person=make_person(name, time_zone=zone))
    client = signed_in(congregation.created_by)
    assert "Rosa" not in text(client.get(page("people", congregation), {"q": "mere"}))
    assert "Rosa" in text(client.get(page("people", congregation), {"q": "New York"}))
    assert "Nobody by that name" in text(client.get(page("people", congregation), {"q": "zzz%_"}))


def test_htmx_gets_the_list_alone() -> None:
    congregation = make_congregation()
    client = signed_in(congregation.created_by)
    words = text(client.get(page("people", congregation), headers={"HX-Request": "true"}))
    assert words.strip().startswith('<div id="people"')


def test_the_list_of_people_has_pages() -> None:
    congregation = make_congregation(people=45)
    client = signed_in(congregation.created_by)
    first = text(client.get(page("people", congregation)))
    second = text(client.get(page("people", congregation), {"page": 2}))
    assert first.count('class="face"') == 40
    assert second.count('class="face"') == 6
    assert client.get(page("people", congregation), {"page": "nonsense"}).status_code == 200


def test_a_person_can_be_invited_to_a_dyad_but_not_oneself() -> None:
    congregation, member = make_congregation(), make_person("Mere")
    take_seat(circle=congregation, person=member)
    client = signed_in(congregation.created_by)
    theirs = reverse("congregation:person", args=[congregation.pk, member.pk])
    mine = reverse("congregation:person", args=[congregation.pk, congregation.created_by.pk])
    invitation = reverse("dyads:invite", args=[congregation.pk, member.pk])
    assert invitation in text(client.get(theirs))
    assert "Invite" not in text(client.get(mine))


def test_a_page_of_a_person_names_only_circles_that_both_share() -> None:
    congregation, member = make_congregation(), make_person("Mere")
    take_seat(circle=congregation, person=member)
    shared, private = make_bare_crew(name="Slow Kettle"), make_bare_crew(name="Very Private")
    for person in (member, congregation.created_by):
        take_seat(circle=shared, person=person)
    take_seat(circle=private, person=member)
    url = reverse("congregation:person", args=[congregation.pk, member.pk])
    words = text(signed_in(congregation.created_by).get(url))
    assert "Slow Kettle" in words
    assert "Very Private" not in words


def test_changing_what_it_says() -> None:
    congregation = make_congregation()
    client = signed_in(congregation.created_by)
    words = {"name": "Delta 🌾", "intention": "", "about": "New", "least": 20, "seats": 40}
    assert client.post(page("edit", congregation), words).status_code == 303
    congregation.refresh_from_db()
    assert (congregation.name, congregation.least, congregation.seats) == ("Delta 🌾", 20, 40)


@pytest.mark.parametrize(("least", "seats"), [(14, 40), (30, 20), (30, 201), (30, "many")])
def test_bounds_that_do_not_do_are_explained(least: int, seats: int | str) -> None:
    congregation = make_congregation()
    words = {"name": "Delta", "least": least, "seats": seats}
    response = signed_in(congregation.created_by).post(page("edit", congregation), words)
    assert response.status_code == 422
    assert "<h1>" in text(response)
    congregation.refresh_from_db()
    assert (congregation.name, congregation.seats) == ("Estuary", 200)


def test_too_few_seats_for_those_who_are_there_is_explained_beside_the_field() -> None:
    congregation = make_congregation(people=16)
    words = {"name": "Delta", "least": 15, "seats": 15}
    response = signed_in(congregation.created_by).post(page("edit", congregation), words)
    assert response.status_code == 422
    assert "More people than that are here already" in text(response)


def test_the_link_is_made_shown_renewed_and_ended() -> None:
    congregation, newcomer = make_congregation(), make_person()
    client = signed_in(congregation.created_by)
    client.post(page("renew_link", congregation))
    first = InvitationLink.objects.get(ended_at=None).get_absolute_url()
    assert first in text(client.get(page("link", congregation)))
    client.post(page("renew_link", congregation))
    second = InvitationLink.objects.get(ended_at=None).get_absolute_url()
    assert signed_in(newcomer).post(first).status_code == 404
    assert signed_in(newcomer).post(second).status_code == 303
    assert congregation.memberships.present().of(newcomer).exists()
    client.post(page("end_link", congregation))
    assert signed_in(make_person()).get(second).status_code == 404


def test_a_second_steward_may_do_the_same() -> None:
    congregation, second = make_congregation(), make_person()
    take_seat(circle=congregation, person=second)
    make_steward(congregation=congregation, person=second, by=congregation.created_by)
    assert signed_in(second).get(page("edit", congregation)).status_code == 200


# --- as many questions for fifty as for three ---------------------------------------------


def questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["congregation", "people"])
def test_as_many_queries_with_fifty_people_and_crews_as_with_three(name: str) -> None:
    steward = make_person()
    congregation = make_congregation(by=steward, people=3)
    for _ in range(3):
        make_bare_crew(parent=congregation, people=1)
    client = signed_in(steward)
    few = questions(client, page(name, congregation))
    for _ in range(12):
        make_bare_crew(parent=congregation, people=3)
    assert questions(client, page(name, congregation)) == few <= 17


def test_as_many_queries_with_fifty_listed_as_with_three() -> None:
    founder, client = make_person(), signed_in(make_person())
    for _ in range(3):
        make_congregation(by=founder, is_listed=True)
    few = questions(client, reverse("congregation:find"))
    for _ in range(47):
        make_congregation(by=founder, is_listed=True)
    # Paging asks once more, and not once a row.
    assert questions(client, reverse("congregation:find")) <= few + 1


def test_my_crews_and_three_more_stand_there_and_the_rest_is_folded_but_all_there() -> None:
    congregation = make_congregation(by=make_person("Inês"))
    names = ["Ash", "Birch", "Cedar", "Damson", "Elder"]
    for name in names:
        make_bare_crew(parent=congregation, people=3, name=name)
    words = text(signed_in(congregation.created_by).get(page("congregation", congregation)))
    unfolded, folded = words.split("All other crews")
    assert [name for name in names if name in unfolded] == ["Cedar", "Damson", "Elder"]
    assert [name for name in names if name in folded] == ["Ash", "Birch"]
    Congregation.objects.get(pk=congregation.pk).children.filter(name="Ash").delete()
    words = text(signed_in(congregation.created_by).get(page("congregation", congregation)))
    assert "All other crews" not in words
    assert "Birch" in words

"""What people see and do on the pages of a congregation."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles.models import InvitationLink, JoinRequest
from circles.services import ask_to_join, invite, take_seat
from congregation.models import Congregation
from congregation.picture import room
from congregation.services import make_steward
from congregation.showing import size_in_words
from people.models import Person
from tests.factories import make_bare_crew, make_congregation, make_person

pytestmark = pytest.mark.django_db

INSIDE = ["congregation", "people"]
FOR_STEWARDS = ["edit", "link"]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, congregation: Congregation) -> str:
    return reverse(f"congregation:{name}", args=[congregation.pk])


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


# --- who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*INSIDE, *FOR_STEWARDS, "ask"])
def test_a_visitor_is_asked_to_sign_in(name: str, client: Client) -> None:
    response = client.get(page(name, make_congregation(is_listed=True)))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("name", [*INSIDE, *FOR_STEWARDS])
@pytest.mark.parametrize("is_listed", [True, False])
def test_outsiders_are_told_it_is_not_there(name: str, is_listed: bool) -> None:
    congregation = make_congregation(is_listed=is_listed)
    for outsider in (make_person(), make_congregation().created_by):
        assert signed_in(outsider).get(page(name, congregation)).status_code == 404


@pytest.mark.parametrize("name", INSIDE)
def test_members_may_come_in(name: str) -> None:
    congregation = make_congregation(people=1)
    for seat in congregation.memberships.select_related("person"):
        assert signed_in(seat.person).get(page(name, congregation)).status_code == 200


@pytest.mark.parametrize("name", FOR_STEWARDS)
def test_a_member_who_is_no_steward_may_not(name: str) -> None:
    member, congregation = make_person(), make_congregation()
    take_seat(circle=congregation, person=member)
    assert signed_in(member).get(page(name, congregation)).status_code == 403
    assert signed_in(congregation.created_by).get(page(name, congregation)).status_code == 200


@pytest.mark.parametrize("name", ["renew_link", "end_link"])
def test_the_link_is_the_stewards_to_change(name: str) -> None:
    member, congregation = make_person(), make_congregation()
    take_seat(circle=congregation, person=member)
    assert signed_in(make_person()).post(page(name, congregation)).status_code == 404
    assert signed_in(member).post(page(name, congregation)).status_code == 403
    assert signed_in(congregation.created_by).get(page(name, congregation)).status_code == 405
    assert signed_in(congregation.created_by).post(page(name, congregation)).status_code == 303


def test_a_person_is_shown_to_those_who_share_the_congregation() -> None:
    congregation = make_congregation()
    member, other = make_person("Mere 🌊 Tāmati", pronouns="she/her"), make_person("Rory")
    for person in (member, other):
        take_seat(circle=congregation, person=person)
    url = reverse("congregation:person", args=[congregation.pk, member.pk])
    assert "Mere 🌊 Tāmati" in text(signed_in(other).get(url))
    assert signed_in(make_person()).get(url).status_code == 404
    elsewhere = make_congregation(by=other)
    stranger = reverse("congregation:person", args=[elsewhere.pk, member.pk])
    assert signed_in(other).get(stranger).status_code == 404


def test_a_released_person_is_not_shown_any_more() -> None:
    congregation = make_congregation(people=1)
    seat = congregation.memberships.last()
    url = reverse("congregation:person", args=[congregation.pk, seat.person.pk])
    seat.left_at = seat.joined_at
    seat.save()
    assert signed_in(congregation.created_by).get(url).status_code == 404


# --- ways in --------------------------------------------------------------------------------


def test_with_one_congregation_the_way_leads_straight_there() -> None:
    congregation = make_congregation()
    response = signed_in(congregation.created_by).get(reverse("congregation:index"))
    assert (response.status_code, response["Location"]) == (303, page("congregation", congregation))


def test_with_none_one_sees_invitations_and_what_is_listed() -> None:
    newcomer = make_person()
    listed = make_congregation(name="Hill & Harbour", is_listed=True)
    hidden = make_congregation(name="Quiet Cove")
    inviting = make_congregation(name="Estuary 🐟")
    invite(circle=inviting, by=inviting.created_by, email=newcomer.email, message="Come!")
    words = text(signed_in(newcomer).get(reverse("congregation:index")))
    assert "Hill &amp; Harbour" in words
    assert "Estuary 🐟" in words
    assert "Come!" in words
    assert hidden.name not in words
    assert page("ask", listed) in words


def test_an_invitation_keeps_the_ways_in_visible_to_a_member() -> None:
    member, inviting = make_person(), make_congregation(name="Estuary")
    make_congregation(by=member)
    invite(circle=inviting, by=inviting.created_by, person=member)
    response = signed_in(member).get(reverse("congregation:index"))
    assert response.status_code == 200
    assert "A seat is kept for you" in text(response)


def test_searching_for_one_by_name() -> None:
    make_congregation(name="Hill & Harbour", is_listed=True)
    make_congregation(name="Two Rivers", is_listed=True)
    url = reverse("congregation:find")
    words = text(signed_in(make_person()).get(url, {"q": "river"}, headers={"HX-Request": "true"}))
    assert "Two Rivers" in words
    assert "Harbour" not in words
    assert "<html" not in words


def test_founding_one() -> None:
    founder = make_person()
    client = signed_in(founder)
    words = {"name": "Estuary 🐟", "intention": "To be here.", "is_listed": "on"}
    response = client.post(reverse("congregation:found"), words)
    congregation = Congregation.objects.get()
    assert response["Location"] == page("congregation", congregation)
    assert congregation.is_listed
    assert "Estuary 🐟" in text(client.get(response["Location"]))


@pytest.mark.parametrize("name", ["", "two\nlines", "x" * 81, "a\x00b"])
def test_a_name_that_does_not_do_is_kept_and_explained(name: str) -> None:
    words = {"name": name, "intention": "To be <here>."}
    response = signed_in(make_person()).post(reverse("congregation:found"), words)
    assert response.status_code == 422
    assert "To be &lt;here&gt;." in text(response)
    assert not Congregation.objects.exists()


def test_asking_and_taking_it_back() -> None:
    newcomer = make_person()
    congregation = make_congregation(is_listed=True, about="We meet twice a year.")
    client = signed_in(newcomer)
    assert "We meet twice a year." in text(client.get(page("ask", congregation)))
    client.post(page("ask", congregation), {"message": "I know Tomasz 🦊."})
    words = text(client.get(page("ask", congregation)))
    assert "You have asked" in words
    assert "I know Tomasz 🦊." in words
    request = JoinRequest.objects.get()
    response = client.post(reverse("circles:withdraw_request", args=[request.pk]), follow=True)
    assert response.status_code == 200
    assert "Nobody is told" in text(response)
    request.refresh_from_db()
    assert request.state == JoinRequest.State.WITHDRAWN


def test_asking_twice_makes_one_request() -> None:
    congregation, client = make_congregation(is_listed=True), signed_in(make_person())
    for _ in range(2):
        assert client.post(page("ask", congregation), {"message": ""}).status_code == 303
    assert congregation.requests.count() == 1


def test_too_many_words_are_kept_and_explained() -> None:
    congregation, client = make_congregation(is_listed=True), signed_in(make_person())
    response = client.post(page("ask", congregation), {"message": "x" * 601})
    assert response.status_code == 422
    assert "x" * 601 in text(response)


def test_one_that_is_not_listed_cannot_be_asked() -> None:
    congregation, client = make_congregation(), signed_in(make_person())
    assert client.get(page("ask", congregation)).status_code == 404
    assert client.post(page("ask", congregation), {}).status_code == 404
    assert not JoinRequest.objects.exists()


def test_a_request_stays_in_sight_when_it_is_listed_no_longer() -> None:
    newcomer, congregation = make_person(), make_congregation(is_listed=True)
    ask_to_join(circle=congregation, by=newcomer)
    Congregation.objects.update(is_listed=False)
    client = signed_in(newcomer)
    assert client.get(page("ask", congregation)).status_code == 200
    assert "You have asked" in text(client.get(reverse("congregation:find")))


def test_a_full_one_says_so() -> None:
    congregation = make_congregation(people=14, seats=15, least=15, is_listed=True)
    words = text(signed_in(make_person()).get(page("ask", congregation)))
    assert "Every seat is taken" in words
    assert "<textarea" not in words


def test_a_member_who_asks_is_led_inside() -> None:
    congregation = make_congregation(is_listed=True)
    response = signed_in(congregation.created_by).get(page("ask", congregation))
    assert response["Location"] == page("congregation", congregation)


# --- inside ---------------------------------------------------------------------------------


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
    assert questions(client, page(name, congregation)) == few <= 15


def test_as_many_queries_with_fifty_listed_as_with_three() -> None:
    founder, client = make_person(), signed_in(make_person())
    for _ in range(3):
        make_congregation(by=founder, is_listed=True)
    few = questions(client, reverse("congregation:find"))
    for _ in range(47):
        make_congregation(by=founder, is_listed=True)
    # Paging asks once more, and not once a row.
    assert questions(client, reverse("congregation:find")) <= few + 1

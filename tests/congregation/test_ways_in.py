"""Who may come in, and how."""

import pytest
from django.test import Client
from django.urls import reverse

from circles.models import JoinRequest
from circles.services import ask_to_join, invite, take_seat
from congregation.models import Congregation
from tests.congregation.pages import page, signed_in, text
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db

INSIDE = ["congregation", "people"]
FOR_STEWARDS = ["edit", "link"]


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

"""A congregation's link, as those meet it who were sent it."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from circles import errors
from circles.models import InvitationLink
from circles.services import end_link, invite, join_by_link, renew_link, take_seat
from congregation.models import Congregation
from tests.congregation.pages import signed_in, text
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def estuary() -> Congregation:
    congregation: Congregation = make_congregation(name="Estuary 🐟", seats=15, least=15)
    return congregation


@pytest.fixture
def link(estuary: Congregation) -> InvitationLink:
    return renew_link(circle=estuary, by=estuary.created_by)  # type: ignore[arg-type]


def test_a_visitor_is_led_to_sign_up_and_back(link: InvitationLink) -> None:
    client, url = Client(), link.get_absolute_url()
    words = text(client.get(url))
    assert "You are invited to Estuary 🐟" in words
    assert f"{reverse('account_signup')}?next={quote(url)}" in words
    assert client.post(url)["Location"] == f"{reverse('account_signup')}?next={url}"


def test_somebody_signed_in_joins(estuary: Congregation, link: InvitationLink) -> None:
    person = make_person()
    client = signed_in(person)
    assert "Join Estuary 🐟" in text(client.get(link.get_absolute_url()))
    assert "Welcome. This is your seat." in text(client.post(link.get_absolute_url(), follow=True))
    assert not estuary.memberships.present().of(person).get().is_steward


def test_joining_twice_leads_inside(estuary: Congregation, link: InvitationLink) -> None:
    client = signed_in(make_person())
    client.post(link.get_absolute_url())
    response = client.post(link.get_absolute_url())
    assert response["Location"] == estuary.get_absolute_url()
    assert estuary.memberships.present().count() == 2


def test_joining_answers_an_open_invitation(estuary: Congregation, link: InvitationLink) -> None:
    person = make_person()
    invitation = invite(circle=estuary, by=estuary.created_by, person=person)  # type: ignore[arg-type]
    join_by_link(link=link, by=person)
    invitation.refresh_from_db()
    assert invitation.accepted_by == person


def test_a_full_congregation_says_so(estuary: Congregation, link: InvitationLink) -> None:
    for _ in range(14):
        take_seat(circle=estuary, person=make_person())
    late = make_person(settled_at=estuary.created_at)
    words = text(signed_in(late).post(link.get_absolute_url(), follow=True))
    assert "every seat here is taken now" in words
    assert not estuary.memberships.present().of(late).exists()


def test_an_ended_link_opens_nothing(estuary: Congregation, link: InvitationLink) -> None:
    end_link(circle=estuary, by=estuary.created_by)  # type: ignore[arg-type]
    assert Client().get(link.get_absolute_url()).status_code == 404
    with pytest.raises(errors.NotAllowed):
        join_by_link(link=link, by=make_person())


def test_only_stewards_make_and_end_links(estuary: Congregation, link: InvitationLink) -> None:
    member = make_person()
    take_seat(circle=estuary, person=member)
    for change in (renew_link, end_link):
        with pytest.raises(errors.NotAllowed):
            change(circle=estuary, by=member)
    assert estuary.links.get(ended_at=None) == link


def test_a_changed_link_opens_nothing(link: InvitationLink) -> None:
    url = link.get_absolute_url()
    assert Client().get(url).status_code == 200
    last = "A" if url[-2] != "A" else "B"
    assert Client().get(f"{url[:-2]}{last}/").status_code == 404

"""Somebody asks a person who would rather not sit with them: the person sees nothing of it, and
the one who asks sees exactly what everybody sees who asks and waits."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Invitation
from circles.models.invitation import LIFE
from circles.services import accept_invitation, invite, take_seat
from dyads import services
from dyads.errors import NotWithOneself
from dyads.models import Dyad
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.dyads.asking import USUAL, ask, make_two, refuse
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PLACES = ("/today/", reverse("dyads:index"), reverse("dyads:begin"), "/doors/")


def seen(client: Client, *urls: str) -> list[str]:
    """What somebody gets there, without what differs at every request."""
    return [without_odds(text(client.get(url))) for url in urls]


def without_odds(page: str) -> str:
    return re.sub(r'(value|nonce)="[\w+/=-]{20,}"|csrf\S+|/\d+', "", page)


def second_address(person: Person, *, verified: bool) -> str:
    address = "second@example.org"
    EmailAddress.objects.create(user=person, email=address, verified=verified)
    return address


def test_at_an_address_that_nobody_proved_the_mail_comes_and_opens_nothing_for_them() -> None:
    _estuary, one, other = make_two()
    refuse(other, one)
    address = second_address(other, verified=False)
    invitation = services.begin(by=one, email=address).invitations.get()
    mail.outbox.clear()
    send_due(seconds=5)
    assert [message.to for message in mail.outbox] == [[address]]
    assert signed_in(other).get(invitation.get_absolute_url()).status_code == 404
    assert Client().get(invitation.get_absolute_url()).status_code == 200


def test_another_proved_address_is_ones_own() -> None:
    _estuary, one, other = make_two()
    address = second_address(other, verified=True)
    with pytest.raises(NotWithOneself):
        services.begin(by=other, email=address.upper())
    invitation = services.begin(by=one, email=address).invitations.get()
    assert list(Invitation.objects.waiting().for_person(other)) == [invitation]


@pytest.mark.parametrize("way", ["person", "address", "another address"])
def test_it_is_as_if_it_had_never_come(way: str) -> None:
    estuary, one, other = make_two()
    refuse(other, one)
    with time_machine.travel(timezone.now(), tick=False):
        seen(signed_in(other), *PLACES)  # A first hint to oneself shows once.
        before = seen(signed_in(other), *PLACES)
        if way == "person":
            invitation = ask(one, other, estuary, message="Shall we?")
        else:
            address = other.email
            if way == "another address":
                address = second_address(other, verified=True)
            invitation = services.begin(by=one, email=address).invitations.get()
        assert seen(signed_in(other), *PLACES) == before
    assert not Invitation.objects.waiting().for_person(other).exists()
    for client in (signed_in(other), Client()):
        for answer in (client.get, client.post):
            assert answer(invitation.get_absolute_url()).status_code == 404
    ask_page = reverse("dyads:invite", args=[estuary.pk, one.pk])
    assert signed_in(other).get(ask_page).status_code == 200
    mail.outbox.clear()
    send_due(seconds=5)
    assert mail.outbox == []
    assert Notice.objects.get(kind="circles.invited").reason == "answered or taken back"


def test_who_asks_sees_no_difference() -> None:
    estuary, one, other = make_two()
    refused = make_person("Oisín Ó Briain", email="other-one@example.org")
    take_seat(circle=estuary, person=refused)
    refuse(other, refused)
    url = reverse("dyads:invite", args=[estuary.pk, other.pk])
    found = []
    with time_machine.travel(timezone.now(), tick=False):
        for person in (one, refused):
            client = signed_in(person)
            asked = text(client.post(url, USUAL, follow=True))
            dyad = Dyad.objects.of(person).get(pair__gt="")
            send_due(seconds=5)
            pages = (
                dyad.get_absolute_url(),
                reverse("dyads:index"),
                reverse("dyads:begin"),
                "/today/",
            )
            found.append([without_odds(asked), *seen(client, *pages)])
    usual, theirs = found
    assert usual == theirs


def test_it_grows_old_like_every_invitation_without_an_answer() -> None:
    estuary, one, other = make_two()
    refuse(other, one)
    invitation = ask(one, other, estuary)
    with time_machine.travel(timezone.now() + LIFE + timedelta(minutes=1), tick=False):
        page = text(signed_in(one).get(invitation.circle.get_absolute_url()))
        assert "No answer came, and the seat is no longer kept." in page


def test_whoever_would_rather_not_may_still_ask_themselves() -> None:
    estuary, one, other = make_two()
    refuse(other, one)
    invitation = ask(other, one, estuary)
    assert "asks to be a dyad" in text(signed_in(one).get(reverse("dyads:index")))
    accept_invitation(invitation=invitation, by=one)
    assert Dyad.objects.complete().count() == 1


def test_when_they_ask_and_the_other_had_asked_they_are_led_there_as_everybody_is() -> None:
    estuary, one, other = make_two()
    refuse(other, one)
    invitation = ask(one, other, estuary, message="Shall we?")
    client = signed_in(other)
    url = reverse("dyads:invite", args=[estuary.pk, one.pk])
    page = text(client.post(url, USUAL, follow=True))
    assert "Oisín has asked you already." in page
    assert "Shall we?" in page
    shown = text(client.post(invitation.get_absolute_url(), {"answer": "yes"}, follow=True))
    assert "<h1>You and Oisín</h1>" in shown


def test_a_refusal_of_somebody_else_hides_nothing() -> None:
    estuary, one, other = make_two()
    third: Person = make_person()
    refuse(other, third)
    refuse(one, other)
    invitation = ask(one, other, estuary)
    assert list(Invitation.objects.for_person(other)) == [invitation]


def test_a_congregation_is_large_enough_to_be_invited_by_anybody() -> None:
    estuary, one, _ = make_two()
    friend = make_person()
    refuse(friend, one)
    invitation = invite(circle=estuary, by=one, person=friend)
    assert list(Invitation.objects.for_person(friend)) == [invitation]

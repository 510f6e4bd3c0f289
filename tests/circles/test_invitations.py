"""Inviting, and answering an invitation."""

import html
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles import errors
from circles.models import Circle, Invitation
from circles.models.invitation import LIFE, LINK_SALT, SALT
from circles.services import (
    accept_invitation,
    decline_invitation,
    invite,
    take_seat,
    withdraw_invitation,
)
from crews.models import Crew
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.tables import make_crew
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew() -> Crew:
    return make_crew(by=make_person("Wanjiru 🌱 Kamau"), people=1)


def inviter(crew: Circle) -> Person:
    return crew.memberships.present().get(seat=1).person


def sits(circle: Circle, person: Person) -> bool:
    return circle.memberships.present().of(person).exists()


def told(kind: str) -> set[str]:
    return {notice.to for notice in Notice.objects.filter(kind=kind)}


# --- what holds -----------------------------------------------------------------------------


def test_an_address_is_kept_in_lower_case_and_gets_a_mail(crew: Crew) -> None:
    invitation = invite(circle=crew, by=inviter(crew), email=" Friend@Example.ORG ")
    assert invitation.email == "friend@example.org"
    assert told("circles.invited") == {"friend@example.org"}


def test_a_person_who_is_here_gets_a_mail(crew: Crew) -> None:
    friend = make_person()
    invitation = invite(circle=crew, by=inviter(crew), person=friend)
    assert (invitation.person, invitation.email) == (friend, "")
    assert told("circles.invited") == {friend.email}


def test_only_those_inside_invite(crew: Crew) -> None:
    with pytest.raises(errors.NotAllowed):
        invite(circle=crew, by=make_person(), email="friend@example.org")
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_in_whatever_spelling(crew: Crew) -> None:
    invite(circle=crew, by=inviter(crew), email="friend@example.org")
    with pytest.raises(errors.AlreadyInvited):
        invite(circle=crew, by=inviter(crew), email="FRIEND@example.org")
    friend = make_person()
    invite(circle=crew, by=inviter(crew), person=friend)
    with pytest.raises(errors.AlreadyInvited):
        invite(circle=crew, by=inviter(crew), person=friend)


def test_whoever_sits_there_is_not_invited(crew: Crew) -> None:
    other = crew.memberships.present().get(seat=2).person
    with pytest.raises(errors.AlreadyInside):
        invite(circle=crew, by=inviter(crew), person=other)


def test_whether_an_address_is_somebodys_here_is_not_told() -> None:
    congregation = make_congregation(people=2)
    by, other = [seat.person for seat in congregation.memberships.present().at_table()][:2]
    invite(circle=congregation, by=by, email=other.email.upper())
    assert send_due(seconds=60) == 0
    assert Notice.objects.get(kind="circles.invited").reason == "has a seat there already"


def test_nobody_is_flooded_with_invitations() -> None:
    by = make_person()
    for _ in range(3):
        invite(circle=make_crew(by=by), by=by, email="one@a.org")
    with pytest.raises(errors.TooManyToday):
        invite(circle=make_crew(by=by), by=by, email="one@a.org")


def test_somebody_without_an_account_can_say_no(crew: Crew) -> None:
    invitation = invite(circle=crew, by=inviter(crew), email="friend@a.org")
    answer = Client().post(invitation.get_absolute_url(), {"answer": "no"}, follow=True)
    assert "Thank you for saying so." in answer.content.decode()
    invitation.refresh_from_db()
    assert not invitation.is_waiting


def test_the_address_is_typed_already_for_whoever_signs_up(crew: Crew) -> None:
    invitation = invite(circle=crew, by=inviter(crew), email="friend@a.org")
    page = Client().get(invitation.get_absolute_url()).content.decode()
    link = re.search(r'href="(/account/signup/[^"]+)"', page)
    assert link is not None
    form = Client().get(html.unescape(link[1])).content.decode()
    assert 'value="friend@a.org"' in form


def test_an_ordinary_member_sees_only_their_own_invitations_to_a_congregation() -> None:
    congregation = make_congregation(people=2)
    steward, member = [seat.person for seat in congregation.memberships.present().at_table()][:2]
    theirs = invite(circle=congregation, by=steward, email="secret@a.org")
    invite(circle=congregation, by=member, email="mine@a.org")
    client = Client()
    client.force_login(member)
    page = client.get(reverse("circles:invite", args=[congregation.pk])).content.decode()
    assert "mine@a.org" in page
    assert "secret@a.org" not in page
    with pytest.raises(errors.NotAllowed):
        withdraw_invitation(invitation=theirs, by=member)


def test_there_are_never_more_invitations_than_free_seats(crew: Crew) -> None:
    by = inviter(crew)
    sent = [invite(circle=crew, by=by, email=f"friend{number}@a.org") for number in range(4)]
    with pytest.raises(errors.TooManyInvitations):
        invite(circle=crew, by=by, email="one-more@a.org")
    withdraw_invitation(invitation=sent[0], by=by)
    invite(circle=crew, by=by, email="one-more@a.org")


def test_at_a_full_table_nobody_is_invited() -> None:
    full = make_crew(people=2, seats=3)
    with pytest.raises(errors.NoSeatLeft):
        invite(circle=full, by=inviter(full), email="friend@example.org")


def test_yes_takes_the_seat_and_those_at_the_table_are_told(crew: Crew) -> None:
    friend = make_person()
    invitation = invite(circle=crew, by=inviter(crew), person=friend)
    at_table = {seat.person.email for seat in crew.memberships.present().at_table()}
    accept_invitation(invitation=invitation, by=friend)
    invitation.refresh_from_db()
    assert invitation.accepted_by == friend
    assert sits(crew, friend)
    assert told("circles.joined") == at_table


def test_an_invitation_to_a_person_is_for_nobody_else(crew: Crew) -> None:
    invitation = invite(circle=crew, by=inviter(crew), person=make_person())
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(errors.NotAllowed):
            answer(invitation=invitation, by=make_person())
    assert invitation.is_waiting


def test_one_invitation_seats_one_person(crew: Crew) -> None:
    invitation = invite(circle=crew, by=inviter(crew), email="friend@example.org")
    accept_invitation(invitation=invitation, by=make_person())
    late = make_person()
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(errors.AlreadyAnswered):
            answer(invitation=invitation, by=late)
    with pytest.raises(errors.AlreadyAnswered):
        withdraw_invitation(invitation=invitation, by=inviter(crew))
    assert not sits(crew, late)


def test_no_thank_you_is_told_to_the_one_who_invited(crew: Crew) -> None:
    friend = make_person()
    decline_invitation(invitation=invite(circle=crew, by=inviter(crew), person=friend), by=friend)
    assert not sits(crew, friend)
    assert told("circles.not_now") == {inviter(crew).email}


def test_after_a_month_it_is_too_old_and_may_be_sent_anew(crew: Crew) -> None:
    friend = make_person()
    invitation = invite(circle=crew, by=inviter(crew), person=friend)
    with time_machine.travel(timezone.now() + LIFE - timedelta(hours=1), tick=False):
        assert invitation.is_waiting
    with time_machine.travel(timezone.now() + LIFE + timedelta(minutes=1), tick=False):
        with pytest.raises(errors.AlreadyAnswered):
            accept_invitation(invitation=invitation, by=friend)
        words = text(signed_in(friend).get(invitation.get_absolute_url()))
        assert "This invitation is no longer open" in words
        again = invite(circle=crew, by=inviter(crew), person=friend)
        accept_invitation(invitation=again, by=friend)
    assert sits(crew, friend)


def test_a_crew_of_a_congregation_asks_outsiders_to_join_that_first() -> None:
    estuary, friend = make_congregation(name="Estuary 🐟"), make_person()
    crew = make_crew(parent=estuary)
    invitation = invite(circle=crew, by=inviter(crew), email=friend.email)
    words = text(
        signed_in(friend).post(invitation.get_absolute_url(), {"answer": "yes"}, follow=True)
    )
    assert "Join Estuary 🐟 first; your seat is kept meanwhile." in words
    assert not sits(crew, friend)
    take_seat(circle=estuary, person=friend)
    accept_invitation(invitation=invitation, by=friend)
    assert sits(crew, friend)


# --- pages ----------------------------------------------------------------------------------


def test_inviting_by_mail_and_taking_it_back(crew: Crew) -> None:
    client, url = signed_in(inviter(crew)), reverse("circles:invite", args=[crew.pk])
    words = {"email": "friend@example.org", "message": "Come & sit 🫖"}
    shown = text(client.post(url, words, follow=True))
    assert "Your invitation to friend@example.org is on its way." in shown
    assert "Take back" in shown
    invitation = Invitation.objects.get()
    assert invitation.message == "Come & sit 🫖"
    back = reverse("circles:withdraw_invitation", args=[invitation.pk])
    assert "The invitation is taken back." in text(client.post(back, follow=True))
    page = text(Client().get(invitation.get_absolute_url()))
    assert "This invitation is no longer open" in page
    assert "Sign up to answer" not in page


@pytest.mark.parametrize(
    ("email", "explained"),
    [
        ("", "Please fill this in"),
        ("nobody", "no e-mail address yet"),
        ("twice@example.org", "This person has an open invitation already."),
    ],
)
def test_an_address_that_does_not_do_is_explained_and_words_are_kept(
    crew: Crew, email: str, explained: str
) -> None:
    invite(circle=crew, by=inviter(crew), email="twice@example.org")
    url = reverse("circles:invite", args=[crew.pk])
    response = signed_in(inviter(crew)).post(url, {"email": email, "message": "A warm <word>."})
    assert response.status_code == 422
    assert explained in text(response)
    assert "A warm &lt;word&gt;." in text(response)
    assert Invitation.objects.count() == 1


def test_a_visitor_reads_it_and_is_led_to_sign_up_and_back(crew: Crew) -> None:
    invitation = invite(
        circle=crew, by=inviter(crew), email="friend@example.org", message="Come <in>!"
    )
    client, url = Client(), invitation.get_absolute_url()
    words = text(client.get(url))
    assert "Wanjiru 🌱 Kamau keeps a seat for you at Slow Kettle 🫖" in words
    assert "Come &lt;in&gt;!" in words
    assert f"{reverse('account_signup')}?next={quote(url)}" in words
    response = client.post(url, {"answer": "yes"})
    assert response.status_code == 303
    assert response["Location"] == f"{reverse('account_signup')}?next={url}"
    assert url in text(client.get(response["Location"]))
    assert invitation.is_waiting


@pytest.mark.parametrize(
    ("answer", "said", "seated"),
    [
        ("yes", "Welcome. This is your seat.", True),
        ("no", "Wanjiru hears from us, kindly, that it is not now.", False),
    ],
)
def test_answering_on_the_page(crew: Crew, answer: str, said: str, seated: bool) -> None:
    friend = make_person()
    url = invite(circle=crew, by=inviter(crew), person=friend).get_absolute_url()
    client = signed_in(friend)
    assert "Yes, I take the seat" in text(client.get(url))
    assert said in text(client.post(url, {"answer": answer}, follow=True))
    assert sits(crew, friend) is seated
    again = client.post(url, {"answer": "yes"}, follow=True)
    assert "This was answered, taken back" in text(again)
    assert sits(crew, friend) is seated


def test_a_stranger_is_not_shown_the_invitation_of_a_person(crew: Crew) -> None:
    url = invite(circle=crew, by=inviter(crew), person=make_person()).get_absolute_url()
    assert signed_in(make_person()).get(url).status_code == 404
    assert signed_in(make_person()).post(url, {"answer": "yes"}).status_code == 404


def test_a_forged_link_opens_nothing(crew: Crew) -> None:
    invitation = invite(circle=crew, by=inviter(crew), email="friend@example.org")
    signed = signing.Signer(salt=SALT).sign(str(invitation.pk))
    forged = (
        str(invitation.pk),
        signed[:-1],
        signed.replace(str(invitation.pk), str(invitation.pk + 1), 1),
        signing.Signer(salt=LINK_SALT).sign(str(invitation.pk)),
        signing.Signer(salt=SALT).sign("not a number"),
        signing.Signer(salt=SALT).sign(str(invitation.pk + 1)),
    )
    assert Client().get(reverse("circles:invitation", args=[signed])).status_code == 200
    for token in forged:
        assert Client().get(reverse("circles:invitation", args=[token])).status_code == 404


def test_nobody_outside_takes_an_invitation_back(crew: Crew) -> None:
    invitation = invite(circle=crew, by=inviter(crew), email="friend@example.org")
    with pytest.raises(errors.NotAllowed):
        withdraw_invitation(invitation=invitation, by=make_person())
    assert invitation.is_waiting

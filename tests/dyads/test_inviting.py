"""Asking with a kind and a plan, saying yes and no, and two who ask each other."""

import html
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from circles.errors import AlreadyAnswered, OutsideParent
from circles.models import Invitation
from circles.services import (
    accept_invitation,
    decline_invitation,
    leave,
    take_seat,
    withdraw_invitation,
)
from dyads import services
from dyads.errors import AskedByThem, NoLongerTogether
from dyads.models import Dyad
from dyads.rules.plan import Plan
from notifications.services import send_due
from people.models import Person
from people.week import hour_of_week
from tests.congregation.pages import signed_in, text
from tests.dyads.asking import USUAL, ask, become, make_two
from tests.factories import make_person

pytestmark = pytest.mark.django_db

INDEX, BEGIN = reverse("dyads:index"), reverse("dyads:begin")


def one_mail(to: Person | str) -> str:
    """The text of the only mail that somebody gets now."""
    mail.outbox.clear()
    send_due(seconds=5)
    address = to if isinstance(to, str) else to.email
    (found,) = [message for message in mail.outbox if address in message.to[0]]
    return " ".join(str(found.body).split())


# --- kind and plan --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "friends"}, "As friends. Every second week, 45 minutes, six times."),
        ({"kind": "coaching", "weeks": "1", "meetings": "1"}, "To coach each other. Once, 45"),
        (
            {"kind": "own", "own_kind": "Night owls", "weeks": "3", "minutes": "30"},
            "Night owls. Every three weeks, 30 minutes, six times.",
        ),
        ({"kind": "practice", "own_kind": "left over"}, "As practice partners."),
    ],
)
def test_the_page_and_the_mail_say_kind_and_plan(typed: dict[str, str], said: str) -> None:
    estuary, one, other = make_two()
    url = reverse("dyads:invite", args=[estuary.pk, other.pk])
    signed_in(one).post(url, {**USUAL, "intention": "To listen.", "message": "Shall we?", **typed})
    invitation = Invitation.objects.get()
    for client in (signed_in(other), Client()):
        shown = " ".join(
            re.sub(r"<[^>]+>", " ", text(client.get(str(invitation.get_absolute_url())))).split()
        )
        assert said in shown
        assert "To listen." in shown
    letter = one_mail(other)
    assert said in letter
    assert "What it is for: To listen." in letter
    assert "“Shall we?”" in letter


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ({"kind": "own", "own_kind": "  "}, "Say what it is, in a word or two."),
        ({"kind": "own", "own_kind": "x" * 41}, "there is room for 40"),
        ({"kind": "stewarding"}, "Say who would support whom."),
        ({"kind": "stewarding", "direction": "3"}, "Choose one from the list."),
        ({"kind": "score"}, "Choose one from the list."),
        ({"minutes": "19"}, "Choose a number from 20 to 120."),
        ({"minutes": "much"}, "Write a whole number."),
        ({"meetings": "25"}, "Choose a number from 1 to 24."),
        ({"weeks": "5"}, "Choose one from the list."),
        ({"weeks": ""}, "Please fill this in."),
    ],
)
def test_what_does_not_do_is_explained_at_the_field_and_words_are_kept(
    typed: dict[str, str], explained: str
) -> None:
    estuary, one, other = make_two()
    words = {**USUAL, "message": "Kept <words>.", **typed}
    for url in (reverse("dyads:invite", args=[estuary.pk, other.pk]), BEGIN):
        response = signed_in(one).post(url, {**words, "email": "friend@example.org"})
        assert response.status_code == 422
        assert explained in text(response)
        assert "Kept &lt;words&gt;." in text(response)
    assert not Dyad.objects.exists()


def test_the_form_for_the_rhythm_comes_filled_in_from_the_plan() -> None:
    estuary, one, other = make_two()
    plan = Plan(weeks=3, minutes=30, meetings=4)
    dyad = become(one, other, estuary, plan=plan)
    page = text(signed_in(other).get(dyad.get_absolute_url()))
    assert "You agreed: every three weeks, 30 minutes, four times." in page
    schedule = reverse("practice:schedule", args=[dyad.pk])
    assert schedule in page
    form = text(signed_in(other).get(schedule))
    for name, value in (("minutes", 30), ("meetings", 4), ("weeks", 3)):
        assert re.search(rf'name="{name}" value="{value}"', form)
    assert re.search(r'value="weeks"[^>]+checked', form)
    found = text(signed_in(other).get(reverse("practice:find", args=[dyad.pk])))
    assert re.search(r'name="minutes" value="30"', found)
    assert re.search(r'value="weeks" selected[^>]*>every three weeks', found)


def test_a_search_for_a_time_keeps_the_plan_of_a_few_weeks() -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary, plan=Plan(weeks=4, minutes=30, meetings=4))
    Person.objects.update(suitable_hours=[hour_of_week(2, 18)])
    client = signed_in(Person.objects.get(pk=other.pk))
    found = text(client.get(reverse("practice:find", args=[dyad.pk])))
    links = [html.unescape(one) for one in re.findall(r'href="([^"]+every=weeks[^"]*)"', found)]
    for name in ("schedule", "new_poll"):
        start = reverse(f"practice:{name}", args=[dyad.pk])
        address = next(one for one in links if one.startswith(start))
        form = text(client.get(address))
        assert re.search(r'value="weeks"[^>]+checked', form)
        assert re.search(r'name="weeks" value="4"', form)


def test_by_mail_it_is_the_same_and_a_new_account_leads_into_the_dyad() -> None:
    one, friend = make_person("Oisín"), "friend@example.org"
    words = {**USUAL, "kind": "friends", "meetings": "3", "email": friend}
    signed_in(one).post(BEGIN, words)
    assert "As friends. Every second week, 45 minutes, three times." in one_mail(friend)
    newcomer = make_person("Mere", email=friend)
    dyad = Dyad.objects.get()
    url = dyad.invitations.get().get_absolute_url()
    shown = text(signed_in(newcomer).post(url, {"answer": "yes"}, follow=True))
    assert "<h1>You and Oisín</h1>" in shown
    assert "Friends." in shown
    assert "You agreed: every second week, 45 minutes, three times." in shown


def test_an_invitation_by_mail_does_not_tell_who_has_an_account() -> None:
    _, one, other = make_two()
    client, shown = signed_in(one), []
    for email in (other.email, "nobody@example.org"):
        page = text(client.post(BEGIN, {**USUAL, "email": email}, follow=True))
        shown.append(re.sub(r"[\w.]+@example.org|/\d+/|nonce=\S+|value=\S+", "", page))
    assert shown[0].count("<") == shown[1].count("<")
    assert "Mere" not in shown[0]


# --- no, and taking it back -----------------------------------------------------------------


def test_a_no_is_one_press_from_the_mail_without_signing_in() -> None:
    estuary, one, other = make_two()
    invitation = ask(one, other, estuary)
    url = invitation.get_absolute_url()
    assert "Not now, thank you" in text(Client().get(url))
    assert "Thank you for saying so." in text(Client().post(url, {"answer": "no"}, follow=True))
    letter = one_mail(one)
    assert "Mere Tāmati can’t take on a dyad just now" in letter
    assert "far more than about you" in letter
    assert Client().post(url, {"answer": "yes"})["Location"].startswith("/account/login/")


def test_nobody_but_the_two_learns_of_a_no() -> None:
    estuary, one, other = make_two()
    decline_invitation(invitation=ask(one, other, estuary), by=other)
    steward = estuary.created_by
    assert isinstance(steward, Person)
    for url in ("/today/", INDEX):
        assert "Oisín" not in text(signed_in(steward).get(url))
    mail.outbox.clear()
    send_due(seconds=5)
    (letter,) = mail.outbox
    assert one.email in letter.to[0]


def test_taking_it_back_puts_the_half_dyad_away() -> None:
    estuary, one, other = make_two()
    invitation = ask(one, other, estuary)
    back = reverse("circles:withdraw_invitation", args=[invitation.pk])
    page = text(signed_in(one).post(back, follow=True))
    assert "The invitation is taken back." in page
    assert "Two people, equal turns" in page
    assert "no longer open" in text(signed_in(other).get(invitation.get_absolute_url()))
    late = signed_in(other).post(invitation.get_absolute_url(), {"answer": "yes"}, follow=True)
    assert "This was answered, taken back" in text(late)
    ask(other, one, estuary)


def test_accepting_twice_leads_to_the_dyad() -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary)
    invitation = Invitation.objects.get()
    with pytest.raises(AlreadyAnswered):
        accept_invitation(invitation=invitation, by=other)
    again = signed_in(other).post(invitation.get_absolute_url(), {"answer": "yes"})
    assert again["Location"] == dyad.get_absolute_url()
    with pytest.raises(AlreadyAnswered):
        withdraw_invitation(invitation=invitation, by=one)


def test_whoever_left_the_congregation_is_told_what_to_do() -> None:
    estuary, one, other = make_two()
    invitation = ask(one, other, estuary)
    leave(circle=estuary, by=other)
    with pytest.raises(OutsideParent):
        accept_invitation(invitation=invitation, by=other)
    words = signed_in(other).post(invitation.get_absolute_url(), {"answer": "yes"}, follow=True)
    assert "Join Estuary first; your seat is kept meanwhile." in text(words)
    third = make_person()
    take_seat(circle=estuary, person=third)
    with pytest.raises(NoLongerTogether):
        ask(third, other, estuary)


def test_somebody_whose_account_rests_is_neither_found_nor_asked() -> None:
    estuary, one, other = make_two()
    other.is_active = False
    other.save()
    assert "Mere" not in text(signed_in(one).get(BEGIN))
    url = reverse("dyads:invite", args=[estuary.pk, other.pk])
    assert "Mere has left Estuary." in text(signed_in(one).post(url, USUAL, follow=True))
    with pytest.raises(NoLongerTogether):
        ask(one, other, estuary)


# --- two invitations that cross -------------------------------------------------------------


@pytest.mark.parametrize("press", ["get", "post"])
def test_whoever_asks_second_is_led_to_the_invitation_that_waits(press: str) -> None:
    estuary, one, other = make_two()
    invitation = ask(one, other, estuary, message="Shall we?")
    with pytest.raises(AskedByThem):
        ask(other, one, estuary)
    client, url = signed_in(other), reverse("dyads:invite", args=[estuary.pk, one.pk])
    response = client.get(url) if press == "get" else client.post(url, USUAL)
    assert response["Location"] == invitation.get_absolute_url()
    page = text(client.get(response["Location"]))
    assert "Oisín has asked you already." in page
    assert "Shall we?" in page
    assert Dyad.objects.count() == 1


def test_whoever_asks_twice_is_led_to_what_they_asked() -> None:
    estuary, one, other = make_two()
    invitation = ask(one, other, estuary)
    url = reverse("dyads:invite", args=[estuary.pk, other.pk])
    page = text(signed_in(one).post(url, USUAL, follow=True))
    assert "You have asked them already" in page
    accept_invitation(invitation=invitation, by=other)
    assert "You two are a dyad already." in text(signed_in(one).post(url, USUAL, follow=True))


def test_where_two_cross_by_mail_the_first_yes_answers_both() -> None:
    estuary, one, other = make_two()
    by_mail = services.begin(by=one, email=other.email)
    asked = ask(other, one, estuary)
    accept_invitation(invitation=asked, by=one)
    by_mail.refresh_from_db()
    assert not by_mail.is_open
    assert not Invitation.objects.waiting().exists()
    assert [dyad.pk for dyad in Dyad.objects.complete()] == [asked.circle_id]


def test_the_list_says_how_it_stands_with_each() -> None:
    estuary, me, friend = make_two()
    asked, asking, full = (make_person(name) for name in ("Asked", "Asking", "Full"))
    for person in (asked, asking, full):
        take_seat(circle=estuary, person=person)
    dyad = become(me, friend, estuary)
    mine, theirs = ask(me, asked, estuary), ask(asking, me, estuary)
    services.say_how_many(by=full, most=0)
    page = text(signed_in(me).get(BEGIN))
    for url, words in (
        (dyad.get_absolute_url(), "you are a dyad"),
        (mine.circle.get_absolute_url(), "you have asked"),
        (theirs.get_absolute_url(), "has asked you"),
    ):
        assert url in page
        assert words in page
    assert "looks for no other dyad at the moment" in page
    assert reverse("dyads:invite", args=[estuary.pk, full.pk]) not in page


# --- their page, and the cards --------------------------------------------------------------


def test_either_may_change_kind_and_plan_and_the_other_sees_it() -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary)
    edit = reverse("dyads:edit", args=[dyad.pk])
    words = {**USUAL, "kind": "own", "own_kind": "Walkers 🥾", "weeks": "4", "meetings": "2"}
    assert signed_in(other).post(edit, {**USUAL, "kind": "own"}).status_code == 422
    signed_in(other).post(edit, words)
    for page in (dyad.get_absolute_url(), INDEX):
        assert "Walkers 🥾." in text(signed_in(one).get(page))
    assert "every four weeks, 45 minutes, two times." in text(
        signed_in(one).get(dyad.get_absolute_url())
    )

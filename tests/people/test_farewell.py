"""Deleting one's account."""

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.urls import reverse

from circles.models import Circle, JoinRequest, Membership
from circles.services import ask_to_join, invite, take_seat
from dyads import services as dyads
from notifications.models import Notice
from notifications.services import send_due
from pages.registry import NotYet
from people.models import Person
from people.services import delete_account
from selfwork.models import Part
from selfwork.services import meet_part
from tests.congregation.pages import signed_in, text
from tests.crews.tables import join, make_crew
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db

FAREWELL = reverse("people:farewell")


def test_the_account_goes_when_ones_own_address_is_typed() -> None:
    person = make_person("Mere", email="mere@example.org")
    client = signed_in(person)
    assert "Delete your account?" in text(client.get(FAREWELL))
    words = text(client.post(FAREWELL, {"email": " MERE@example.org "}, follow=True))
    assert "Your account and what was yours alone are deleted. Farewell." in words
    assert not Person.objects.exists()
    assert client.get(reverse("people:profile")).status_code == 302
    assert not Client().login(email="mere@example.org", password="a long enough one")


@pytest.mark.parametrize("typed", ["", "nobody", "other@example.org"])
def test_a_slip_of_the_thumb_deletes_nothing(typed: str) -> None:
    person = make_person(email="mere@example.org")
    response = signed_in(person).post(FAREWELL, {"email": typed})
    assert response.status_code == 422
    assert 'id="id_email_error"' in text(response)
    assert Person.objects.get() == person


def test_an_only_steward_reads_why_it_must_wait_and_keeps_everything() -> None:
    person, other = make_person(email="mere@example.org"), make_person()
    estuary = make_congregation(by=person, name="Estuary 🐟")
    take_seat(circle=estuary, person=other)
    crew = make_crew(by=person, people=2)
    response = signed_in(person).post(FAREWELL, {"email": "mere@example.org"})
    assert response.status_code == 422
    assert "You are the only steward of Estuary 🐟. Ask somebody to be one first." in text(response)
    with pytest.raises(NotYet):
        delete_account(person=person)
    assert Person.objects.filter(pk=person.pk).exists()
    seats = Membership.objects.present().of(person)
    assert set(seats.values_list("circle", flat=True)) == {estuary.pk, crew.pk}
    assert not Notice.objects.filter(kind="circles.left").exists()


def test_the_seat_is_free_again_and_the_table_stays() -> None:
    caller, others = make_person(), [make_person(), make_person()]
    crew = make_crew(by=caller)
    for other in others:
        join(crew, other)
    delete_account(person=caller)
    crew.refresh_from_db()
    assert crew.is_open
    assert crew.caller is None
    assert [seat.seat for seat in crew.memberships.present().at_table()] == [2, 3]
    page = text(signed_in(others[0]).get(crew.get_absolute_url()))
    assert "A crew begins with three: one more." in page


def test_the_dyad_ends_for_both() -> None:
    person, other = make_person(), make_person()
    estuary = make_congregation(by=other)
    take_seat(circle=estuary, person=person)
    dyad = dyads.begin(by=person, person=other, parent=estuary)
    take_seat(circle=dyad, person=other)
    delete_account(person=person)
    dyad.refresh_from_db()
    assert not dyad.is_open
    assert "has come to its end" in text(signed_in(other).get(dyad.get_absolute_url()))


def test_those_who_stay_are_owed_a_word() -> None:
    person, other = make_person(), make_person()
    crew = make_crew(by=other)
    join(crew, person)
    delete_account(person=person)
    assert Notice.objects.get(kind="circles.left").person == other


def test_what_was_theirs_alone_is_gone() -> None:
    person = make_person()
    estuary = make_congregation()
    take_seat(circle=estuary, person=person)
    asked = ask_to_join(circle=make_crew(parent=estuary), by=person)
    part = meet_part(owner=person, name="The foreman")
    url = invite(circle=make_crew(by=person), by=person, email="a@example.org").get_absolute_url()
    delete_account(person=person)
    for gone in (asked, part):
        with pytest.raises(ObjectDoesNotExist):
            gone.refresh_from_db()
    assert not JoinRequest.objects.exists()
    assert not Part.objects.exists()
    assert not Membership.objects.filter(person_id=person.pk).exists()
    assert Client().get(url).status_code == 404


def test_the_last_one_of_a_circle_takes_it_to_its_end() -> None:
    person = make_person()
    estuary, crew = make_congregation(by=person), make_crew(by=person)
    delete_account(person=person)
    assert not Circle.objects.open().filter(pk__in=[estuary.pk, crew.pk]).exists()


def test_those_who_stay_read_it_in_a_mail() -> None:
    person, other = make_person("Mere"), make_person("Oisín", email="oisin@example.org")
    crew = make_crew(by=other)
    join(crew, person)
    delete_account(person=person)
    send_due(seconds=60)
    assert [m.subject for m in mail.outbox if "oisin@example.org" in m.to[0]] == [
        "Mere has left Slow Kettle 🫖"
    ]

"""The way back for whoever lost passkey and codes, and what it does not open."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from notifications.services import send_due
from people.lost_locks import CLOSED_FOR
from people.models import Person, RemovedLock
from selfwork.services.door import set_door
from tests.factories import make_person
from tests.people.soft_key import give_passkey
from tests.selfwork.quiet import NAME, make_part, text

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def may_try_again() -> None:
    """How often somebody tried is counted in the cache, by numbers that people share in tests."""
    cache.clear()


def take_off(email: str, by: str = "Ines Duarte") -> str:
    said = StringIO()
    call_command("remove_second_lock", email, recognised_by=by, stdout=said)
    return said.getvalue()


def with_a_part(**door: Any) -> Person:
    """Somebody whose address is theirs, with a part and perhaps a door."""
    person = make_person("Tomasz")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    make_part(person)
    set_door(owner=person, **door) if door else None
    return person


def locked_out(**door: Any) -> Person:
    """The same, with a passkey that is gone."""
    person = with_a_part(**door)
    give_passkey(person)
    return person


def come_in(person: Person) -> tuple[Client, Any]:
    client = Client()
    sent = {"login": person.email, "password": PASSWORD}
    return client, client.post("/account/login/", sent)


def test_the_password_alone_leads_in_again_and_old_windows_are_signed_out() -> None:
    person = with_a_part()
    window, _answer = come_in(person)
    give_passkey(person)
    assert window.get("/you/").status_code == 200
    assert "/2fa/" in come_in(person)[1]["Location"], "the second lock is asked for"
    assert "Tomasz is off" in take_off(person.email.upper())
    assert not Authenticator.objects.filter(user=person).exists()
    assert window.get("/you/").status_code == 302
    client, answer = come_in(person)
    assert answer["Location"] == "/today/"
    assert client.get("/self/").status_code == 200, "they wished for no second look"
    kept = client.get("/you/my-data/").json()["you"]
    assert [one["recognised_by"] for one in kept["locks_taken_off"]] == ["Ines Duarte"]
    assert [one["address"] for one in kept["signed_in_at"]] == ["127.0.0.1"]


def test_the_person_is_told_at_every_address_that_is_theirs(caplog: Any) -> None:
    person = locked_out()
    EmailAddress.objects.create(user=person, email="Second@example.org", verified=True)
    EmailAddress.objects.create(user=person, email="claimed@example.org", verified=False)
    take_off(person.email, by="Zoë 100 % Sá")
    send_due(seconds=60)
    assert {one.to[0].rpartition("<")[2].strip(">") for one in mail.outbox} == {
        person.email,
        "second@example.org",
    }
    for message in mail.outbox:
        assert message.subject == "The second lock was taken off your account"
        assert "Zoë 100 % Sá recognised you" in message.body
    assert f"second lock of person {person.pk} was removed" in caplog.text
    assert person.email not in caplog.text


def test_where_a_second_look_was_wished_for_it_opens_for_nobody_for_a_week() -> None:
    person = locked_out(asks_after=60)
    take_off(person.email)
    client, _answer = come_in(person)
    for path in ("/self/", "/self/door/", "/self/export/", "/self/forget/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "Closed for some days" in text(answer)
        assert "no-store" in answer["Cache-Control"]
        assert NAME not in text(answer)
    assert client.post("/self/door/", {"asks_after": ""}).status_code == 403
    as_one_types = client.post("/self/search/", headers={"Accept": "application/json"})
    assert as_one_types.status_code == 403
    assert "closed" in as_one_types.json()["said"]
    file = client.get("/you/my-data/")
    assert file.json()["self-work"].startswith("Closed")
    assert NAME not in text(file)
    with time_machine.travel(timezone.now() + CLOSED_FOR + timedelta(minutes=1)):
        client, _answer = come_in(person)
        assert NAME in text(client.get("/self/"))


def test_what_cannot_be_is_said_and_changes_nothing() -> None:
    person = make_person()
    for email, by, said in (
        ("nobody@example.org", "Ines", "Nobody signs in"),
        (person.email, "Ines", "no second lock"),
        (person.email, "  ", "by name"),
        (person.email, "x" * 81, "by name"),
    ):
        with pytest.raises(CommandError, match=said):
            take_off(email, by)
    assert not RemovedLock.objects.exists()
    assert len(mail.outbox) == 0

"""Choosing which mail one gets, signed in or by the link in a mail."""

import email.utils
from datetime import timedelta
from email import policy

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.services import invite, take_seat
from notifications import services
from notifications.kinds import Kind, find, stoppable
from notifications.links import stop_url
from notifications.models import Notice, Switch
from people.models import Person
from tests.factories import make_bare_crew, make_person

pytestmark = pytest.mark.django_db


def reminder() -> Kind:
    kind = find("practice.reminder_day")
    assert kind is not None
    return kind


def path_of(person: Person) -> str:
    return stop_url(person, reminder()).removeprefix("http://localhost")


def test_every_kind_that_may_be_stopped_has_a_tick() -> None:
    person, client = make_person(), Client()
    client.force_login(person)
    page = client.get(reverse("notifications:preferences")).content.decode()
    assert len(stoppable()) >= 8
    for kind in stoppable():
        assert f'value="{kind.slug}"' in page
        assert str(kind.title) in page


def test_what_is_not_ticked_is_not_sent() -> None:
    person, client = make_person(), Client()
    client.force_login(person)
    kept = [kind.slug for kind in stoppable() if kind != reminder()]
    client.post(reverse("notifications:preferences"), {"kinds": kept})
    assert not services.wants(person, reminder())
    assert services.wants(person, next(kind for kind in stoppable() if kind != reminder()))


def test_reading_the_link_changes_nothing() -> None:
    person = make_person()
    assert Client().get(path_of(person)).status_code == 200
    assert services.wants(person, reminder())


def test_a_mail_program_stops_it_without_session_or_token() -> None:
    person = make_person()
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path_of(person), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not services.wants(person, reminder())
    again = stop_url(person, reminder()).replace("/stop/", "/start/")
    Client().post(again.removeprefix("http://localhost"))
    assert services.wants(person, reminder())


def test_a_forged_link_is_not_there() -> None:
    person = make_person()
    token = path_of(person).replace("/stop/", "/stop/x")
    assert Client().post(token).status_code == 404
    assert not Switch.objects.exists()


def test_mail_about_the_account_cannot_be_stopped() -> None:
    account = find("account")
    assert account is not None
    person = make_person()
    services.set_switch(person=person, kind=account, is_on=False)
    assert services.wants(person, account)


def test_a_mail_carries_the_way_to_stop_it() -> None:
    crew, person = make_bare_crew(people=2), make_person("Zoë \U0001f33f")
    seat = take_seat(circle=crew, person=make_person("Joaquim Sá"))
    services.owe(kind="circles.joined", key="one", person=person, ref=seat.pk)
    services.send_due(seconds=5)
    (message,) = mail.outbox
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client().post(link.removeprefix("http://localhost")).status_code == 200
    assert email.utils.parseaddr(message.to[0])[1] == person.email
    assert link in str(message.body)


def test_health_tells_how_late_the_oldest_mail_is() -> None:
    url = reverse("notifications:healthz")
    assert Client().get(url).json() == {"database": "ok", "oldest_due_mail_seconds": 0}
    hour_ago = timezone.now() - timedelta(hours=1)
    Notice.objects.create(address="a@example.org", kind="account", key="x", due_at=hour_ago)
    answer = Client().get(url)
    assert answer.status_code == 503
    assert answer.json()["oldest_due_mail_seconds"] >= 3600


def test_the_way_to_stop_travels_in_one_plain_line() -> None:
    crew, person = make_bare_crew(people=2), make_person("Zoë")
    seat = take_seat(circle=crew, person=make_person("Joaquim Sá"))
    services.owe(kind="circles.joined", key="one", person=person, ref=seat.pk)
    services.send_due(seconds=5)
    raw = mail.outbox[0].message(policy=policy.SMTP).as_bytes().decode()
    (line,) = [one for one in raw.split("\r\n") if one.startswith("List-Unsubscribe:")]
    assert line.startswith("List-Unsubscribe: <http://localhost/mail/stop/")
    assert line.endswith("/>")


def test_a_switch_holds_also_for_invitations_to_ones_address() -> None:
    crew, person = make_bare_crew(people=2), make_person()
    invitations = find("circles.invited")
    assert invitations is not None
    services.set_switch(person=person, kind=invitations, is_on=False)
    by = crew.memberships.present().at_table()[0].person
    invite(circle=crew, by=by, email=person.email)
    assert services.send_due(seconds=5) == 0
    assert Notice.objects.get(kind="circles.invited").reason == "switched off"

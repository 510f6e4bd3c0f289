"""Choosing which mail one gets, signed in or by the link in a mail."""

import email.utils
from datetime import timedelta
from email import policy
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.services import invite, take_seat
from notifications import services
from notifications.kinds import Kind, find, stoppable, ticked
from notifications.links import stop_url
from notifications.models import Notice, Switch
from notifications.sections import sections_for
from people.models import Person
from tests.factories import make_bare_crew, make_person

pytestmark = pytest.mark.django_db

PAGE = "/mail/"


def reminder() -> Kind:
    kind = find("practice.reminder_day")
    assert kind is not None
    return kind


def filled(person: Person, **typed: Any) -> dict[str, Any]:
    """What a browser sends for the page as it stands, with what somebody typed."""
    data: dict[str, Any] = {}
    for section in sections_for(person):
        data |= {name: section[name].value() for name in section.fields}
    return {name: "" if value is None else value for name, value in (data | typed).items()}


def path_of(person: Person) -> str:
    return stop_url(person, reminder()).removeprefix("http://localhost")


def test_every_kind_without_a_section_of_its_own_has_a_tick() -> None:
    person, client = make_person(), Client()
    client.force_login(person)
    page = client.get(PAGE).content.decode()
    assert len(ticked()) >= 6
    for kind in ticked():
        assert f'value="{kind.slug}" checked' in page
        assert str(kind.title) in page
    assert {kind.slug for kind in stoppable()} - {kind.slug for kind in ticked()} == {
        "practice.reminder_day",
        "practice.reminder_hour",
        "practice.reminder_evening",
        "home.weekly",
    }


def test_what_is_not_ticked_is_not_sent() -> None:
    person, client = make_person(), Client()
    client.force_login(person)
    left_out, *kept = ticked()
    answer = client.post(PAGE, filled(person, kinds=[kind.slug for kind in kept]))
    assert answer.status_code == 303
    assert not services.wants(person, left_out)
    assert all(services.wants(person, kind) for kind in kept)
    page = client.get(PAGE).content.decode()
    assert f'value="{left_out.slug}">' in page


def test_a_page_sent_as_it_came_changes_nothing() -> None:
    person, client = make_person(quiet_from=22, quiet_until=7), Client()
    client.force_login(person)
    services.set_switch(person=person, kind=ticked()[1], is_on=False)
    before = filled(person)
    assert client.post(PAGE, before).status_code == 303
    person.refresh_from_db()
    assert filled(person) == before
    assert not services.wants(person, ticked()[1])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"quiet_from": "22", "quiet_until": ""}, "Choose when they end, or leave both open."),
        ({"quiet_from": "", "quiet_until": "7"}, "Choose when they begin, or leave both open."),
        ({"quiet_from": "20", "quiet_until": "13"}, "leave at least 8 hours"),
        ({"quiet_from": "7", "quiet_until": "7"}, "leave at least 8 hours"),
        ({"quiet_from": "26", "quiet_until": "7"}, "Choose one from the list."),
        ({"crew": "hourly"}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_kept(
    typed: dict[str, Any], words: str
) -> None:
    person, client = make_person(quiet_from=23, quiet_until=6), Client()
    client.force_login(person)
    answer = client.post(PAGE, filled(person, **{"dyad": "evening", **typed}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert '<option value="evening" selected>' in page
    person.refresh_from_db()
    assert (person.quiet_from, person.quiet_until) == (23, 6)
    assert filled(person)["dyad"] == "both"


def test_quiet_hours_are_kept_and_given_up() -> None:
    person, client = make_person(), Client()
    client.force_login(person)
    client.post(PAGE, filled(person, quiet_from="0", quiet_until="8"))
    person.refresh_from_db()
    assert (person.quiet_from, person.quiet_until) == (0, 8)
    client.post(PAGE, filled(person, quiet_from="", quiet_until=""))
    person.refresh_from_db()
    assert (person.quiet_from, person.quiet_until) == (None, None)


def test_the_database_knows_no_half_quiet_hours() -> None:
    for begins, ends in ((22, None), (None, 7), (24, 7), (7, 7)):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_person(quiet_from=begins, quiet_until=ends)


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
    services.send_due(seconds=60)
    (message,) = mail.outbox
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client().post(link.removeprefix("http://localhost")).status_code == 200
    assert email.utils.parseaddr(message.to[0])[1] == person.email
    assert link in str(message.body)


def test_health_tells_how_late_the_oldest_mail_is() -> None:
    url = reverse("notifications:healthz")
    well = {"database": "ok", "keys": "ok", "oldest_due_mail_seconds": 0}
    assert Client().get(url).json() == well
    hour_ago = timezone.now() - timedelta(hours=1)
    Notice.objects.create(address="a@example.org", kind="account", key="x", due_at=hour_ago)
    answer = Client().get(url)
    assert answer.status_code == 503
    assert answer.json()["oldest_due_mail_seconds"] >= 3600


def test_the_way_to_stop_travels_in_one_plain_line() -> None:
    crew, person = make_bare_crew(people=2), make_person("Zoë")
    seat = take_seat(circle=crew, person=make_person("Joaquim Sá"))
    services.owe(kind="circles.joined", key="one", person=person, ref=seat.pk)
    services.send_due(seconds=60)
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
    assert services.send_due(seconds=60) == 0
    assert Notice.objects.get(kind="circles.invited").reason == "switched off"

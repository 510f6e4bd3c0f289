"""The demo: a believable congregation, and a mailbox that anybody at this machine may read."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from circles.models import Circle, JoinRequest, Membership
from circles.scales import LAWS, Scale
from congregation.models import Congregation
from home import mailbox
from home.demo.people import SIGN_IN
from home.demo.practices import LONG_TABLE
from library.models import Draft, Learning, Practice
from library.reading import read
from library.services import finished
from notifications.services import queue_due_notices, send_due
from people.models import Person
from practice.models import PracticeSession
from tests.shared import once

pytestmark = pytest.mark.django_db


def demo() -> str:
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


made, said = once(demo)


def test_it_is_a_congregation_of_about_fifty_over_several_zones(said: str) -> None:
    estuary = Congregation.objects.get()
    seats = estuary.memberships.present().select_related("person")
    assert 45 <= seats.count() <= 55
    assert len({seat.person.time_zone for seat in seats}) >= 12
    for row in SIGN_IN:
        assert row.email in said


@pytest.mark.usefixtures("said")
def test_every_circle_keeps_the_law_of_its_scale() -> None:
    for circle in Circle.objects.with_size():
        assert 1 <= circle.size <= LAWS[circle.scale].most
    assert Circle.objects.filter(scale=Scale.CREW).count() >= 5
    assert Circle.objects.filter(scale=Scale.DYAD).count() >= 4


@pytest.mark.usefixtures("said")
def test_there_are_past_and_coming_meetings_and_one_begins_in_about_an_hour() -> None:
    now = timezone.now()
    assert PracticeSession.objects.filter(ends_at__lt=now).count() >= 5
    soon = PracticeSession.objects.filter(
        starts_at__gt=now + timedelta(minutes=59), starts_at__lt=now + timedelta(minutes=63)
    )
    assert soon.count() == 1


@pytest.mark.usefixtures("said")
def test_a_reminder_of_it_is_due_within_two_minutes() -> None:
    queue_due_notices(timezone.now() + timedelta(minutes=2))
    from notifications.models import Notice

    Notice.objects.update(due_at=timezone.now())
    send_due(seconds=60)
    assert [m.subject for m in mail.outbox if m.subject == "Slow Kettle meets in an hour"]


@pytest.mark.usefixtures("said")
def test_something_waits_for_the_steward() -> None:
    assert JoinRequest.objects.waiting().filter(circle__scale=Scale.CONGREGATION).count() == 2
    assert JoinRequest.objects.waiting().filter(circle__scale=Scale.CREW).count() == 3


@pytest.mark.usefixtures("said")
def test_the_congregation_has_a_practice_of_its_own_and_one_waits_to_be_read() -> None:
    estuary = Congregation.objects.get()
    own = Practice.objects.get(home=estuary)
    assert own.text == read(LONG_TABLE)
    ines = Person.objects.get(email=SIGN_IN[0].email)
    (waiting,) = Draft.objects.publishable_by(ines)
    assert finished(waiting).title == "Bring a broken thing"
    (learning,) = Learning.objects.visible_to(ines)
    assert learning.practice.slug == "case-clinic"


@pytest.mark.usefixtures("said")
def test_a_second_time_changes_nothing() -> None:
    Person.objects.filter(email=SIGN_IN[0].email).update(name="Renamed")
    seats = Membership.objects.count()
    demo()
    assert Membership.objects.count() == seats
    assert Person.objects.get(email=SIGN_IN[0].email).name == "Renamed"


@pytest.mark.usefixtures("said")
def test_each_can_be_signed_in_as_with_one_press() -> None:
    page = Client().get("/account/login/").content.decode()
    for row in SIGN_IN:
        assert f'value="{row.email}"' in page
        client = Client()
        client.post("/account/login/", {"login": row.email, "password": row.password})
        assert client.get("/you/").status_code == 200


def test_outside_the_demo_there_are_no_made_up_people(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        demo()
    assert "common table" not in Client().get("/account/login/").content.decode()


@pytest.fixture
def caught(settings: Any, tmp_path: Any) -> str:
    settings.MAIL_DIR = tmp_path
    message = EmailMultiAlternatives("A seat 🌿", "Plain words.", to=["nina@example.org"])
    message.attach_alternative(
        "<html><head></head><body><script>alert(1)</script><p>Warm words.</p></body></html>",
        "text/html",
    )
    message.attach("common-table.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar")
    mailbox.CatchingBackend().send_messages([message])
    return mailbox.names()[0]


def test_the_mailbox_shows_what_was_caught(caught: str) -> None:
    assert "A seat 🌿" in Client().get("/mailbox/").content.decode()
    page = Client().get(f"/mailbox/{caught}/").content.decode()
    assert "Plain words." in page
    assert "common-table.ics" in page


def test_a_caught_mail_runs_no_script(caught: str) -> None:
    answer = Client().get(f"/mailbox/{caught}/html/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_its_file_comes_as_a_download(caught: str) -> None:
    answer = Client().get(f"/mailbox/{caught}/files/0/")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert answer["Content-Disposition"].startswith("attachment")
    assert Client().get(f"/mailbox/{caught}/files/1/").status_code == 404


@pytest.mark.parametrize("name", ["..", "../secret", "x", "20260101T000000000000-zzzzzzzz"])
def test_no_other_file_can_be_read(caught: str, name: str) -> None:
    assert Client().get(f"/mailbox/{name}/").status_code == 404

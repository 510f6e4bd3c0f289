"""What waits for the end of quiet hours, and what does not."""

from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from notifications import services as mail
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.factories import make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    mails_to,
    make_table,
    meet_once,
    sent,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db]


def others() -> list[Person]:
    return [make_person("Tomasz"), make_person("Mere")]


def test_a_reminder_waits_for_the_end_of_quiet_hours(clock: Traveller) -> None:
    person = make_person("Inês", quiet_from=17, quiet_until=8)
    meet_once(make_table(person, *others()))
    tick(clock, SOON - DAY)
    tick(clock, datetime(2027, 1, 11, 7, 59, tzinfo=UTC))
    assert sent(person) == []
    tick(clock, datetime(2027, 1, 11, 8, tzinfo=UTC))
    assert sent(person) == ["day"]
    # The hour before falls into the next quiet hours, which end after the meeting.
    tick(clock, datetime(2027, 1, 11, 16, 54, tzinfo=UTC))
    assert sent(person) == ["day"]
    tick(clock, datetime(2027, 1, 11, 16, 55, tzinfo=UTC))
    assert sent(person) == ["day", "hour"]
    tick(clock, SOON - HOUR)
    assert sent(person) == ["day", "hour"]


def test_a_reminder_that_comes_early_says_when_and_not_in_an_hour(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    person = make_person("Inês", quiet_from=14, quiet_until=20)
    meet_once(make_table(person, *others()))
    tick(clock, SOON - DAY - HOUR)
    mailoutbox.clear()
    tick(clock, datetime(2027, 1, 11, 13, 55, tzinfo=UTC))
    (message,) = mails_to(person, mailoutbox)
    assert message.subject == "Slow Kettle 🫖 meets today at 18:30"


def test_a_question_waits_too(clock: Traveller) -> None:
    silent = make_person("Tomasz", quiet_from=18, quiet_until=7)
    meet_once(make_table(make_person("Inês"), silent, make_person("Mere")))
    tick(clock, SOON - DAY)
    assert silent not in told("question")
    tick(clock, datetime(2027, 1, 11, 7, tzinfo=UTC))
    assert silent in told("question")


def test_other_mail_waits_for_the_end_of_quiet_hours(clock: Traveller) -> None:
    sleeper, awake = make_person(quiet_from=11, quiet_until=14), make_person()
    crew = make_table(make_person("Inês"), sleeper, awake)
    send_due(seconds=5)
    meet_once(crew)
    tick(clock, NOW + MINUTE)
    assert told("scheduled") == [awake]
    notice = Notice.objects.get(kind="practice.scheduled", person=sleeper)
    assert (notice.due_at, notice.attempts) == (NOW + 2 * HOUR, 0)
    tick(clock, NOW + 2 * HOUR)
    assert set(told("scheduled")) == {awake, sleeper}


def test_what_begins_before_quiet_hours_end_is_told_at_once(clock: Traveller) -> None:
    sleeper = make_person(quiet_from=11, quiet_until=14)
    crew = make_table(make_person("Inês"), sleeper, make_person())
    meet_once(crew, NOW + HOUR)
    tick(clock, NOW + MINUTE)
    assert sleeper in told("scheduled")


def test_a_code_knows_no_quiet_hours(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    person = make_person(quiet_from=11, quiet_until=14)
    payload = {"template": "login_code", "code": "AAAA-BBBB"}
    mail.owe(kind="account", key="one", person=person, payload=payload)
    assert send_due(seconds=5) == 1

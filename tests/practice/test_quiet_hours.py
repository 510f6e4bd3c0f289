"""What waits for the end of quiet hours, and what does not."""

from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from notifications import services as mail
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from practice import services
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
    people_of,
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
    (message,) = [one for one in mails_to(person, mailoutbox) if "meets" in one.subject]
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
    send_due(seconds=60)
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
    assert send_due(seconds=60) == 1


def test_a_move_is_told_in_time_for_the_hour_that_people_still_believe(clock: Traveller) -> None:
    early = make_person(quiet_from=11, quiet_until=15)
    crew = make_table(make_person("Inês"), early, make_person())
    session = meet_once(crew, NOW + DAY + 2 * HOUR)
    tick(clock, NOW + 4 * HOUR)
    clock.move_to(NOW + DAY)
    by = people_of(crew)[0]
    services.move(session=session, by=by, starts_at=NOW + DAY + 9 * HOUR, minutes=60)
    clock.move_to(NOW + DAY + MINUTE)
    # Corrected before it was told: what they believe is still the first time.
    services.move(session=session, by=by, starts_at=NOW + DAY + 8 * HOUR, minutes=60)
    tick(clock, NOW + DAY + 4 * MINUTE)
    assert early in told("changed")


def test_a_move_of_a_later_meeting_waits_for_the_end_of_quiet_hours(clock: Traveller) -> None:
    early = make_person(quiet_from=11, quiet_until=15)
    crew = make_table(make_person("Inês"), early, make_person())
    session = meet_once(crew)
    by = people_of(crew)[0]
    services.move(session=session, by=by, starts_at=SOON + HOUR, minutes=60)
    tick(clock, NOW + 4 * MINUTE)
    assert early not in told("changed")
    tick(clock, NOW + 3 * HOUR)
    assert early in told("changed")

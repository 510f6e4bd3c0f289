"""What people hear of a pause, and when they hear nothing."""

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from practice import services
from tests.practice.tables import (
    MINUTE,
    NOW,
    mails_to,
    make_table,
    meet,
    people_of,
    tick,
    told,
)
from tests.practice.test_pauses import rest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_one_mail_tells_what_rests_and_what_is_added(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    meet(crew)
    others = people_of(crew)[1:]
    tick(clock, NOW)
    mailoutbox.clear()
    rest(crew)
    tick(clock, NOW + 4 * MINUTE)
    assert told("changed") == others
    (mail,) = mails_to(others[0], mailoutbox)
    assert mail.subject == "Slow Kettle 🫖: your meetings have changed"
    for line in (
        "- Monday 18 January, 18:30 (rests)",
        "- Monday 25 January, 18:30 (rests)",
        "- Monday 1 February, 18:30–20:00 (takes place)",
        "- Monday 8 February, 18:30–20:00 (takes place)",
    ):
        assert line in str(mail.body)


def test_a_pause_that_is_taken_back_at_once_is_not_told(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    meet(crew)
    tick(clock, NOW)
    mailoutbox.clear()
    pause = rest(crew)
    clock.move_to(NOW + 2 * MINUTE)
    services.end_pause(pause=pause, by=people_of(crew)[0])
    for minute in range(3, 9):
        tick(clock, NOW + minute * MINUTE)
    assert mailoutbox == []


def test_of_a_rhythm_without_an_end_only_what_rests_is_told(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    meet(crew, meetings=None)
    tick(clock, NOW)
    mailoutbox.clear()
    rest(crew)
    tick(clock, NOW + 4 * MINUTE)
    assert {mail.subject for mail in mailoutbox} == {"Slow Kettle 🫖: 2 meetings rest"}

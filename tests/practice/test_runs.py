"""Many mails at once: what they share is read once, and each is said for its own reader."""

from itertools import groupby

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import Traveller

from notifications import kinds
from notifications.letters import Letter
from notifications.models import Notice
from notifications.services import queue_due_notices
from practice.services import answer
from tests.factories import make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    SOON,
    mails_to,
    make_table,
    meet,
    meet_once,
    people_of,
    tick,
)
from tests.practice.test_mails import html

pytestmark = pytest.mark.django_db


def asked_for(most: int) -> tuple[int, int]:
    """How many letters a run has, and the most questions that those of one kind cost."""
    run, asked = Notice.objects.claim(timezone.now(), most), {}
    for slug, notices in groupby(sorted(run, key=kind_of), kind_of):
        kind = kinds.find(slug)
        assert kind is not None
        with CaptureQueriesContext(connection) as queries:
            assert all(isinstance(kind.build(notice), Letter) for notice in notices)
        asked[slug] = len(queries)
    return len(run), max(asked.values())


def kind_of(notice: Notice) -> str:
    return notice.kind


def assert_built_at_the_price_of_one() -> None:
    (one, for_one), (many, for_many) = asked_for(1), asked_for(50)
    assert (one, many > 8) == (1, True)
    assert for_many == for_one


def test_many_reminders_ask_the_database_no_more_than_one(clock: Traveller) -> None:
    for _ in range(6):
        meet_once(make_table())
    tick(clock, SOON - 2 * DAY)
    clock.move_to(SOON - DAY)
    queue_due_notices(SOON - DAY)
    assert_built_at_the_price_of_one()


def test_many_mails_about_new_meetings_ask_no_more_than_one(clock: Traveller) -> None:
    for _ in range(6):
        meet(make_table())
    clock.move_to(timezone.now() + HOUR)
    assert_built_at_the_price_of_one()


def test_in_a_run_everybody_reads_their_own_hour_their_own_answer_and_the_others(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    inês, tama = make_person("Inês", time_zone="Europe/Lisbon"), make_person("Tama")
    session = meet_once(make_table(inês, tama, make_person("Gro")))
    other = meet_once(make_table())
    for person in (inês, tama):
        answer(session=session, by=person, choice="yes")
    tick(clock, SOON - 2 * DAY)
    mailoutbox.clear()
    tick(clock, SOON - DAY)
    for person, comes in ((inês, "Tama"), (tama, "Inês")):
        (mail,) = mails_to(person, mailoutbox)
        assert person.city in str(mail.body)
        assert f"Who comes: {comes}\n" in str(mail.body)
        assert f"Who comes: {comes}<" in html(mail)
        assert "You said you’ll be there" in str(mail.body)
    for person in people_of(other.circle):
        (mail,) = mails_to(person, mailoutbox)
        assert other.get_absolute_url() in str(mail.body)
        assert session.get_absolute_url() not in str(mail.body)

"""Who is reminded of what and when, and why somebody is not."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from circles.services import close, leave, take_seat
from notifications.kinds import find
from notifications.models import Notice
from notifications.services import queue_due_notices, set_switch
from practice import services
from tests.factories import make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    WEEK,
    dropped,
    make_table,
    meet,
    meet_once,
    people_of,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SECOND = timedelta(seconds=1)


def test_who_comes_or_may_is_reminded_a_day_and_an_hour_before(clock: Traveller) -> None:
    session = meet_once(make_table(*(make_person() for _ in range(4))))
    yes, maybe, no, silent = people_of(session.circle)
    services.answer(session=session, by=maybe, choice="maybe")
    services.answer(session=session, by=no, choice="no")
    tick(clock, SOON - DAY - SECOND)
    assert told("reminder_day") == told("question") == []
    tick(clock, SOON - DAY)
    assert told("reminder_day") == [yes, maybe]
    assert told("question") == [silent]
    tick(clock, SOON - HOUR - SECOND)
    assert told("reminder_hour") == []
    tick(clock, SOON - HOUR)
    assert told("reminder_hour") == [yes, maybe]
    tick(clock, SOON - HOUR + MINUTE)
    tick(clock, SOON)
    assert told("reminder_day") == told("reminder_hour") == [yes, maybe]
    assert told("question") == [silent]


def test_each_meeting_of_a_rhythm_has_its_own(clock: Traveller) -> None:
    sessions = meet(make_table())
    inês = people_of(sessions[0].circle)[0]
    for session in sessions:
        tick(clock, session.starts_at - HOUR)
    assert told("reminder_hour") == [inês] * 3


def test_however_often_the_clock_ticks_one_reminder_is_owed(clock: Traveller) -> None:
    meet_once(make_table())
    clock.move_to(SOON - DAY)
    assert queue_due_notices(SOON - DAY) == 3
    for minutes in (0, 0, 1, 60):
        assert queue_due_notices(SOON - DAY + minutes * MINUTE) == 0
    assert Notice.objects.filter(kind="practice.reminder_day").count() == 1
    assert Notice.objects.filter(kind="practice.question").count() == 2


def test_a_reminder_that_a_pause_held_up_still_goes_while_it_helps(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    tick(clock, SOON - 13 * HOUR)
    assert told("reminder_day") == [inês]


def test_a_reminder_that_no_longer_helps_does_not_go(clock: Traveller) -> None:
    meet_once(make_table())
    tick(clock, SOON - 12 * HOUR)
    tick(clock, SOON)
    assert told("reminder_day") == told("question") == told("reminder_hour") == []


# --- nothing that was due before its reason was there -----------------------------------------


def test_a_meeting_set_half_an_hour_ahead_is_not_reminded_of(clock: Traveller) -> None:
    meet_once(make_table(), NOW + 30 * MINUTE)
    for minutes in range(0, 31, 5):
        tick(clock, NOW + minutes * MINUTE)
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == {"practice.scheduled"}


def test_a_meeting_set_less_than_a_day_ahead_is_reminded_of_in_its_last_hour_only(
    clock: Traveller,
) -> None:
    crew = make_table()
    inês = people_of(crew)[0]
    clock.move_to(NOW + 2 * DAY)
    meet_once(crew, NOW + 2 * DAY + 23 * HOUR)
    for hours in range(24):
        tick(clock, NOW + 2 * DAY + hours * HOUR)
    assert told("reminder_hour") == [inês]
    assert told("reminder_day") == told("question") == []


def test_who_says_yes_after_the_reminder_was_due_gets_the_next_one_only(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês, late, _ = people_of(session.circle)
    tick(clock, SOON - DAY)
    clock.move_to(SOON - DAY + MINUTE)
    services.answer(session=session, by=late, choice="yes")
    tick(clock, SOON - DAY + 2 * MINUTE)
    assert told("reminder_day") == [inês]
    tick(clock, SOON - HOUR)
    assert told("reminder_hour") == [inês, late]


def test_who_sits_down_later_is_not_asked_for_what_was_due_before(clock: Traveller) -> None:
    session = meet_once(make_table())
    clock.move_to(SOON - DAY + MINUTE)
    newcomer = make_person("Newcomer")
    take_seat(circle=session.circle, person=newcomer)
    tick(clock, SOON - DAY + 2 * MINUTE)
    assert newcomer not in told("question")
    assert len(told("question")) == 2


# --- built from the present state -------------------------------------------------------------


def test_a_moved_meeting_owes_a_new_reminder_and_drops_the_old_one(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    clock.move_to(SOON - DAY)
    queue_due_notices(SOON - DAY)
    services.move(session=session, by=inês, starts_at=SOON + WEEK, minutes=90)
    tick(clock, SOON - DAY)
    assert dropped("reminder_day") == ["moved"]
    assert dropped("question") == ["moved", "moved"]
    assert told("reminder_day") == []
    tick(clock, SOON - HOUR)
    assert told("reminder_hour") == []
    tick(clock, SOON + WEEK - DAY)
    assert told("reminder_day") == [inês]
    assert len(told("question")) == 2


def test_a_meeting_that_was_reminded_of_and_moved_is_reminded_of_anew(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    tick(clock, SOON - DAY)
    services.move(session=session, by=inês, starts_at=SOON + WEEK, minutes=90)
    tick(clock, SOON + WEEK - DAY)
    assert told("reminder_day") == [inês, inês]


def test_a_meeting_moved_nearer_than_a_day_is_reminded_of_in_its_last_hour(
    clock: Traveller,
) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    clock.move_to(SOON - 3 * DAY)
    services.move(session=session, by=inês, starts_at=SOON - 2 * DAY - HOUR, minutes=90)
    for hours in range(24):
        tick(clock, SOON - 3 * DAY + hours * HOUR)
    assert told("reminder_day") == told("question") == []
    assert told("reminder_hour") == [inês]


@pytest.mark.parametrize("late", [False, True])
def test_nobody_is_reminded_of_what_was_called_off(clock: Traveller, late: bool) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    clock.move_to(SOON - DAY)
    if late:
        queue_due_notices(SOON - DAY)
    services.cancel(session=session, by=inês)
    for before in (DAY, HOUR, MINUTE):
        tick(clock, SOON - before)
    assert told("reminder_day") == told("reminder_hour") == told("question") == []
    assert dropped("reminder_day") == (["cancelled"] if late else [])


def test_who_switched_a_kind_off_does_not_get_it(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    kind = find("practice.reminder_day")
    assert kind is not None
    set_switch(person=inês, kind=kind, is_on=False)
    tick(clock, SOON - DAY)
    assert dropped("reminder_day") == ["switched off"]
    assert told("reminder_day") == []
    assert not [mail for mail in mailoutbox if inês.email in mail.to[0]]
    tick(clock, SOON - HOUR)
    assert told("reminder_hour") == [inês]


@pytest.mark.parametrize("late", [False, True])
def test_who_has_left_the_table_hears_no_more_of_it(clock: Traveller, late: bool) -> None:
    session = meet_once(make_table(*(make_person() for _ in range(4))))
    gone, stays, silent, _ = people_of(session.circle)
    services.answer(session=session, by=stays, choice="yes")
    clock.move_to(SOON - DAY)
    if late:
        queue_due_notices(SOON - DAY)
    leave(circle=session.circle, by=gone)
    leave(circle=session.circle, by=silent)
    tick(clock, SOON - DAY)
    tick(clock, SOON - HOUR)
    assert told("reminder_day") == told("reminder_hour") == [stays]
    assert silent not in told("question")
    assert dropped("reminder_day") == (["no longer in the circle"] if late else [])


def test_a_table_that_has_come_to_its_end_is_quiet(clock: Traveller) -> None:
    session = meet_once(make_table())
    clock.move_to(SOON - DAY)
    queue_due_notices(SOON - DAY)
    close(circle=session.circle, by=people_of(session.circle)[0])
    tick(clock, SOON - DAY)
    tick(clock, SOON - HOUR)
    assert dropped("reminder_day") == ["the circle has ended"]
    assert told("reminder_day") == told("reminder_hour") == told("question") == []


def test_who_declines_or_answers_in_the_last_moment_gets_nothing_wrong(clock: Traveller) -> None:
    session = meet_once(make_table())
    declines, answers, silent = people_of(session.circle)
    clock.move_to(SOON - DAY)
    queue_due_notices(SOON - DAY)
    services.answer(session=session, by=declines, choice="no")
    services.answer(session=session, by=answers, choice="maybe")
    tick(clock, SOON - DAY)
    assert dropped("reminder_day") == ["not coming"]
    assert dropped("question") == ["answered"]
    assert told("question") == [silent]


def test_a_day_reminder_that_is_held_up_gives_way_to_the_hour_before(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    clock.move_to(SOON - DAY)
    queue_due_notices(SOON - DAY)
    tick(clock, SOON - HOUR)
    assert dropped("reminder_day") == ["the hour before is near"]
    assert told("reminder_hour") == [inês]


def test_nothing_is_said_once_the_meeting_has_begun(clock: Traveller) -> None:
    meet_once(make_table())
    clock.move_to(SOON - HOUR)
    queue_due_notices(SOON - HOUR)
    tick(clock, SOON)
    assert dropped("reminder_hour") == ["already begun"]
    assert told("reminder_hour") == []


def test_a_reminder_of_the_day_before_that_comes_late_does_not_say_tomorrow(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    meet_once(make_table())
    tick(clock, SOON - timedelta(hours=13))
    subjects = {mail.subject for mail in mailoutbox if "today" in mail.subject}
    assert "Slow Kettle 🫖 meets today at 18:30" in subjects
    assert not [mail for mail in mailoutbox if "tomorrow" in mail.subject]

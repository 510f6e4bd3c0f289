"""The mails of a time poll, and whom it reminds."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from time_machine import Traveller

from circles.services import take_seat
from practice import errors, services
from practice.models import PollAnswer
from tests.factories import make_person
from tests.practice.polls import (
    FORTNIGHTLY,
    TUESDAY,
    ask,
    option,
    say,
)
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    dropped,
    mails_to,
    make_table,
    people_of,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_others_hear_of_it_once(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    tomasz = make_person("Tomasz", time_zone="Europe/Warsaw")
    crew = make_table(make_person("Inês"), tomasz, make_person("Mere"))
    ask(crew, title="Our first cycle")
    tick(clock, NOW + MINUTE)
    assert told("poll") == people_of(crew)[1:]
    (mail,) = mails_to(tomasz, mailoutbox)
    assert mail.subject == "Slow Kettle 🫖 looks for a time to meet"
    assert "Inês proposes 3 times. What for: Our first cycle." in mail.body
    assert "Tuesday 12 January, 19:30" in mail.body
    assert mail.extra_headers["List-Unsubscribe"]


def test_only_those_who_have_left_a_time_unanswered_are_reminded_a_day_later(
    clock: Traveller,
) -> None:
    poll = ask(make_table(*(make_person(name) for name in "ABCD")))
    a, b, c, d = people_of(poll.circle)
    say(poll, a)
    say(poll, b)
    say(poll, c, "yes", TUESDAY)
    tick(clock, NOW + DAY - MINUTE)
    assert told("poll_reminder") == []
    tick(clock, NOW + DAY)
    assert told("poll_reminder") == [c, d]
    tick(clock, NOW + 3 * DAY)
    assert told("poll_reminder") == [c, d]


def test_the_reminder_comes_sooner_when_the_first_time_is_near(clock: Traveller) -> None:
    poll = ask(make_table(), [NOW + 10 * HOUR, NOW + 2 * DAY])
    tick(clock, NOW + 5 * HOUR)
    assert told("poll_reminder") == people_of(poll.circle)


def test_nobody_is_reminded_of_a_question_that_is_closed_or_past(clock: Traveller) -> None:
    crew = make_table()
    services.end_poll(poll=ask(crew), by=people_of(crew)[0])
    tick(clock, NOW + 20 * DAY)
    assert told("poll_reminder") == []
    assert dropped("poll_reminder") == ["closed"] * 3


def test_one_can_remind_by_hand_once_a_day(clock: Traveller) -> None:
    poll = ask(make_table())
    inês, tomasz, mere = people_of(poll.circle)
    say(poll, tomasz)
    clock.move_to(NOW + 12 * HOUR)
    assert services.remind(poll=poll, by=inês) == 1
    with pytest.raises(errors.RemindedToday):
        services.remind(poll=poll, by=tomasz)
    tick(clock, NOW + 12 * HOUR + MINUTE)
    assert told("poll_reminder") == [mere]
    # The clock's own reminder would come on its heels.
    tick(clock, NOW + DAY)
    assert told("poll_reminder") == [mere]
    clock.move_to(NOW + 2 * DAY)
    assert services.remind(poll=poll, by=tomasz) == 2
    tick(clock, NOW + 2 * DAY + MINUTE)
    assert told("poll_reminder") == [mere, inês, mere]


def test_a_reminder_to_nobody_does_not_use_up_the_day() -> None:
    poll = ask(make_table())
    inês, *others = people_of(poll.circle)
    for person in others:
        say(poll, person)
    assert services.remind(poll=poll, by=inês) == 0
    PollAnswer.objects.filter(person=others[0]).delete()
    assert services.remind(poll=poll, by=inês) == 1


def test_choosing_is_told_by_one_mail_that_knows_what_one_said(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    poll = ask(make_table(*(make_person(name) for name in "ABCD")), **FORTNIGHTLY)
    a, b, c, d = people_of(poll.circle)
    say(poll, b)
    say(poll, c, "no")
    tick(clock, NOW + MINUTE)
    mailoutbox.clear()
    services.close_poll(poll=poll, by=a, option=option(poll))
    tick(clock, NOW + 2 * DAY)
    assert told("scheduled") == [b, c, d]
    assert told("poll_reminder") == []
    bodies = {
        person.name: " ".join(mail.body.split())
        for person in (b, c, d)
        for mail in mails_to(person, mailoutbox)
    }
    assert len(mailoutbox) == 3
    assert "You said yes to it, so a cup is out for you. You may still change that:" in bodies["B"]
    assert "nobody expects you the first time" in bodies["C"]
    assert "asked about. Will you be there?" in bodies["D"]


def test_an_end_without_a_time_is_told_with_a_word_why(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    poll = ask(make_table())
    inês, tomasz, mere = people_of(poll.circle)
    tick(clock, NOW + MINUTE)
    mailoutbox.clear()
    services.end_poll(poll=poll, by=inês, word="Let us try again in spring.")
    tick(clock, NOW + 2 * DAY)
    assert len(mailoutbox) == 2
    (mail,) = mails_to(tomasz, mailoutbox)
    assert "spring" not in mail.subject
    assert "Inês closed the question about a time without one." in mail.body
    assert "“Let us try again in spring.”" in mail.body
    assert mails_to(mere, mailoutbox)


def test_mail_that_was_switched_off_is_not_sent(clock: Traveller) -> None:
    from notifications.kinds import find
    from notifications.services import set_switch

    crew = make_table()
    tomasz, mere = people_of(crew)[1:]
    for slug in ("practice.poll", "practice.poll_reminder"):
        kind = find(slug)
        assert kind is not None
        assert kind.can_be_stopped
        set_switch(person=tomasz, kind=kind, is_on=False)
    ask(crew)
    tick(clock, NOW + 2 * DAY)
    assert told("poll") == [mere]
    assert tomasz not in told("poll_reminder")


def test_somebody_who_sits_down_later_can_answer_and_be_reminded(clock: Traveller) -> None:
    poll = ask(make_table())
    rory = make_person("Rory")
    take_seat(circle=poll.circle, person=rory)
    say(poll, rory, "yes", TUESDAY)
    assert services.remind(poll=poll, by=people_of(poll.circle)[0]) == 3
    tick(clock, timezone.now() + timedelta(minutes=1))
    assert rory in told("poll_reminder")

"""After the last meeting both look back alone, and read each other at one moment."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from time_machine import Traveller

from circles.errors import NotAllowed
from dyads import errors, services
from dyads.models import Dyad, LookBack, LookBackAnswer
from dyads.showing.ending import waiting_at_the_end
from tests.dyads.ending import (
    DAY,
    NOW,
    SOON,
    WEEK,
    asked,
    coming,
    make_pair,
    meet,
    now,
    opened,
    page,
    people_of,
    say,
    signed_in,
    text,
    tick,
    told,
)
from tests.factories import make_person
from tests.practice.tables import mails_to

pytestmark = pytest.mark.django_db


# --- asking ---------------------------------------------------------------------------------


def test_both_are_asked_once_when_the_last_meeting_is_over(clock: Traveller) -> None:
    dyad = make_pair()
    sessions = meet(dyad, SOON, meetings=2)
    tick(clock, sessions[0].ends_at + DAY)
    assert not dyad.look_backs.exists()
    tick(clock, sessions[1].ends_at)
    tick(clock, sessions[1].ends_at + DAY)
    assert sorted(told("look_back"), key=lambda one: one.pk) == people_of(dyad)
    assert dyad.look_backs.count() == 1


def test_a_single_first_meeting_is_no_run(clock: Traveller) -> None:
    dyad = make_pair()
    (session,) = meet(dyad, SOON, every="once")
    tick(clock, session.ends_at + DAY)
    assert not dyad.look_backs.exists()


def test_as_many_single_meetings_as_they_wished_for_are_a_run(clock: Traveller) -> None:
    dyad = make_pair()
    Dyad.objects.filter(pk=dyad.pk).update(meetings=2)
    meet(dyad, SOON, every="once")
    (second,) = meet(dyad, SOON + WEEK, every="once")
    tick(clock, second.ends_at)
    assert now(dyad).is_asking


def test_a_long_silence_is_asked_about_once(clock: Traveller) -> None:
    dyad = make_pair()
    tick(clock, dyad.created_at + 7 * WEEK)
    assert not dyad.look_backs.exists()
    tick(clock, dyad.created_at + 8 * WEEK + DAY)
    tick(clock, dyad.created_at + 9 * WEEK + DAY)
    assert len(told("look_back")) == 2
    assert dyad.look_backs.count() == 1


def test_either_may_ask_at_any_time_and_the_other_hears(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    dyad = make_pair()
    one, other = people_of(dyad)
    look_back = services.ask_look_back(dyad=dyad, by=one)
    assert services.ask_look_back(dyad=dyad, by=other) == look_back
    tick(clock)
    assert told("look_back") == [other]
    mail = mails_to(other, mailoutbox)[-1]
    assert mail.subject == "Ana would like to look back with you"


def test_nobody_else_asks_and_nobody_alone() -> None:
    dyad = make_pair()
    with pytest.raises(NotAllowed):
        services.ask_look_back(dyad=dyad, by=make_person())
    alone = services.begin(by=make_person("Cleo"), email="somebody@example.org")
    with pytest.raises(errors.NotTwoYet):
        services.ask_look_back(dyad=alone, by=people_of(alone)[0])


# --- answering ------------------------------------------------------------------------------


def test_nothing_is_read_before_both_have_answered(clock: Traveller) -> None:
    dyad = make_pair()
    look_back = asked(dyad, clock)
    one, other = people_of(dyad)
    say(look_back, 0, "close", received="Your patience.", word="Goodbye.")
    readable = LookBackAnswer.objects.readable_by(other)
    assert not readable.exists()
    for url in (look_back.get_absolute_url(), dyad.get_absolute_url(), "/today/"):
        theirs = text(signed_in(other).get(url))
        assert "Your patience." not in theirs
        assert "Goodbye." not in theirs
        assert "has answered" not in theirs
    say(look_back, 1, "continue")
    assert {answer.person for answer in readable} == {one, other}
    assert {answer.person for answer in LookBackAnswer.objects.readable_by(one)} == {one, other}


def test_an_answer_may_be_changed_until_the_other_has_answered(clock: Traveller) -> None:
    look_back = asked(make_pair(), clock)
    say(look_back, 0, "close")
    say(look_back, 0, "continue", word="After all.")
    say(look_back, 1, "continue")
    assert now(look_back.dyad).outcome == "continue"
    with pytest.raises(errors.LookBackIsOpen):
        say(look_back, 0, "close")


def test_who_answered_first_hears_that_it_is_open_and_no_mail_says_what_was_said(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    dyad = make_pair()
    opened(dyad, clock, "continue", "pause")
    tick(clock)
    # The other one reads both at that very moment.
    assert told("opened") == people_of(dyad)[:1]
    for person in people_of(dyad):
        for mail in mails_to(person, mailoutbox):
            assert "Received by" not in mail.body
            assert "needs a pause" not in mail.body


def test_whoever_is_silent_is_reminded_once_and_later_once_more(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    dyad = make_pair()
    look_back = asked(dyad, clock)
    one, other = people_of(dyad)
    say(look_back, 0, "pause", word="Quietly.")
    tick(clock, look_back.asked_at + 5 * DAY)
    tick(clock, look_back.asked_at + 6 * DAY)
    assert told("look_back_waits") == [other]
    tick(clock, look_back.asked_at + 8 * WEEK + DAY)
    tick(clock, look_back.asked_at + 9 * WEEK)
    assert told("look_back_waits") == [other, other]
    assert one.first_name in mails_to(other, mailoutbox)[-1].subject
    assert "Quietly." not in "".join(str(mail.body) for mail in mails_to(other, mailoutbox))
    dyad.refresh_from_db()
    assert dyad.is_open
    assert not now(dyad).is_open


def test_one_that_nobody_answered_is_asked_anew_after_the_next_meetings(clock: Traveller) -> None:
    dyad = make_pair()
    look_back = asked(dyad, clock)
    say(look_back, 0, "continue")
    later = meet(dyad, look_back.asked_at + WEEK, meetings=2)[-1]
    tick(clock, later.ends_at + DAY)
    assert dyad.look_backs.get().asked_at == later.ends_at + DAY
    assert told("look_back").count(people_of(dyad)[1]) == 2


def test_whoever_sets_meetings_again_does_not_learn_whether_the_other_has_answered(
    clock: Traveller,
) -> None:
    def found(*, has_answered: bool) -> list[str]:
        """What the one who sets the meetings finds afterwards, and by mail."""
        dyad = make_pair()
        look_back = asked(dyad, clock)
        if has_answered:
            say(look_back, 1, "close")
        mine, _ = people_of(dyad)
        meet(dyad, look_back.asked_at + 2 * WEEK, by=mine)
        tick(clock, look_back.asked_at + WEEK)
        pages = [dyad.get_absolute_url(), page(look_back, "look_back"), "/today/"]
        read = [re.sub("<[^>]*>", "", text(signed_in(mine).get(address))) for address in pages]
        mails = [kind for kind in ("look_back", "look_back_waits") if mine in told(kind)]
        clock.move_to(NOW)
        return [*read, *mails]

    assert found(has_answered=True) == found(has_answered=False)


def test_a_question_is_quiet_while_meetings_are_set_again_and_can_be_answered(
    clock: Traveller,
) -> None:
    dyad = make_pair()
    look_back = asked(dyad, clock)
    mine, _ = people_of(dyad)
    assert list(waiting_at_the_end(mine))
    meet(dyad, look_back.asked_at + 2 * WEEK)
    assert not list(waiting_at_the_end(mine))
    tick(clock, look_back.asked_at + WEEK)
    assert not told("look_back_waits")
    say(look_back, 0, "continue")
    say(look_back, 1, "continue")
    assert now(dyad).settled_at is not None


# --- continuing -----------------------------------------------------------------------------


def test_both_go_on_and_one_press_sets_the_meetings_as_they_were(clock: Traveller) -> None:
    dyad = make_pair()
    Dyad.objects.filter(pk=dyad.pk).update(meetings=4)
    look_back = opened(dyad, clock, "continue", "continue")
    one, other = people_of(dyad)
    press = page(look_back, "go_on")
    assert press in text(signed_in(other).get(dyad.get_absolute_url()))
    assert signed_in(other).post(press).status_code == 303
    rhythm = dyad.rhythms.latest("pk")
    assert (rhythm.every, rhythm.interval, rhythm.meetings) == ("week", 1, 4)
    assert (rhythm.at, rhythm.starts_on.weekday()) == (SOON.time(), SOON.weekday())
    assert now(dyad).settled_at is not None
    assert coming(dyad) == 4
    with pytest.raises(errors.SettledAlready):
        services.go_on(look_back=look_back, by=one)
    assert coming(dyad) == 4


def test_a_first_meeting_goes_on_in_the_rhythm_they_wished_for(clock: Traveller) -> None:
    dyad = make_pair()
    (session,) = meet(dyad, SOON, every="once", time_zone="Europe/Berlin")
    clock.move_to(session.ends_at)
    services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])
    say(now(dyad), 0, "continue")
    say(now(dyad), 1, "continue")
    rhythm = services.go_on(look_back=now(dyad), by=people_of(dyad)[0])
    assert (rhythm.every, rhythm.interval, rhythm.meetings) == ("week", 2, 6)
    first = rhythm.sessions.earliest("starts_at")
    assert first.starts_at == session.starts_at + 2 * WEEK


def test_going_on_before_any_meeting_leads_to_a_rhythm(clock: Traveller) -> None:
    dyad = make_pair()
    services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])
    say(now(dyad), 0, "continue")
    say(now(dyad), 1, "continue")
    with pytest.raises(errors.NothingToRepeat):
        services.go_on(look_back=now(dyad), by=people_of(dyad)[0])
    words = text(signed_in(people_of(dyad)[0]).get(dyad.get_absolute_url()))
    assert "You both would like to go on" in words


def test_with_meetings_to_come_going_on_is_settled_at_once(clock: Traveller) -> None:
    dyad = make_pair()
    meet(dyad, SOON)
    services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])
    say(now(dyad), 0, "continue")
    say(now(dyad), 1, "continue")
    assert now(dyad).settled_at is not None
    assert coming(dyad) == 3


def test_what_is_said_at_the_last_meeting_itself_still_sets_new_ones(clock: Traveller) -> None:
    dyad = make_pair()
    last = meet(dyad, SOON, meetings=2)[-1]
    clock.move_to(last.starts_at + timedelta(minutes=30))
    services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])
    say(now(dyad), 0, "continue")
    say(now(dyad), 1, "continue")
    assert now(dyad).settled_at is None
    tick(clock, last.ends_at + DAY)
    assert dyad.look_backs.count() == 1
    services.go_on(look_back=now(dyad), by=people_of(dyad)[1])
    assert coming(dyad) == dyad.meetings


# --- pausing --------------------------------------------------------------------------------


def test_a_pause_calls_the_meetings_off_and_asks_both_on_its_day(clock: Traveller) -> None:
    dyad = make_pair()
    meet(dyad, SOON)
    services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])
    say(now(dyad), 0, "continue")
    say(now(dyad), 1, "pause")
    dyad.refresh_from_db()
    assert dyad.is_resting
    assert coming(dyad) == 0
    until = now(dyad).pauses_until
    assert until == (SOON - WEEK).date() + 8 * WEEK
    tick(clock, SOON + 7 * WEEK + DAY)
    tick(clock, SOON + 7 * WEEK + 2 * DAY)
    assert sorted(told("rested"), key=lambda one: one.pk) == people_of(dyad)
    assert dyad.look_backs.count() == 1


def test_the_two_choose_another_day_and_either_wakes_it(clock: Traveller) -> None:
    dyad = make_pair()
    look_back = opened(dyad, clock, "pause", "continue")
    one, other = people_of(dyad)
    until = page(look_back, "rest_until")
    assert signed_in(one).post(until, {"until": "2020-01-01"}).status_code == 422
    assert signed_in(one).post(until, {"until": "2027-03-01"}).status_code == 303
    assert now(dyad).pauses_until == date(2027, 3, 1)
    assert "You pause for a while" in text(signed_in(one).get(look_back.get_absolute_url()))
    clock.move_to(datetime(2027, 3, 1, 12, tzinfo=UTC))
    words = text(signed_in(one).get(look_back.get_absolute_url()))
    assert "Your pause is over" in words
    assert "2027-03-01" not in words
    client = signed_in(other)
    assert client.post(page(look_back, "wake")).status_code == 303
    assert f"{one.first_name} hears by mail." in text(client.get(dyad.get_absolute_url()))
    dyad.refresh_from_db()
    assert not dyad.is_resting
    tick(clock)
    assert told("woke") == [one]
    with pytest.raises(errors.SettledAlready):
        services.wake(look_back=look_back, by=one)


def test_setting_meetings_wakes_it(clock: Traveller) -> None:
    dyad = make_pair()
    look_back = opened(dyad, clock, "pause", "pause")
    meet(dyad, look_back.asked_at + WEEK)
    dyad.refresh_from_db()
    assert not dyad.is_resting
    assert now(dyad).settled_at is not None


# --- pages ----------------------------------------------------------------------------------


def test_a_choice_is_needed_and_what_was_typed_is_kept(clock: Traveller) -> None:
    look_back = asked(make_pair(), clock)
    client = signed_in(people_of(look_back.dyad)[0])
    response = client.post(look_back.get_absolute_url(), {"received": "Kept words."})
    assert response.status_code == 422
    assert "Choose one of the three." in text(response)
    assert "Kept words." in text(response)


def test_from_today_to_the_answer(clock: Traveller) -> None:
    look_back = asked(make_pair(), clock)
    client = signed_in(people_of(look_back.dyad)[0])
    assert look_back.get_absolute_url() in text(client.get("/today/"))
    said = {"choice": "pause", "received": "", "word": ""}
    assert client.post(look_back.get_absolute_url(), said).status_code == 303
    assert look_back.get_absolute_url() not in text(client.get("/today/"))
    assert "A look back is under way." in text(client.get(look_back.dyad.get_absolute_url()))


def test_the_press_of_the_first_page_asks(clock: Traveller) -> None:
    dyad = make_pair()
    client, url = signed_in(people_of(dyad)[0]), f"{dyad.get_absolute_url()}look-back/"
    assert "Look back together?" in text(client.get(url))
    client.post(url)
    assert client.get(url)["Location"] == now(dyad).get_absolute_url()
    assert LookBack.objects.count() == 1


def test_it_takes_as_many_questions_for_many_dyads(
    clock: Traveller, django_assert_max_num_queries: object
) -> None:
    dyads = [make_pair() for _ in range(4)]
    sessions = [meet(dyad, SOON, meetings=1, every="week")[-1] for dyad in dyads]
    last = sessions[0]
    clock.move_to(last.starts_at + timedelta(minutes=1))
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert services.ask_where_due(timezone.now()) == 0
    clock.move_to(last.ends_at)
    assert services.ask_where_due(timezone.now()) == 4

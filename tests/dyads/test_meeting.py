"""After the introduction: one reminder, “did you meet?”, beginning anew, and letting it be."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.services import close, leave
from dyads import services
from dyads.errors import NoLongerTwo
from dyads.mail.introductions import questions
from dyads.models import DidMeet, Introduction
from dyads.rules.meeting import Stage, Standing, morning_after, stage
from dyads.showing.introduction import pairs_wait
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from practice.models import Attendance, PracticeSession
from practice.services import cancel, note_attendance
from tests.dyads.introduced import (
    WEEK,
    body,
    browser,
    clock_brings,
    introduce_two,
    letters_to,
    make_two,
    subjects,
    times_of,
    words,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
DID_MEET = "Did you meet"


@pytest.fixture
def two() -> tuple[Person, Person]:
    return make_two()


def introduced_long_ago(two: tuple[Person, Person], days: int, **plan: Any) -> Introduction:
    with time_machine.travel(timezone.now() - timedelta(days=days), tick=False):
        introduction = introduce_two(*two, **plan)
        send_due(seconds=10)
    mail.outbox.clear()
    return introduction


def after_the_first(introduction: Introduction, by: Person) -> datetime:
    """A time is taken; returns when the first meeting is over."""
    session = services.take_time(introduction=introduction, by=by, at=times_of(introduction)[0])
    send_due(seconds=10)
    mail.outbox.clear()
    return session.ends_at


def asked(person: Person) -> list[str]:
    return [one for one in subjects(person) if one.startswith(DID_MEET)]


# --- the reminder ---------------------------------------------------------------------------


def test_after_a_week_without_a_time_both_hear_once_with_new_ones(
    two: tuple[Person, Person],
) -> None:
    introduction = introduced_long_ago(two, 8)
    assert services.nudge_where_due(timezone.now()) == 1
    assert services.nudge_where_due(timezone.now() + timedelta(hours=1)) == 0
    send_due(seconds=10)
    moments = times_of(introduction)
    assert len(moments) == 3
    assert moments[0] >= timezone.now() + timedelta(days=2) - timedelta(hours=1)
    for person, other in (two, two[::-1]):
        (letter,) = letters_to(person)
        assert letter.subject == f"A time for you and {other.first_name}?"
        assert "This is the only reminder." in body(letter)
        assert "List-Unsubscribe" in letter.extra_headers


def test_no_reminder_for_a_time_that_is_set_a_dyad_that_ended_or_too_early(
    two: tuple[Person, Person],
) -> None:
    early = introduced_long_ago(two, 6)
    assert services.nudge_where_due(timezone.now()) == 0
    services.ask_for_times(introduction=early, by=two[0])
    services.take_time(introduction=early, by=two[0], at=times_of(early)[-1])
    assert services.nudge_where_due(timezone.now() + WEEK) == 0
    other = introduced_long_ago((make_person(), make_person()), 8)
    close(circle=other.dyad, by=services.sitting(other.dyad)[0])
    assert services.nudge_where_due(timezone.now()) == 0


def test_a_reminder_that_came_too_late_is_not_sent(two: tuple[Person, Person]) -> None:
    introduction = introduced_long_ago(two, 8)
    services.nudge_where_due(timezone.now())
    at = times_of(introduction)[0]
    services.take_time(introduction=introduction, by=two[0], at=at)
    Notice.objects.filter(kind="practice.scheduled").delete()
    send_due(seconds=10)
    assert mail.outbox == []


# --- did you meet? --------------------------------------------------------------------------


def test_each_is_asked_once_in_the_morning_by_their_own_clock(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    with time_machine.travel(NOW, tick=False):
        introduction = introduce_two(oisin, mere)
        send_due(seconds=10)
        ended = after_the_first(introduction, oisin)
    # 07:45 on Thursday in Dublin, the evening of Thursday in Auckland.
    assert f"{ended:%a %H:%M}" == "Thu 07:45"
    clock_brings(ended + timedelta(hours=1))
    assert asked(oisin) + asked(mere) == []
    clock_brings(morning_after(ended, mere.zone))
    assert (asked(oisin), asked(mere)) == ([], ["Did you meet Oisín?"])
    clock_brings(morning_after(ended, oisin.zone))
    clock_brings(morning_after(ended, oisin.zone) + timedelta(days=3))
    assert (asked(oisin), asked(mere)) == (["Did you meet Mere?"], ["Did you meet Oisín?"])
    (letter,) = [one for one in letters_to(mere) if one.subject.startswith(DID_MEET)]
    assert "Your first meeting was set for Thursday 4 March, 20:00." in body(letter)
    assert "neither is anybody’s fault" in body(letter)


def test_nobody_is_asked_what_they_or_the_table_have_said(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere)
    ended = after_the_first(introduction, oisin)
    with time_machine.travel(ended + timedelta(minutes=1), tick=False):
        services.say_met(introduction=introduction, by=oisin, met=True)
    clock_brings(ended + timedelta(days=2))
    assert asked(oisin) == []
    assert asked(mere) == ["Did you meet Oisín?"]


def test_attendance_that_is_noted_answers_it(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere)
    ended = after_the_first(introduction, oisin)
    session = PracticeSession.objects.filter(circle=introduction.dyad_id).first()
    assert session is not None
    both = {oisin.pk, mere.pk}
    with time_machine.travel(ended + timedelta(minutes=1), tick=False):
        note_attendance(session=session, by=mere, there=both, asked=both)
        page = words(browser(oisin), introduction.dyad.get_absolute_url())
        assert DID_MEET not in page
        assert DID_MEET not in words(browser(oisin), reverse("home:today"))
    clock_brings(ended + timedelta(days=2))
    assert asked(oisin) + asked(mere) == []


def test_two_weeks_without_a_time_and_both_are_asked(two: tuple[Person, Person]) -> None:
    introduction = introduced_long_ago(two, 13)
    clock_brings(timezone.now())
    assert asked(two[0]) == []
    later = timezone.now() + timedelta(days=2)
    clock_brings(later)
    assert asked(two[0]) == ["Did you meet Mere?"]
    assert "no time was set here" in body(letters_to(two[1])[-1])
    with time_machine.travel(later, tick=False):
        assert "did you meet?" in words(browser(two[0]), reverse("home:today"))
        services.say_met(introduction=introduction, by=two[0], met=True)
        assert "did you meet?" not in words(browser(two[0]), reverse("home:today"))


def test_a_yes_is_kept_on_the_page_of_the_two(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere)
    ended = after_the_first(introduction, oisin)
    address = reverse("dyads:did_meet", args=[introduction.dyad_id])
    early = browser(mere).post(address, {"met": "yes"})
    assert early.status_code == 422
    assert "still to come" in early.content.decode()
    with time_machine.travel(ended + timedelta(hours=1), tick=False):
        page = words(browser(mere), introduction.dyad.get_absolute_url())
        assert "Did you meet Oisín?" in page
        wrong = browser(mere).post(address, {"met": "perhaps"})
        assert wrong.status_code == 422
        assert "Say yes or no." in wrong.content.decode()
        answer = browser(mere).post(address, {"met": "yes"})
        assert answer["Location"] == introduction.dyad.get_absolute_url()
        assert "Did you meet" not in words(browser(mere), introduction.dyad.get_absolute_url())
        assert "Did you meet Mere?" in words(browser(oisin), introduction.dyad.get_absolute_url())
    assert Attendance.objects.get().was_there
    assert introduction.round.places.get(person=mere).heard_at is not None


def test_a_no_counts_as_not_met_and_leads_on(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere, meetings=1)
    ended = after_the_first(introduction, oisin)
    address = reverse("dyads:did_meet", args=[introduction.dyad_id])
    with time_machine.travel(ended + timedelta(hours=1), tick=False):
        browser(mere).post(address, {"met": "no"})
        page = words(browser(mere), introduction.dyad.get_absolute_url())
        assert "You two have not met yet" in page
        assert "Look for new times" in page
        assert "Let it be" in page
        assert not DidMeet.objects.get().met
        assert "not met" not in words(browser(oisin), introduction.dyad.get_absolute_url())
        browser(mere).post(reverse("dyads:new_times", args=[introduction.dyad_id]))
        moments = times_of(introduction)
        assert len(moments) == 3
        second = services.take_time(introduction=introduction, by=mere, at=moments[0])
        introduction.refresh_from_db()
        assert introduction.session == second
        assert "not met yet" not in words(browser(mere), introduction.dyad.get_absolute_url())
    # Afterwards both are asked anew.
    clock_brings(second.ends_at + timedelta(days=2))
    assert asked(mere) == ["Did you meet Oisín?"]
    assert asked(oisin) == ["Did you meet Mere?"]


def test_a_missed_first_meeting_is_no_question_once_they_met_again(
    two: tuple[Person, Person],
) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere, meetings=2, weeks=1)
    ended = after_the_first(introduction, oisin)
    with time_machine.travel(ended + timedelta(hours=1), tick=False):
        answer = browser(mere).post(
            reverse("dyads:did_meet", args=[introduction.dyad_id]), {"met": "no"}, follow=True
        )
        page = answer.content.decode()
        assert "Noted: you have not met yet." in page
        # The next meeting stands, so nothing is to be begun anew.
        assert "How it can go on" not in page
    with time_machine.travel(ended + WEEK + timedelta(hours=1), tick=False):
        for person in two:
            page = words(browser(person), introduction.dyad.get_absolute_url())
            assert "You two have not met yet" not in page
            assert "Did you meet" not in page


def test_from_the_mail_without_signing_in(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere)
    ended = after_the_first(introduction, oisin)
    clock_brings(ended + timedelta(days=2))
    (address,) = re.findall(r"(/dyads/did-you-meet/\S+/no/)", letters_to(mere)[-1].body)
    token = address.split("/")[-3]
    visitor = Client(enforce_csrf_checks=True)
    with time_machine.travel(ended + timedelta(days=2), tick=False):
        page = words(visitor, address)
        assert "Say that you did not meet Oisín?" in page
        assert not DidMeet.objects.exists()
        answer = visitor.post(reverse("dyads:met_said", args=[token]), {"met": "no"})
        assert "Noted: you have not met yet" in words(visitor, answer["Location"])
        visitor.post(answer["Location"], {"met": "yes"})
        assert DidMeet.objects.get().met
        assert visitor.post(answer["Location"], {"met": "9"}).status_code == 422
        assert visitor.get(reverse("dyads:say_met", args=[token, "maybe"])).status_code == 404
        assert visitor.get(reverse("dyads:met_said", args=["x" + token])).status_code == 404
        close(circle=introduction.dyad, by=oisin)
        assert visitor.post(answer["Location"], {"met": "no"}).status_code == 409
    assert DidMeet.objects.get().met


def test_a_meeting_called_off_is_no_meeting(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere, meetings=1)
    session = services.take_time(introduction=introduction, by=oisin, at=times_of(introduction)[0])
    cancel(session=session, by=mere)
    page = words(browser(oisin), introduction.dyad.get_absolute_url())
    assert "When do you meet first?" in page
    clock_brings(session.ends_at + timedelta(days=2))
    assert asked(oisin) == []


# --- letting it be --------------------------------------------------------------------------


def test_let_be_ends_it_for_both_with_the_same_words(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduced_long_ago(two, 15)
    address = reverse("dyads:let_be", args=[introduction.dyad_id])
    assert "not whose wish it was" in words(browser(mere), address)
    answer = browser(mere).post(address)
    assert answer["Location"] == reverse("dyads:index")
    send_due(seconds=10)
    (to_oisin,), (to_mere,) = letters_to(oisin), letters_to(mere)
    assert to_oisin.subject == "Oisín & Mere comes to its end"
    assert body(to_oisin) == body(to_mere)
    assert "Mere" not in body(to_oisin).replace("Oisín & Mere", "")
    with pytest.raises(NoLongerTwo):
        services.let_be(introduction=introduction, by=oisin)
    browser(oisin).post(address)
    send_due(seconds=10)
    assert len(mail.outbox) == 2
    # Nothing is asked or offered any more.
    assert services.nudge_where_due(timezone.now()) == 0
    clock_brings(timezone.now() + timedelta(days=3))
    assert asked(oisin) + asked(mere) == []


def test_whoever_has_left_is_asked_nothing(two: tuple[Person, Person]) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere)
    ended = after_the_first(introduction, oisin)
    leave(circle=introduction.dyad, by=mere)
    clock_brings(ended + timedelta(days=2))
    assert asked(oisin) + asked(mere) == []


# --- the rule -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "comes", "ended", "said", "noted", "shown"),
    [
        (1, False, False, None, False, Stage.TIMES),
        (1, True, False, None, False, Stage.NOTHING),
        (15, False, False, None, False, Stage.ASKED),
        (15, False, False, True, False, Stage.NOTHING),
        (15, False, False, False, False, Stage.AGAIN),
        (15, True, False, False, False, Stage.NOTHING),
        (9, True, True, None, False, Stage.ASKED),
        (9, True, True, None, True, Stage.NOTHING),
        (9, False, True, True, False, Stage.NOTHING),
        (9, False, True, False, True, Stage.AGAIN),
    ],
)
def test_what_they_are_shown(
    days: int, comes: bool, ended: bool, said: bool | None, noted: bool, shown: Stage
) -> None:
    standing = Standing(
        made_at=NOW - timedelta(days=days),
        comes=comes,
        first_ended_at=NOW - timedelta(hours=1) if ended else None,
        said=said,
        is_noted=noted,
    )
    assert stage(standing, NOW) == shown


# --- Today ----------------------------------------------------------------------------------


def test_today_leads_to_a_time_in_one_query(
    two: tuple[Person, Person], django_assert_num_queries: Any
) -> None:
    oisin, mere = two
    introduction = introduce_two(oisin, mere)
    for _ in range(2):
        introduce_two(oisin, make_person(suitable_hours=list(range(168))))
    with django_assert_num_queries(1):
        found = list(pairs_wait(oisin))
    assert len(found) == 2
    with django_assert_num_queries(1):
        (one,) = pairs_wait(mere)
    assert one.heading == "Oisín & Mere: you were paired"
    assert one.url == f"{introduction.dyad.get_absolute_url()}#first-meeting"


def test_the_morning_question_costs_the_same_for_few_and_many(
    django_assert_num_queries: Any,
) -> None:
    later = timezone.now() + timedelta(days=20)
    for count in (1, 3):
        for _ in range(count):
            introduce_two(make_person(), make_person())
        with django_assert_num_queries(1):
            list(questions(later))

"""Setting a rhythm: what comes of it, and what stands in its way."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.services import close, leave
from library.models import Practice
from notifications.models import Notice
from practice import errors, services
from practice.models import Answer, PracticeSession, Rhythm
from practice.showing.wording import rhythm_in_words
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    MINUTE,
    NOW,
    SOON,
    WEEK,
    attached,
    mails_to,
    make_table,
    meet,
    meet_once,
    people_of,
    schedule,
    signed_in,
    text,
    tick,
    told,
    typed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- the rule ---------------------------------------------------------------------------------


def test_all_its_meetings_are_there_at_once() -> None:
    sessions = meet(make_table(), every="week", interval=2, meetings=3, minutes=75)
    assert [session.number for session in sessions] == [1, 2, 3]
    assert [session.starts_at for session in sessions] == [SOON, SOON + 2 * WEEK, SOON + 4 * WEEK]
    assert {session.ends_at - session.starts_at for session in sessions} == {timedelta(minutes=75)}


def test_it_keeps_the_clock_of_its_place_when_summer_begins() -> None:
    sessions = meet(
        make_table(),
        datetime(2027, 3, 23, 17, 30, tzinfo=UTC),
        time_zone="Europe/Berlin",
        meetings=2,
    )
    assert [f"{session.starts_at:%d %H:%M}" for session in sessions] == ["23 17:30", "30 16:30"]


def test_just_once_makes_one_however_many_were_wished() -> None:
    session = meet_once(make_table(), meetings=6)
    assert session.rhythm is not None
    assert session.rhythm.meetings == 1


def test_whoever_sets_it_comes_and_nobody_else_has_answered() -> None:
    crew = make_table()
    setter = people_of(crew)[1]
    sessions = meet(crew, by=setter)
    said = Answer.objects.filter(session__in=sessions).values_list("person", "choice")
    assert list(said) == [(setter.pk, "yes")] * 3


def test_the_others_are_told_once_with_all_of_it(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    setter, *others = people_of(crew)
    sessions = meet(crew, by=setter)
    for minutes in (1, 2):
        tick(clock, NOW + minutes * MINUTE)
    assert told("scheduled") == others
    assert len(mailoutbox) == len(others)
    (mail,) = mails_to(others[0], mailoutbox)
    assert mail.subject == "Slow Kettle 🫖 has a rhythm"
    for day in ("11 January", "18 January", "25 January"):
        assert day in str(mail.body)
    assert {str(event["uid"]) for event in attached(mail)} == {
        f"{session.uid}@localhost" for session in sessions
    }


def test_hosting_goes_round_and_on_in_the_next_run() -> None:
    crew = make_table()
    first, second, third = people_of(crew)
    assert [session.host for session in meet(crew, meetings=4)] == [first, second, third, first]
    later = meet(crew, SOON + 10 * WEEK, meetings=2)
    assert [session.host for session in later] == [second, third]


def test_a_gathering_of_many_is_hosted_by_who_says_so() -> None:
    assert {session.host for session in meet(make_congregation(people=3))} == {None}


@pytest.mark.parametrize("seated", [1, 2])
def test_too_few_people_cannot_begin(seated: int) -> None:
    crew = make_table(*(make_person() for _ in range(seated)))
    with pytest.raises(errors.TooFewPeople):
        meet(crew)
    assert not Rhythm.objects.exists()


def test_what_has_passed_cannot_be_set() -> None:
    crew = make_table()
    for past in (NOW, NOW - MINUTE):
        with pytest.raises(errors.InThePast):
            meet(crew, past)
    assert not Rhythm.objects.exists()
    assert meet(crew, NOW + MINUTE)


def test_nobody_sits_at_one_table_twice_at_a_time() -> None:
    crew = make_table()
    meet(crew, SOON, interval=2)
    with pytest.raises(errors.AlreadyMeeting):
        meet(crew, SOON - WEEK, by=people_of(crew)[1])
    assert Rhythm.objects.count() == 1
    assert Notice.objects.filter(kind="practice.scheduled").count() == 2


def test_the_hour_is_free_again_once_a_meeting_is_called_off() -> None:
    crew = make_table()
    session = meet_once(crew)
    services.cancel(session=session, by=people_of(crew)[0])
    assert meet_once(crew).starts_at == session.starts_at


def test_another_table_may_meet_at_the_same_time() -> None:
    assert meet_once(make_table()).starts_at == meet_once(make_table()).starts_at


def test_the_database_itself_keeps_one_meeting_at_a_time() -> None:
    session = meet_once(make_table())
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeSession.objects.create(
            circle=session.circle,
            starts_at=session.starts_at,
            ends_at=session.ends_at + MINUTE,
            time_zone="UTC",
        )
    PracticeSession.objects.filter(pk=session.pk).update(cancelled_at=NOW)
    PracticeSession.objects.create(
        circle=session.circle,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone="UTC",
    )


def test_only_those_who_sit_at_an_open_table_set_its_rhythm() -> None:
    crew = make_table()
    one, two, _ = people_of(crew)
    with pytest.raises(NotAllowed):
        meet(crew, by=make_person())
    leave(circle=crew, by=two)
    with pytest.raises(NotAllowed):
        meet(crew, by=two)
    close(circle=crew, by=one)
    with pytest.raises(CircleClosed):
        meet(crew, by=one)
    assert not Rhythm.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"every": "minute"}, errors.NoSuchRhythm),
        ({"every": "fortnight"}, errors.NoSuchRhythm),
        ({"interval": 0}, errors.NoSuchRhythm),
        ({"interval": 13}, errors.NoSuchRhythm),
        ({"every": "month", "interval": 2}, errors.NoSuchRhythm),
        ({"minutes": 1}, errors.NoSuchRhythm),
        ({"meetings": 0}, errors.NoSuchRhythm),
        ({"meetings": 400}, errors.NoSuchRhythm),
        ({"time_zone": "Mars/Olympus"}, errors.NoSuchRhythm),
        ({"starts_on": date.max, "meetings": None}, errors.TooFarAway),
        ({"starts_on": date(2029, 1, 7)}, errors.TooFarAway),
        ({"starts_on": date.min}, errors.TooFarAway),
        ({"starts_on": date(2027, 1, 3)}, errors.InThePast),
    ],
    ids=str,
)
def test_no_service_makes_a_rhythm_that_is_none(
    wrong: dict[str, Any], error: type[Exception]
) -> None:
    crew = make_table()
    wish = {
        "every": "week",
        "starts_on": SOON.date(),
        "at": SOON.time(),
        "time_zone": "UTC",
        "minutes": 90,
        "meetings": 3,
    }
    with pytest.raises(error):
        services.set_rhythm(circle=crew, by=people_of(crew)[0], **{**wish, **wrong})
    assert not Rhythm.objects.exists()


# --- the page ---------------------------------------------------------------------------------


def test_setting_a_rhythm_on_the_page() -> None:
    crew = make_table()
    practice = Practice.objects.get(slug="case-clinic")
    client = signed_in(people_of(crew)[0])
    wish = typed(practice=practice.pk, place="The mill 🌾", link="https://room.example/kettle")
    response = client.post(schedule(crew), wish)
    assert response.status_code == 303
    assert response["Location"] == crew.get_absolute_url()
    assert "4 meetings stand" in text(client.get(crew.get_absolute_url()))
    first = crew.sessions.order_by("number").first()
    assert first is not None
    assert first.starts_at == datetime(2027, 1, 12, 17, 30, tzinfo=UTC)
    assert (first.practice, first.place) == (practice, "The mill 🌾")
    assert first.link == "https://room.example/kettle"


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "2027-01-04", "at": "12:00", "time_zone": "UTC"},
        {"day": "2029-02-01"},
        {"day": "someday"},
        {"at": "25:00"},
        {"time_zone": "Mars/Olympus"},
        {"minutes": 4},
        {"minutes": 481},
        {"meetings": 0},
        {"meetings": 53},
        {"meetings": 400},
        {"every": "weeks", "weeks": ""},
        {"every": "weeks", "weeks": 0},
        {"every": "weeks", "weeks": 13},
        {"day": "9999-12-31", "open_ended": "on"},
        {"day": "9999-12-31", "every": "once", "meetings": 53},
        {"day": "0001-01-01"},
        {"meetings": ""},
        {"every": "hour"},
        {"practice": "999999"},
        {"link": "javascript:alert(1)"},
        {"place": "x" * 201},
    ],
    ids=str,
)
def test_what_does_not_do_is_explained_and_the_rest_stays(wrong: dict[str, Any]) -> None:
    crew = make_table()
    wish = typed(**{"place": "The mill 🌾", "minutes": 85, **wrong})
    response = signed_in(people_of(crew)[0]).post(schedule(crew), wish)
    assert response.status_code == 422
    words = text(response)
    assert 'aria-invalid="true"' in words
    for name in ("place", "minutes"):
        assert f'value="{wish[name]}"' in words
    assert not Rhythm.objects.exists()


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, "Every Tuesday at 18:30, Berlin time, four times: 12 Jan, 19 Jan, 26 Jan, 2 Feb."),
        (
            {"every": "fortnight", "meetings": 26},
            "Every other Tuesday at 18:30, Berlin time, 26 times: "
            "12 Jan, 26 Jan, 9 Feb, 23 Feb, 9 Mar, 23 Mar … 28 Dec.",
        ),
        (
            {"every": "weeks", "weeks": 12, "day": "2027-11-01", "meetings": 2},
            "Every twelve weeks on Monday at 18:30, Berlin time, twice: 1 Nov, 24 Jan 2028.",
        ),
        (
            {"every": "month", "meetings": 3},
            "The second Tuesday of each month at 18:30, Berlin time, "
            "three times: 12 Jan, 9 Feb, 9 Mar.",
        ),
        (
            {"every": "month", "day": "2027-01-29", "meetings": "", "open_ended": "on"},
            "The last Friday of each month at 18:30, Berlin time, without an end: "
            "29 Jan, 26 Feb, 26 Mar, 30 Apr, 28 May, 25 Jun and so on.",
        ),
        # What is not asked for does not stand in the way, whatever was left there.
        (
            {"every": "once", "meetings": "many", "weeks": 99},
            "Tuesday 12 January at 18:30, Berlin time.",
        ),
        (
            {"every": "week", "weeks": 99, "meetings": 1},
            "Every Tuesday at 18:30, Berlin time, once: 12 Jan.",
        ),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_will_be_is_read_before_it_is_set(wish: dict[str, Any], expected: str) -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    response = client.post(schedule(crew), typed(**wish, look="1", place="The mill 🌾"))
    assert (response.status_code, expected in text(response)) == (200, True)
    assert 'value="The mill 🌾"' in text(response)
    assert not Rhythm.objects.exists()
    part = client.post(schedule(crew), typed(**wish, look="1"), headers={"HX-Request": "true"})
    assert expected in text(part)
    assert "<form" not in text(part)
    assert client.post(schedule(crew), typed(**wish)).status_code == 303
    rhythm = Rhythm.objects.get()
    assert rhythm_in_words(rhythm) in expected


def test_an_address_may_bring_the_last_day_of_the_calendar() -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    response = client.get(schedule(crew), {"day": "9999-12-31", "every": "week"})
    assert "you read here what will be" in text(response)


def test_what_will_be_waits_for_what_is_to_be_put_right() -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    wish = typed(day="", look="1")
    assert client.post(schedule(crew), wish).status_code == 422
    part = client.post(schedule(crew), wish, headers={"HX-Request": "true"})
    assert "you read here what will be" in text(part)
    # An empty page already says what its fields would make.
    assert "Every other Monday at 18:30, UTC time, six times" in text(client.get(schedule(crew)))


def test_the_same_time_twice_is_explained_beside_the_day() -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    assert client.post(schedule(crew), typed()).status_code == 303
    response = client.post(schedule(crew), typed(place="The mill 🌾"))
    assert response.status_code == 422
    assert "You already meet at that very time" in text(response)
    assert 'value="The mill 🌾"' in text(response)
    assert crew.sessions.count() == 4


def test_too_few_people_are_led_to_invite_somebody() -> None:
    crew = make_table(make_person(), make_person())
    client = signed_in(people_of(crew)[0])
    words = text(client.get(schedule(crew)))
    assert "One more person, and you can set a rhythm" in words
    assert reverse("circles:invite", args=[crew.pk]) in words
    assert client.post(schedule(crew), typed()).status_code == 422
    assert not crew.sessions.exists()

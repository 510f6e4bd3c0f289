"""One meeting and all that follow: moved, changed; and what stays as it was."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from library.models import Practice
from practice import errors, services
from practice.models import Answer, PracticeSession, Rhythm
from tests.factories import make_congregation
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    WEEK,
    attached,
    detail,
    mails_to,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    signed_in,
    stand,
    text,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def moments(sessions: list[PracticeSession]) -> list[datetime]:
    return [stand(one).starts_at for one in sessions]


def move_on(session: PracticeSession, **wish: Any) -> int:
    """Two days later and an hour earlier, unless told."""
    local = session.starts_at
    wish = {
        "by": people_of(session.circle)[0],
        "day": local.date() + timedelta(days=2),
        "at": time(17, 30),
        "time_zone": "UTC",
        "minutes": 90,
        **wish,
    }
    return services.move_following(session=session, **wish)


def when(**fields: Any) -> dict[str, Any]:
    return {
        "which": "following",
        "day": "2027-01-20",
        "at": "17:30",
        "time_zone": "UTC",
        "minutes": 75,
        "seen": 0,
        **fields,
    }


# --- moving -----------------------------------------------------------------------------------


def test_all_that_follow_go_on_from_the_new_day_and_what_was_before_stays() -> None:
    first, second, third, fourth = sessions = meet(make_table(), meetings=4)
    client = signed_in(people_of(first.circle)[1])
    assert "This one and the 2 that follow" in text(client.get(page("move", second)))
    response = client.post(page("move", second), when(), follow=True)
    assert "It goes on like this: Every Wednesday at 17:30, UTC time." in text(response)
    on = 2 * DAY - HOUR
    assert moments(sessions) == [
        first.starts_at,
        second.starts_at + on,
        third.starts_at + on,
        fourth.starts_at + on,
    ]
    assert [stand(one).minutes for one in sessions] == [90, 75, 75, 75]
    assert [stand(one).number for one in sessions] == [1, 2, 3, 4]


def test_answers_stay_and_each_may_change_theirs() -> None:
    first, second, third = meet(make_table())
    tomasz = people_of(first.circle)[1]
    services.answer(session=second, by=tomasz, choice="maybe", word="Perhaps late", following=True)
    before = list(Answer.objects.order_by("pk").values())
    move_on(first)
    assert list(Answer.objects.order_by("pk").values()) == before
    assert Answer.objects.filter(session=third, person=tomasz, choice="maybe").exists()


def test_what_was_moved_by_hand_stays_where_it_was_put() -> None:
    first, second, third = meet(make_table())
    inês = people_of(first.circle)[0]
    services.move(session=second, by=inês, starts_at=second.starts_at + 3 * DAY, minutes=30)
    move_on(first)
    assert stand(second).starts_at == SOON + WEEK + 3 * DAY
    assert stand(second).minutes == 30
    assert stand(third).starts_at == third.starts_at + 2 * DAY - HOUR


def test_what_was_moved_back_to_where_it_was_is_no_longer_by_hand() -> None:
    first, second, _ = meet(make_table())
    inês = people_of(first.circle)[0]
    for starts_at in (second.starts_at + DAY, second.starts_at):
        services.move(session=second, by=inês, starts_at=starts_at, minutes=90)
    move_on(first)
    assert stand(second).starts_at == second.starts_at + 2 * DAY - HOUR


def test_a_moved_meeting_that_leads_the_others_comes_along() -> None:
    first, second, third = meet(make_table())
    inês = people_of(first.circle)[0]
    services.move(session=second, by=inês, starts_at=second.starts_at + DAY, minutes=90)
    move_on(stand(second))
    assert moments([second, third]) == [
        second.starts_at + 3 * DAY - HOUR,
        third.starts_at + 3 * DAY - HOUR,
    ]
    move_on(first)
    assert stand(second).starts_at == second.starts_at + 2 * DAY - HOUR


def test_the_past_and_what_was_called_off_are_left_alone(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=5)
    inês = people_of(sessions[0].circle)[0]
    services.cancel(session=sessions[3], by=inês)
    clock.move_to(sessions[1].starts_at + MINUTE)
    before = [stand(one) for one in sessions]
    move_on(sessions[2])
    for number in (0, 1, 3):
        now = stand(sessions[number])
        assert (now.starts_at, now.sequence) == (before[number].starts_at, before[number].sequence)
    assert stand(sessions[4]).starts_at == sessions[4].starts_at + 2 * DAY - HOUR


def test_one_that_follows_may_already_be_over_when_another_was_moved_behind_it(
    clock: Traveller,
) -> None:
    first, second, third = meet(make_table())
    inês = people_of(first.circle)[0]
    services.move(session=first, by=inês, starts_at=second.starts_at + 2 * DAY, minutes=90)
    clock.move_to(second.ends_at + MINUTE)
    move_on(stand(first))
    assert stand(second).starts_at == second.starts_at
    assert stand(third).starts_at == stand(first).starts_at + 2 * WEEK


def test_by_exactly_a_week_they_trade_places() -> None:
    first, second, third = meet(make_table())
    move_on(first, day=SOON.date() + timedelta(days=7), at=SOON.time())
    assert moments([first, second, third]) == [SOON + week * WEEK for week in (1, 2, 3)]


def test_it_keeps_the_clock_of_its_new_place_over_the_summer() -> None:
    winter = datetime(2027, 3, 15, 18, 30, tzinfo=UTC)
    sessions = meet(make_table(), winter, time_zone="UTC", meetings=4)
    move_on(sessions[0], day=date(2027, 3, 16), at=time(18, 30), time_zone="Europe/Berlin")
    assert [f"{one:%d %H:%M}" for one in moments(sessions)] == [
        "16 17:30",
        "23 17:30",
        "30 16:30",
        "06 16:30",
    ]
    assert {stand(one).time_zone for one in sessions} == {"Europe/Berlin"}


def test_a_monthly_rhythm_takes_the_weekday_of_its_new_day() -> None:
    sessions = meet(make_table(), every="month", meetings=3)
    move_on(sessions[1], day=date(2027, 2, 26), at=time(18))
    assert [f"{one:%a %d %b}" for one in moments(sessions)] == [
        "Mon 11 Jan",
        "Fri 26 Feb",
        "Fri 26 Mar",
    ]


def test_a_rhythm_without_an_end_goes_on_from_there(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=None)
    move_on(sessions[3])
    clock.move_to(sessions[1].ends_at)
    services.extend_rhythms(sessions[1].ends_at)
    last = PracticeSession.objects.filter(rhythm=sessions[0].rhythm).latest("number")
    assert last.number == 14
    assert last.starts_at == SOON + 13 * WEEK + 2 * DAY - HOUR


def test_one_mail_tells_all_of_it(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    sessions = meet(make_table())
    others = people_of(sessions[0].circle)[1:]
    tick(clock, NOW)
    mailoutbox.clear()
    move_on(sessions[0])
    tick(clock, NOW + 4 * MINUTE)
    assert told("changed") == others
    mail = mails_to(others[0], mailoutbox)[0]
    assert mail.subject == "Slow Kettle 🫖: 3 meetings have moved"
    assert "Wednesday 13 January, 17:30–19:00 (was Mon 11 Jan, 18:30)" in str(mail.body)
    assert len(attached(mail)) == 3


# --- what stands in the way -------------------------------------------------------------------


def test_a_moment_that_is_taken_is_named_and_nothing_has_changed() -> None:
    crew = make_table()
    sessions = meet(crew)
    meet_once(crew, SOON + WEEK + 2 * DAY)
    before = list(PracticeSession.objects.order_by("pk").values())
    rule = Rhythm.objects.values().get(pk=sessions[0].rhythm_id or 0)
    response = signed_in(people_of(crew)[0]).post(
        page("move", sessions[0]), when(day="2027-01-13", at="18:30")
    )
    assert response.status_code == 422
    assert "You already meet at that very time, Wednesday 20 January at 18:30" in text(response)
    assert 'value="2027-01-13"' in text(response)
    assert 'value="following"' in text(response)
    assert list(PracticeSession.objects.order_by("pk").values()) == before
    assert Rhythm.objects.values().get(pk=sessions[0].rhythm_id or 0) == rule


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"day": date(2027, 1, 3)}, errors.InThePast),
        ({"day": date(2030, 1, 3)}, errors.TooFarAway),
        ({"day": date.max}, errors.TooFarAway),
        ({"time_zone": "Mars/Olympus"}, errors.NoSuchRhythm),
        ({"minutes": 1}, errors.NoSuchRhythm),
        ({"seen": 7}, errors.ChangedMeanwhile),
    ],
    ids=str,
)
def test_what_does_not_do_changes_nothing(wish: dict[str, Any], error: type[Exception]) -> None:
    sessions = meet(make_table())
    with pytest.raises(error):
        move_on(sessions[1], **wish)
    assert moments(sessions) == [one.starts_at for one in sessions]
    assert Rhythm.objects.get().first == 1


def test_a_single_date_has_none_that_follow() -> None:
    session = meet_once(make_table())
    with pytest.raises(errors.NoRhythm):
        move_on(session)
    assert "Which?" not in text(signed_in(people_of(session.circle)[0]).get(page("move", session)))


def test_what_has_begun_is_moved_alone(clock: Traveller) -> None:
    first = meet(make_table())[0]
    clock.move_to(SOON + MINUTE)
    with pytest.raises(errors.HasBegun):
        move_on(first)
    assert "Which?" not in text(signed_in(people_of(first.circle)[0]).get(page("move", first)))


# --- practice, host, place --------------------------------------------------------------------


def test_a_new_place_for_all_that_follow_leaves_each_its_own_practice() -> None:
    first, second, third = meet(make_table())
    inês, tomasz, mere = people_of(first.circle)
    troika = Practice.objects.get(slug="troika")
    words: dict[str, Any] = {"practice": troika, "host": third.host, "place": "", "link": ""}
    services.change_details(session=third, by=inês, **words)
    response = signed_in(inês).post(
        page("details", second),
        detail(host=tomasz.pk, place="The kitchen", which="following"),
    )
    assert response.status_code == 303
    assert [stand(one).place for one in (first, second, third)] == ["", *["The kitchen"] * 2]
    assert (stand(third).practice, stand(third).host) == (troika, mere)
    assert Rhythm.objects.get().place == "The kitchen"


def test_after_a_new_host_whoever_hosted_least_goes_on() -> None:
    sessions = meet(make_table(), meetings=5)
    inês, tomasz, mere = people_of(sessions[0].circle)
    signed_in(inês).post(page("details", sessions[1]), detail(host=mere.pk, which="following"))
    assert [stand(one).host for one in sessions] == [inês, mere, tomasz, inês, mere]


def test_a_gathering_keeps_one_host_for_all_that_follow() -> None:
    congregation = make_congregation(people=2)
    steward, member, _ = people_of(congregation)
    sessions = meet(congregation, by=steward)
    words: dict[str, Any] = {"practice": None, "place": "", "link": ""}
    services.change_details(session=sessions[1], by=steward, host=member, following=True, **words)
    assert [stand(one).host for one in sessions] == [None, member, member]


def test_new_meetings_begin_as_all_that_follow_were_changed(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=None, place="The mill")
    inês = people_of(sessions[0].circle)[0]
    signed_in(inês).post(
        page("details", sessions[0]),
        detail(host=inês.pk, place="The kitchen", which="following"),
    )
    clock.move_to(SOON + 2 * HOUR)
    services.extend_rhythms(SOON + 2 * HOUR)
    assert PracticeSession.objects.latest("number").place == "The kitchen"


def test_details_of_one_change_one_and_no_rhythm() -> None:
    first, second, _ = meet(make_table(), place="The mill")
    inês = people_of(first.circle)[0]
    signed_in(inês).post(page("details", first), detail(place="The kitchen", which="one"))
    assert (stand(first).place, stand(second).place) == ("The kitchen", "The mill")
    assert Rhythm.objects.get().place == "The mill"

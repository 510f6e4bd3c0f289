"""Meeting after all, while the time is still to come."""

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from circles.errors import NotAllowed
from circles.services import leave
from practice import errors, services
from practice.models import Answer, PracticeSession, Rhythm
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
    page,
    people_of,
    signed_in,
    stand,
    text,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def stands(sessions: list[PracticeSession]) -> list[bool]:
    return [not stand(one).is_cancelled for one in sessions]


def test_the_message_after_calling_off_leads_back() -> None:
    session = meet(make_table())[1]
    inês, tomasz, _ = people_of(session.circle)
    services.answer(session=session, by=tomasz, choice="yes", word="Gladly")
    client = signed_in(inês)
    response = client.post(page("cancel", session), {"which": "one", "seen": 0}, follow=True)
    assert f'<a href="{page("take_back", session)}">Take that back</a>' in text(response)
    assert "Meet on Monday 18 January after all?" in text(client.get(page("take_back", session)))
    response = client.post(page("take_back", session), {"seen": 1}, follow=True)
    assert "It takes place after all." in text(response)
    assert stand(session).sequence == 2
    said = Answer.objects.get(session=session, person=tomasz)
    assert (said.choice, said.word) == ("yes", "Gladly")


def test_the_page_of_what_was_called_off_offers_it_to_those_who_plan() -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    client = signed_in(inês)
    assert "Meet after all" not in text(client.get(page("session", session)))
    services.cancel(session=session, by=inês)
    assert page("take_back", session) in text(client.get(page("session", session)))


def test_a_run_comes_back_whole_or_one_by_one(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=4)
    inês = people_of(sessions[0].circle)[0]
    services.cancel(session=sessions[0], by=inês)
    clock.move_to(NOW + MINUTE)
    services.cancel(session=sessions[1], by=inês, following=True)
    client = signed_in(inês)
    assert "All that were called off together" in text(client.get(page("take_back", sessions[2])))
    client.post(page("take_back", sessions[2]), {"which": "one", "seen": 1})
    assert stands(sessions) == [False, False, True, False]
    client.post(page("take_back", sessions[3]), {"which": "together", "seen": 1})
    assert stands(sessions) == [False, True, True, True]


def test_a_rhythm_without_an_end_ends_when_it_is_called_off_and_goes_on_when_that_is_taken_back(
    clock: Traveller,
) -> None:
    sessions = meet(make_table(), meetings=None)
    inês = people_of(sessions[0].circle)[0]
    services.cancel(session=sessions[4], by=inês, following=True)
    clock.move_to(SOON + 2 * WEEK + HOUR)
    assert services.extend_rhythms(SOON + 2 * WEEK + HOUR) == 0
    services.take_back(session=sessions[4], by=inês, together=True)
    assert Rhythm.objects.get().stopped_at is None
    to_come = PracticeSession.objects.to_come(SOON + 2 * WEEK + 2 * HOUR)
    assert [one.number for one in to_come] == list(range(4, 16))


def test_what_falls_into_a_pause_goes_on_resting_and_is_not_counted() -> None:
    sessions = meet(make_table(), meetings=None)
    inês, rhythm = people_of(sessions[0].circle)[0], Rhythm.objects.get()
    day = sessions[1].starts_at.date()
    services.pause(rhythm=rhythm, by=inês, first_day=day, last_day=day)
    told = services.cancel(session=sessions[0], by=inês, following=True)
    assert services.take_back(session=sessions[0], by=inês, together=True) == told
    assert stand(sessions[1]).is_paused


def test_within_the_wait_nobody_hears_of_it(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    tick(clock, NOW)
    mailoutbox.clear()
    services.cancel(session=session, by=inês)
    clock.move_to(NOW + MINUTE)
    services.take_back(session=session, by=inês)
    for minute in range(2, 8):
        tick(clock, NOW + minute * MINUTE)
    assert mailoutbox == []
    assert dropped("changed") == ["changed again since"] * 2 + ["it stands as it was told"] * 2


def test_later_the_others_hear_that_it_takes_place_and_are_reminded(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    services.answer(session=session, by=tomasz, choice="yes")
    services.cancel(session=session, by=inês)
    tick(clock, NOW + 5 * MINUTE)
    mailoutbox.clear()
    services.take_back(session=session, by=mere)
    tick(clock, NOW + 10 * MINUTE)
    assert [mail.subject for mail in mailoutbox] == [
        "Slow Kettle 🫖: a meeting takes place after all"
    ] * 2
    assert told("changed")[-2:] == [inês, tomasz]
    tick(clock, SOON - HOUR)
    assert tomasz in told("reminder_hour")


def test_not_when_something_else_took_its_time() -> None:
    crew = make_table()
    session = meet_once(crew)
    inês = people_of(crew)[0]
    services.cancel(session=session, by=inês)
    meet_once(crew)
    with pytest.raises(errors.AlreadyMeeting):
        services.take_back(session=session, by=inês)
    response = signed_in(inês).post(page("take_back", session), {"seen": 1}, follow=True)
    assert "You already meet at that very time" in text(response)
    assert stand(session).is_cancelled


def test_not_when_its_time_has_come(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    services.cancel(session=session, by=inês)
    clock.move_to(SOON)
    with pytest.raises(errors.SessionOver):
        services.take_back(session=session, by=inês)
    assert "Meet after all" not in text(signed_in(inês).get(page("session", session)))


def test_not_what_takes_place_nor_by_others_nor_unseen() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    with pytest.raises(errors.NotCalledOff):
        services.take_back(session=session, by=inês)
    services.cancel(session=session, by=inês)
    with pytest.raises(NotAllowed):
        services.take_back(session=session, by=make_person())
    leave(circle=session.circle, by=tomasz)
    with pytest.raises(NotAllowed):
        services.take_back(session=session, by=tomasz)
    with pytest.raises(errors.ChangedMeanwhile):
        services.take_back(session=session, by=inês, seen=0)
    assert stand(session).is_cancelled


def test_it_comes_back_where_it_was_though_its_rhythm_has_moved_on() -> None:
    first, second, third = meet(make_table())
    inês = people_of(first.circle)[0]
    services.cancel(session=second, by=inês)
    services.move_following(
        session=first,
        by=inês,
        day=SOON.date() + DAY,
        at=SOON.time(),
        time_zone="UTC",
        minutes=90,
    )
    services.take_back(session=second, by=inês)
    assert stand(second).starts_at == second.starts_at
    assert stand(second).moved_by_hand
    assert stand(third).starts_at == third.starts_at + DAY

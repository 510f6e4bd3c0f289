"""Moving meetings, calling them off, and changing what is done there."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from circles.errors import NotAllowed
from notifications.models import Notice
from practice import errors, services
from practice.models import Answer
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    attached,
    detail,
    dropped,
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


def when(**fields: Any) -> dict[str, Any]:
    """What somebody types who moves a meeting a day on."""
    return {
        "day": "2027-01-12",
        "at": "18:30",
        "time_zone": "UTC",
        "minutes": 90,
        "seen": 0,
        **fields,
    }


# --- moving -----------------------------------------------------------------------------------


def test_a_moved_meeting_keeps_its_answers_and_its_number() -> None:
    first, second, third = meet(make_table())
    inês, tomasz, _ = people_of(second.circle)
    services.answer(session=second, by=tomasz, choice="maybe", word="Perhaps late")
    response = signed_in(tomasz).post(page("move", second), when(day="2027-01-20", minutes=60))
    assert (response.status_code, response["Location"]) == (303, page("session", second))
    moved = stand(second)
    assert (moved.starts_at, moved.minutes) == (SOON + 9 * DAY, 60)
    assert (moved.sequence, moved.moved_at, moved.number) == (1, NOW, 2)
    said = Answer.objects.filter(session=second).order_by("pk")
    assert [(one.person, one.choice, one.word) for one in said] == [
        (inês, "yes", ""),
        (tomasz, "maybe", "Perhaps late"),
    ]
    assert [stand(one).starts_at for one in (first, third)] == [first.starts_at, third.starts_at]


def test_the_others_hear_of_it_after_three_minutes(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    tick(clock, NOW)
    mailoutbox.clear()
    services.move(session=session, by=tomasz, starts_at=SOON + HOUR, minutes=90)
    due = Notice.objects.filter(kind="practice.changed").values_list("due_at", flat=True)
    assert list(due) == [NOW + 3 * MINUTE] * 2
    tick(clock, NOW + 3 * MINUTE - timedelta(seconds=1))
    assert mailoutbox == []
    tick(clock, NOW + 3 * MINUTE)
    assert told("changed") == [inês, mere]
    (mail,) = mails_to(mere, mailoutbox)
    assert mail.subject == "Slow Kettle 🫖: a meeting has moved"
    assert "Monday 11 January, 19:30–21:00" in str(mail.body)


def test_a_second_correction_replaces_the_first(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, *others = people_of(session.circle)
    tick(clock, NOW)
    mailoutbox.clear()
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=90)
    clock.move_to(NOW + MINUTE)
    services.move(session=session, by=inês, starts_at=SOON + 2 * HOUR, minutes=90)
    for minutes in range(2, 8):
        tick(clock, NOW + minutes * MINUTE)
    assert dropped("changed") == ["changed again since"] * 2
    assert told("changed") == others
    assert [mail.to for mail in mailoutbox] == [mails_to(one, mailoutbox)[0].to for one in others]
    assert "20:30–22:00" in str(mailoutbox[0].body)


def test_moving_to_where_it_is_changes_nothing() -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    services.move(session=session, by=inês, starts_at=SOON, minutes=90)
    assert (stand(session).sequence, stand(session).moved_at) == (0, None)
    assert not Notice.objects.filter(kind="practice.changed").exists()


def test_it_cannot_be_moved_onto_another_meeting() -> None:
    first, second, _ = meet(make_table())
    inês = people_of(first.circle)[0]
    with pytest.raises(errors.AlreadyMeeting):
        services.move(session=first, by=inês, starts_at=second.starts_at, minutes=90)
    response = signed_in(inês).post(page("move", first), when(day="2027-01-18"))
    assert response.status_code == 422
    assert "You already meet at that very time" in text(response)
    assert stand(first).starts_at == SOON


def test_it_cannot_be_moved_into_the_past() -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    with pytest.raises(errors.InThePast):
        services.move(session=session, by=inês, starts_at=NOW, minutes=90)
    response = signed_in(inês).post(page("move", session), when(day="2027-01-04", at="11:59"))
    assert response.status_code == 422
    assert "That moment has passed" in text(response)
    assert 'value="11:59"' in text(response)
    assert stand(session).sequence == 0


def test_the_form_shows_the_clock_that_the_rhythm_keeps() -> None:
    session = meet_once(make_table(), SOON, time_zone="Asia/Kathmandu")
    words = text(signed_in(people_of(session.circle)[0]).get(page("move", session)))
    assert 'value="2027-01-12"' in words
    assert 'value="00:15"' in words
    assert '<option value="Asia/Kathmandu" selected>' in words


# --- two at once ------------------------------------------------------------------------------


def test_who_looked_at_an_older_state_is_told_and_changes_nothing() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=90)
    client = signed_in(tomasz)
    for name, wish in (("move", when()), ("details", detail(place="The mill"))):
        response = client.post(page(name, session), wish)
        assert response.status_code == 422
        assert "Somebody changed this meeting a moment ago" in text(response)
        assert 'name="seen" value="1"' in text(response)
    response = client.post(page("cancel", session), {"seen": 0}, follow=True)
    assert "Somebody changed this meeting a moment ago" in text(response)
    now = stand(session)
    assert (now.starts_at, now.place, now.is_cancelled) == (SOON + HOUR, "", False)
    assert client.post(page("move", session), when(seen=1)).status_code == 303


@pytest.mark.parametrize("stale", [0, 2])
def test_every_service_refuses_a_state_that_is_not_the_present_one(stale: int) -> None:
    session = meet_once(make_table())
    by = people_of(session.circle)[0]
    services.move(session=session, by=by, starts_at=SOON + HOUR, minutes=90)
    words: dict[str, Any] = {"practice": None, "host": None, "place": "", "link": ""}
    with pytest.raises(errors.ChangedMeanwhile):
        services.move(session=session, by=by, starts_at=SOON, minutes=90, seen=stale)
    with pytest.raises(errors.ChangedMeanwhile):
        services.cancel(session=session, by=by, seen=stale)
    with pytest.raises(errors.ChangedMeanwhile):
        services.change_details(session=session, by=by, seen=stale, **words)
    assert stand(session).sequence == 1


# --- calling off ------------------------------------------------------------------------------


def test_one_is_called_off_and_the_others_stand(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    first, second, third = meet(make_table())
    inês, *others = people_of(first.circle)
    tick(clock, NOW)
    mailoutbox.clear()
    client = signed_in(inês)
    assert "This one and the one that follows" in text(client.get(page("cancel", second)))
    response = client.post(page("cancel", second), {"which": "one", "seen": 0})
    assert response["Location"] == first.circle.get_absolute_url()
    assert [stand(one).is_cancelled for one in (first, second, third)] == [False, True, False]
    assert stand(second).sequence == 1
    tick(clock, NOW + 3 * MINUTE)
    assert told("changed") == others
    assert mailoutbox[0].subject == "Slow Kettle 🫖: a meeting is called off"
    assert "Monday 18 January, 18:30" in str(mailoutbox[0].body)


def test_all_that_follow_are_called_off_and_what_was_stays(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=4)
    inês = people_of(sessions[0].circle)[0]
    clock.move_to(sessions[0].ends_at + HOUR)
    client = signed_in(inês)
    client.post(page("cancel", sessions[1]), {"which": "following", "seen": 0})
    assert [stand(one).is_cancelled for one in sessions] == [False, True, True, True]
    assert "3 meetings are called off" in text(client.get(sessions[0].circle.get_absolute_url()))


def test_all_that_follow_are_told_in_one_mail_with_one_calendar_file(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    sessions = meet(make_table(), meetings=4)
    inês, *others = people_of(sessions[0].circle)
    tick(clock, NOW)
    mailoutbox.clear()
    services.cancel(session=sessions[1], by=inês, following=True)
    tick(clock, NOW + 4 * MINUTE)
    assert len(mailoutbox) == len(others)
    mail = mailoutbox[0]
    assert mail.subject == "Slow Kettle 🫖: 3 meetings are called off"
    for day in ("18 January", "25 January", "1 February"):
        assert day in str(mail.body)
    assert [event["status"] for event in attached(mail)] == ["CANCELLED"] * 3


def test_a_moved_meeting_that_is_called_off_at_once_makes_one_mail(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, *others = people_of(session.circle)
    tick(clock, NOW)
    mailoutbox.clear()
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=90)
    services.cancel(session=session, by=inês)
    tick(clock, NOW + 4 * MINUTE)
    assert {mail.subject for mail in mailoutbox} == {"Slow Kettle 🫖: a meeting is called off"}
    assert told("changed") == others


# --- who, and until when ----------------------------------------------------------------------


def test_outsiders_change_nothing() -> None:
    session = meet_once(make_table())
    outsider = make_person(is_superuser=True, is_staff=True)
    client = signed_in(outsider)
    for name in ("move", "cancel", "details"):
        assert client.get(page(name, session)).status_code == 404
        assert client.post(page(name, session), {**when(), **detail()}).status_code == 404
    with pytest.raises(NotAllowed):
        services.move(session=session, by=outsider, starts_at=SOON + HOUR, minutes=90)
    with pytest.raises(NotAllowed):
        services.cancel(session=session, by=outsider)
    assert stand(session).sequence == 0


@pytest.mark.parametrize("ended", ["over", "called off"])
def test_what_has_ended_changes_no_more(clock: Traveller, ended: str) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    if ended == "over":
        clock.move_to(session.ends_at)
    else:
        services.cancel(session=session, by=inês)
    before = stand(session)
    words: dict[str, Any] = {"practice": None, "host": None, "place": "Else", "link": ""}
    error = errors.SessionOver if ended == "over" else errors.SessionCancelled
    with pytest.raises(error):
        services.move(session=session, by=inês, starts_at=SOON + 2 * DAY, minutes=90)
    with pytest.raises(error):
        services.cancel(session=session, by=inês)
    with pytest.raises(error):
        services.change_details(session=session, by=inês, **words)
    assert stand(session).sequence == before.sequence


def test_the_mail_of_a_move_goes_also_when_the_room_changes_after_it(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, *others = people_of(session.circle)
    tick(clock, NOW)
    mailoutbox.clear()
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=90)
    services.change_details(
        session=session, by=inês, practice=None, host=None, place="The kitchen", link=""
    )
    tick(clock, NOW + 4 * MINUTE)
    assert {mail.subject for mail in mailoutbox} == {"Slow Kettle 🫖: a meeting has moved"}
    assert len(mailoutbox) == len(others)
    assert "The kitchen" in str(mailoutbox[0].body)


def test_one_that_was_moved_before_another_is_told_with_the_others(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    first, second, third = meet(make_table())
    inês = people_of(first.circle)[0]
    services.move(session=third, by=inês, starts_at=second.starts_at - DAY, minutes=90)
    tick(clock, NOW + 4 * MINUTE)
    mailoutbox.clear()
    services.cancel(session=second, by=inês, following=True)
    tick(clock, NOW + 8 * MINUTE)
    body = str(mailoutbox[0].body)
    assert "17 January" in body
    assert "18 January" in body


def test_gatherings_of_a_congregation_are_its_stewards_to_plan() -> None:
    congregation = make_congregation(people=1)
    steward, member = people_of(congregation)
    session = meet_once(congregation, by=steward)
    with pytest.raises(NotAllowed):
        services.cancel(session=session, by=member)
    assert signed_in(member).post(page("cancel", session)).status_code == 403
    assert "Call it off" not in text(signed_in(member).get(page("session", session)))
    assert "Call it off" in text(signed_in(steward).get(page("session", session)))

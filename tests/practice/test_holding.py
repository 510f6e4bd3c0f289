"""Holding a meeting: beginning, pressing, and how it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import Traveller

from practice import errors, services
from practice.models import Holding
from tests.practice.held import begun, held, practice, press, titles, wish
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- beginning --------------------------------------------------------------------------------


def test_the_table_opens_ten_minutes_before(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    inês = people_of(session.circle)[0]
    client = signed_in(inês)
    clock.move_to(session.starts_at - 11 * MINUTE)
    words = text(client.get(page("hold", session)))
    assert "<h1>Today at 18:30</h1>" in words
    assert "From 18:20 on anyone of you can begin here." in words
    assert "press-begin" not in words
    with pytest.raises(errors.TableNotOpen):
        services.begin(session=session, by=inês, here=[])
    clock.move_to(session.starts_at - 10 * MINUTE)
    assert "press-begin" in text(client.get(page("hold", session)))


def test_whoever_begins_says_who_is_here_and_is_here_too(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    inês, tomasz, mere = people_of(session.circle)
    services.answer(session=session, by=mere, choice="maybe")
    clock.move_to(session.starts_at)
    words = text(signed_in(tomasz).get(page("hold", session)))
    ticked = [person for person in (inês, tomasz, mere) if f'value="{person.pk}" checked' in words]
    assert ticked == [inês, tomasz, mere]
    signed_in(tomasz).post(page("hold_begin", session), {"here": [mere.pk], "framed": "1"})
    assert set(held(session).there) == {tomasz.pk, mere.pk}
    assert titles(session)[:3] == ["Check-in", "Check-in", "Set up"]
    assert titles(session)[-3:] == ["Time to talk", "Check-out", "Check-out"]


def test_a_practice_can_be_held_as_it_is(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    assert titles(session)[0] == "Set up"
    assert titles(session)[-1] == "Notes in silence"


def test_without_a_practice_one_arrives_talks_for_the_time_there_is_and_leaves(
    clock: Traveller,
) -> None:
    session = meet_once(make_table(), minutes=60)
    found = begun(session, clock)
    assert titles(session) == [*["Check-in"] * 3, "Time to talk", *["Check-out"] * 3]
    assert sum(stretch.seconds for stretch in found.order) == 3600
    assert "No practice is chosen" not in text(
        signed_in(people_of(session.circle)[0]).get(page("hold", session))
    )


def test_a_meeting_that_begins_late_still_ends_on_time(clock: Traveller) -> None:
    session = meet_once(make_table(), minutes=60)
    clock.move_to(session.starts_at + 20 * MINUTE)
    found = services.begin(session=session, by=people_of(session.circle)[0], here=[])
    assert sum(stretch.seconds for stretch in found.order) == 40 * 60


def test_the_first_voice_goes_round_with_the_host(clock: Traveller) -> None:
    first = []
    sessions = meet(make_table())
    for session in sessions:
        first.append(begun(session, clock).there[0])
    assert len(set(first)) == 3


def test_two_begin_buttons_make_one_beginning(clock: Traveller) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    with pytest.raises(errors.PressedMeanwhile):
        begun(session, clock)


# --- pressing ---------------------------------------------------------------------------------


def test_next_back_and_a_minute_more(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    press(session, "next")
    clock.shift(9 * MINUTE)
    found = press(session, "extend")
    assert found.place(session.starts_at + 9 * MINUTE).left == 2 * MINUTE
    assert press(session, "back").step == 0
    assert stand(session).sequence == 0


def test_of_two_who_press_next_one_moves_and_the_other_is_told(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    inês, tomasz, _ = people_of(session.circle)
    sent = wish(session, "next")
    signed_in(inês).post(page("hold_press", session), sent)
    told = signed_in(tomasz).post(page("hold_press", session), sent, follow=True)
    assert held(session).step == 1
    assert "Somebody pressed a moment before you." in text(told)


def test_next_pressed_just_as_the_step_ends_by_itself_skips_nothing(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    sent = wish(session, "next")
    clock.shift(3 * MINUTE)
    with pytest.raises(errors.PressedMeanwhile):
        services.press(session=session, by=people_of(session.circle)[0], **sent)
    sent = wish(session, "extend", step=0)
    services.press(session=session, by=people_of(session.circle)[0], **sent)
    assert held(session).step == 0


def test_a_pause_lasts_until_somebody_goes_on(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    client = signed_in(people_of(session.circle)[1])
    clock.shift(MINUTE)
    press(session, "pause")
    clock.shift(HOUR)
    words = text(client.get(page("hold", session)))
    assert "A pause" in words
    assert "The clock stands until somebody presses" in words
    press(session, "resume")
    words = text(client.get(page("hold", session)))
    assert "A pause" not in words
    assert "<b data-left>2</b>" in words


def test_an_end_by_mistake_is_taken_back(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    client = signed_in(people_of(session.circle)[1])
    press(session, "end")
    clock.shift(MINUTE)
    words = text(client.get(page("hold", session)))
    assert "The table is cleared" in words
    assert held(session).place(timezone.now()).is_over
    client.post(page("hold_press", session), wish(session, "again"))
    assert "<b data-left>3</b>" in text(client.get(page("hold", session)))
    assert not held(session).place(timezone.now()).is_over


def test_when_the_time_is_round_it_is_over_and_stays_as_it_was(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice(), minutes=60)
    begun(session, clock, with_frame=False)
    client = signed_in(people_of(session.circle)[2])
    assert "Swap roles" in text(client.get(page("hold", session)))
    clock.shift(HOUR)
    words = text(client.get(page("hold", session)))
    assert "The table is cleared" in words
    assert "Who had which role" in words
    assert "Swap roles" not in words
    clock.shift(30 * DAY)
    client = signed_in(people_of(session.circle)[2])
    words = text(client.get(page("hold", session)))
    assert "The table is cleared" in words
    assert "press-" not in words
    found = held(session)
    over = found.place(timezone.now())
    assert (found.held_from, over.began) == (session.starts_at, session.ends_at)
    told = client.post(page("hold_press", session), wish(session, "back"), follow=True)
    assert "closes some hours after it" in text(told)


def test_a_minute_more_after_the_end_brings_the_last_step_back(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice(), minutes=60)
    begun(session, clock, with_frame=False)
    clock.shift(HOUR + 5 * MINUTE)
    press(session, "extend")
    words = text(signed_in(people_of(session.circle)[0]).get(page("hold", session)))
    assert "Notes in silence" in words
    assert "<b data-left>1</b>" in words


def test_another_question_is_asked_of_everyone(clock: Traveller) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    before = {stretch.words for stretch in held(session).order[:3]}
    press(session, "another")
    after = {stretch.words for stretch in held(session).order[:3]}
    assert len(before) == len(after) == 1
    assert before != after
    assert len({stretch.words for stretch in held(session).order[-3:]}) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "dance", "seen": "1", "step": "0"},
        {"do": "next", "seen": "one", "step": "0"},
        {"do": "next", "seen": "1", "step": "-1"},
        {"do": "next", "seen": "9" * 30, "step": "0"},
        {"do": "next", "seen": "1", "step": "9" * 30},
    ],
)
def test_a_press_of_nonsense_moves_nothing(clock: Traveller, sent: dict[str, str]) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    client = signed_in(people_of(session.circle)[0])
    assert client.post(page("hold_press", session), sent).status_code == 303
    assert (held(session).version, held(session).step) == (1, 0)


def test_before_anybody_began_a_press_does_nothing(clock: Traveller) -> None:
    session = meet_once(make_table())
    clock.move_to(session.starts_at)
    client = signed_in(people_of(session.circle)[0])
    sent = {"do": "next", "seen": "0", "step": "0"}
    assert client.post(page("hold_press", session), sent).status_code == 303
    assert not Holding.objects.exists()


# --- leaving ----------------------------------------------------------------------------------


def test_before_leaving_the_next_time_is_one_tap_away(clock: Traveller) -> None:
    first, second, _third = meet(make_table())
    begun(first, clock)
    client = signed_in(people_of(first.circle)[1])
    words = text(client.get(page("leave", first)))
    assert page("answer", second) in words
    client.post(page("answer", second), {"answer": "yes", "back": page("leave", first)})
    assert second.answers.filter(choice="yes", person=people_of(first.circle)[1]).exists()


def test_without_a_next_time_one_is_asked_to_set_it(clock: Traveller) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    words = text(signed_in(people_of(session.circle)[1]).get(page("leave", session)))
    assert "When do you meet again?" in words
    assert f"/sessions/new/{session.circle_id}/" in words


@pytest.mark.parametrize("name", ["leave", "session"])
def test_those_who_were_here_are_ticked_already(clock: Traveller, name: str) -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    begun(session, clock, here=[inês.pk, mere.pk])
    client = signed_in(inês)
    words = text(client.get(page(name, session)))
    assert f'name="there" value="{mere.pk}" checked' in words
    assert f'name="there" value="{tomasz.pk}" checked' not in words
    sent = {"there": [inês.pk], "back": page("leave", session)}
    assert client.post(page("attendance", session), sent).url == page("leave", session)  # type: ignore[attr-defined]
    words = text(client.get(page(name, session)))
    assert f'name="there" value="{mere.pk}" checked' not in words


def test_today_leads_to_the_table_while_the_meeting_is_on(clock: Traveller) -> None:
    session = meet_once(make_table())
    client = signed_in(people_of(session.circle)[1])
    found = []
    for moment in (
        session.starts_at - timedelta(minutes=11),
        session.starts_at - timedelta(minutes=10),
        session.ends_at - MINUTE,
        session.ends_at,
    ):
        clock.move_to(moment)
        found.append(page("hold", session) in text(client.get("/today/")))
    assert found == [False, True, True, False]

"""Equal time for two: what one gets more, the other gets too; pauses are nobody's time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from time_machine import Traveller

from practice.models import PracticeSession
from practice.rules import equal
from practice.rules.holding import NONE, Clock, extend, go_to, pause, place, resume
from practice.rules.order import Planned, Stretch, stretches
from tests.practice.held import begun, held, press
from tests.practice.tables import (
    HOUR,
    MINUTE,
    NOW,
    make_table,
    meet_once,
    page,
    people_of,
    signed_in,
    text,
)
from tests.practice.two import looping, make_two, seconds

TURNS = [
    Planned("in", "Check-in", "", 2, "each"),
    Planned("p.1", "A speaks", "", 5, who="A"),
    Planned("p.2", "B says back", "", 3, who="B"),
    Planned("p.3", "B speaks", "", 5, who="B"),
    Planned("p.4", "A says back", "", 3, who="A"),
    Planned("out", "Check-out", "", 1, "each"),
]
PRESSES = st.lists(st.sampled_from(["next", "extend", "wait"]), min_size=1, max_size=14)


@settings(max_examples=60)
@given(PRESSES)
def test_whatever_is_pressed_the_turns_offered_are_equally_long(presses: list[str]) -> None:
    """A machine of one table: `given` are minutes on top of what the order says."""
    clock, steps, now, given_more = Clock(0, NOW), list(TURNS), NOW, {"one": NONE, "other": NONE}
    for do in presses:
        order = stretches(steps, [1, 2])
        spot = place(clock, order, now)
        if do == "wait":
            now += MINUTE
        elif do == "next":
            clock = go_to(clock, order, now, spot.step + 1)
        elif not spot.is_over and ".more" not in order[spot.step].key:
            own = spot.length - timedelta(seconds=order[spot.step].seconds)
            clock = extend(clock, order, now, spot.step)
            clock, steps = equal.extended(clock, steps, [1, 2])
            given_more[whose(order[spot.step])] += clock.extra - own
            assert place(clock, stretches(steps, [1, 2]), now).left == spot.left + MINUTE
    for stretch in stretches(steps, [1, 2]):
        given_more[whose(stretch)] += timedelta(seconds=stretch.seconds)
    assert given_more["one"] == given_more["other"]


def whose(stretch: Stretch) -> str:
    return "one" if stretch.person == 1 or stretch.role == "A" else "other"


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["next", "extend", "wait", "pause", "back"]), max_size=14))
def test_every_minute_but_pauses_is_somebodys(presses: list[str]) -> None:
    clock, now, order = Clock(0, NOW), NOW, stretches(TURNS, [1, 2])
    spent: dict[str, float] = {}
    paused = NONE
    for do in presses:
        before, spot = equal.passed(clock, order, now), place(clock, order, now)
        if spot.is_over:
            return
        if do == "wait":
            now += MINUTE / 2
        elif do == "pause":
            clock, now, paused = resume(pause(clock, now), now + HOUR), now + HOUR, paused + HOUR
        elif do == "extend":
            clock = extend(clock, order, now, spot.step)
        else:
            clock = go_to(clock, order, now, spot.step + (1 if do == "next" else -1))
        spent = equal.kept(spent, before, equal.passed(clock, order, now))
    total = sum(equal.together(spent, equal.passed(clock, order, now)).values())
    assert total == pytest.approx((now - NOW - paused).total_seconds())


def turn(session: PracticeSession) -> tuple[str, timedelta]:
    """What is now, and how much of it is left."""
    found = held(session)
    spot = found.place(timezone.now())
    return found.order[spot.step].key, spot.left


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestTwo:
    def test_a_minute_more_in_the_first_turn_is_one_in_the_second(self, clock: Traveller) -> None:
        session = meet_once(make_two(), minutes=45)
        inês, mere = people_of(session.circle)
        begun(session, clock)
        words = text(signed_in(mere).get(page("hold", session)))
        assert "One minute more, for each of you" in words
        assert "a minute more for one is kept for the other as well" in words
        press(session, "extend")
        assert turn(session) == (f"in:{inês.pk}", 3 * MINUTE)
        press(session, "next")
        assert turn(session) == (f"in:{mere.pk}", 3 * MINUTE)

    def test_a_minute_more_in_the_second_turn_comes_back_to_the_first(
        self, clock: Traveller
    ) -> None:
        session = meet_once(make_two(), minutes=45)
        inês, mere = people_of(session.circle)
        begun(session, clock)
        press(session, "next")
        press(session, "extend")
        press(session, "extend")
        assert turn(session) == (f"in:{mere.pk}", 4 * MINUTE)
        press(session, "next")
        assert turn(session) == (f"in.more:{inês.pk}", 2 * MINUTE)
        assert "Your turn" in text(signed_in(inês).get(page("hold", session)))

    def test_roles_that_change_half_way_are_as_long_too(self, clock: Traveller) -> None:
        session = meet_once(make_two(), practice=looping())
        begun(session, clock, with_frame=False)
        press(session, "extend")
        found = held(session)
        lengths = {one.title: one.minutes for one in found.planned}
        assert found.place(timezone.now()).left == 3 * MINUTE
        assert lengths["B speaks"] == 3

    def test_a_turn_that_just_ran_out_gets_its_minute_for_both(self, clock: Traveller) -> None:
        session = meet_once(make_two(), minutes=45)
        inês, mere = people_of(session.circle)
        begun(session, clock)
        clock.shift(2 * MINUTE)
        press(session, "extend", step=0)
        assert turn(session) == (f"in:{inês.pk}", MINUTE)
        press(session, "next")
        assert turn(session) == (f"in:{mere.pk}", 3 * MINUTE)

    def test_a_pause_takes_nothing_and_what_was_spoken_is_kept(self, clock: Traveller) -> None:
        session = meet_once(make_two(), minutes=45)
        begun(session, clock)
        clock.shift(MINUTE)
        press(session, "pause")
        clock.shift(10 * MINUTE)
        press(session, "resume")
        press(session, "next")
        clock.shift(2 * MINUTE)
        assert seconds(session, timezone.now()) == {"Inês": 60, "Mere": 120}

    def test_at_a_larger_table_a_minute_is_a_minute(self, clock: Traveller) -> None:
        session = meet_once(make_table())
        first, second, _ = begun(session, clock).there
        press(session, "extend")
        assert turn(session) == (f"in:{first}", 3 * MINUTE)
        press(session, "next")
        assert turn(session) == (f"in:{second}", 2 * MINUTE)
        assert "for each of you" not in text(
            signed_in(people_of(session.circle)[0]).get(page("hold", session))
        )

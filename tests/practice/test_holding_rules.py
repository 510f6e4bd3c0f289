"""The order of a meeting, and where a table stands in it: whatever people press."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from practice.prompts import CHECK_IN as ARRIVING
from practice.prompts import CHECK_OUT as LEAVING
from practice.prompts import another, prompt
from practice.rules import holding
from practice.rules.holding import NONE, Clock, carried_over, left, place
from practice.rules.order import (
    CHECK_IN,
    CHECK_OUT,
    LONGEST_ROUND,
    SHORTEST_TALK,
    TALK,
    Planned,
    Stretch,
    around,
    fits,
    framed,
    stretches,
)
from tests.practice.tables import HOUR, MINUTE, NOW

SECOND = timedelta(seconds=1)


def order(*minutes: float) -> list[Stretch]:
    return [
        Stretch(key=f"k{n}", title=f"Step {n}", words="", seconds=int(one * 60), kind="talk")
        for n, one in enumerate(minutes)
    ]


def steps(*minutes: int, kind: str = "talk") -> list[Planned]:
    return [Planned(f"1.{n}", f"Step {n}", "", one, kind) for n, one in enumerate(minutes)]


orders = st.lists(st.integers(1, 60), min_size=1, max_size=12).map(lambda all_: order(*all_))
moments = st.integers(0, 40_000).map(lambda seconds: NOW + seconds * SECOND)


# --- where the table stands -------------------------------------------------------------------


def test_steps_follow_each_other_by_themselves() -> None:
    plan, clock = order(2, 10, 1), Clock(0, NOW)
    stands = [place(clock, plan, NOW + minutes * MINUTE) for minutes in (0, 1, 2, 11, 12, 13)]
    assert [spot.step for spot in stands] == [0, 0, 1, 1, 2, 3]
    assert [spot.left / MINUTE for spot in stands] == [2, 1, 10, 1, 1, 0]
    assert [spot.is_over for spot in stands] == [False] * 5 + [True]


@given(orders, moments, moments)
def test_a_step_never_goes_back_by_itself(plan: list[Stretch], one: Any, other: Any) -> None:
    clock = Clock(0, NOW)
    earlier, later = sorted([one, other])
    assert place(clock, plan, earlier).step <= place(clock, plan, later).step


@given(orders, moments)
def test_no_second_is_lost_or_won(plan: list[Stretch], now: Any) -> None:
    total = sum(stretch.seconds for stretch in plan) * SECOND
    assert left(Clock(0, NOW), plan, now) == max(NONE, total - (now - NOW))


@given(orders, moments, st.integers(0, 100_000))
def test_a_pause_moves_everything_by_its_length(
    plan: list[Stretch], now: Any, seconds: int
) -> None:
    clock, later = Clock(0, NOW), now + seconds * SECOND
    stopped = holding.pause(clock, now)
    assert place(stopped, plan, later) == place(stopped, plan, now)
    went_on = place(holding.resume(stopped, later), plan, later)
    before = place(clock, plan, now)
    assert (went_on.step, went_on.left) == (before.step, before.left)


@given(orders, moments, st.integers(0, 100_000))
def test_an_end_too_early_is_taken_back_as_if_it_had_been_a_pause(
    plan: list[Stretch], now: Any, seconds: int
) -> None:
    clock, later = Clock(0, NOW), now + seconds * SECOND
    ended = holding.end(clock, now)
    assert place(ended, plan, later).is_over
    went_on = place(holding.again(ended, later), plan, later)
    assert went_on.left == place(clock, plan, now).left
    assert place(holding.again(holding.end(holding.pause(clock, now), later), later), plan, later)


def test_a_minute_more_is_a_minute_more_also_twice_and_only_for_this_step() -> None:
    plan, now = order(2, 10), NOW + MINUTE
    clock = holding.extend(Clock(0, NOW), plan, now, 0)
    clock = holding.extend(clock, plan, now, 0)
    assert place(clock, plan, now).left == 3 * MINUTE
    assert left(clock, plan, now) == 13 * MINUTE
    assert place(clock, plan, now + 3 * MINUTE).left == 10 * MINUTE


def test_whoever_was_cut_off_gets_their_minute() -> None:
    plan, now = order(2, 10), NOW + 2 * MINUTE + 3 * SECOND
    clock = holding.extend(Clock(0, NOW), plan, now, 0)
    assert (place(clock, plan, now).step, place(clock, plan, now).left) == (0, MINUTE)
    # Also after the last one, however long ago that was.
    clock = holding.extend(Clock(0, NOW), plan, NOW + HOUR, 1)
    assert (place(clock, plan, NOW + HOUR).step, left(clock, plan, NOW + HOUR)) == (1, MINUTE)


class Pressing(RuleBasedStateMachine):
    """Whatever is pressed in whatever order, time is only given or taken by what says so."""

    @initialize(plan=orders)
    def sit_down(self, plan: list[Stretch]) -> None:
        self.plan, self.clock, self.now = plan, Clock(0, NOW), NOW

    def spot(self) -> holding.Place:
        return place(self.clock, self.plan, self.now)

    def left(self) -> timedelta:
        return left(self.clock, self.plan, self.now)

    @rule(seconds=st.integers(1, 2_000))
    def wait(self, seconds: int) -> None:
        before, stands = self.left(), self.clock.moment(self.now) != self.now
        stands = stands or bool(self.clock.paused_at or self.clock.ended_at)
        self.now += seconds * SECOND
        passed = NONE if stands else seconds * SECOND
        assert self.left() == max(NONE, before - passed)

    @rule(name=st.sampled_from(["pause", "resume", "end", "again"]))
    def stop_or_go(self, name: str) -> None:
        before, step = self.left(), self.spot().step
        self.clock = getattr(holding, name)(self.clock, self.now)
        assert (self.left(), self.spot().step) == (before, step)

    @rule(by=st.sampled_from([-1, 1]))
    def go(self, by: int) -> None:
        step = self.spot().step
        self.clock = holding.go_to(self.clock, self.plan, self.now, step + by)
        there = min(max(step + by, 0), len(self.plan))
        rest = self.plan[there:]
        assert self.spot().step == there
        assert self.left() == sum(stretch.seconds for stretch in rest) * SECOND

    @precondition(lambda self: self.spot().step < len(self.plan))
    @rule()
    def give_a_minute(self) -> None:
        before, step = self.left(), self.spot().step
        self.clock = holding.extend(self.clock, self.plan, self.now, step)
        assert (self.left(), self.spot().step) == (before + MINUTE, step)

    @rule()
    def give_a_minute_to_the_one_before(self) -> None:
        step = self.spot().step
        self.clock = holding.extend(self.clock, self.plan, self.now, step - 1)
        assert self.spot().step == max(step - 1, 0)
        assert self.spot().left == MINUTE

    @invariant()
    def the_clock_makes_sense(self) -> None:
        spot = self.spot()
        assert 0 <= spot.step <= len(self.plan)
        assert NONE <= spot.left <= spot.length
        assert self.clock.extra >= NONE


TestPressing = Pressing.TestCase


# --- who comes and goes -----------------------------------------------------------------------


@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=6, unique=True),
    st.integers(0, 3_600),
    st.data(),
)
def test_whoever_goes_takes_only_their_own_turns_along(
    there: list[int], seconds: int, data: st.DataObject
) -> None:
    planned = [*steps(3), *steps(2, kind="each"), Planned("1.9", "Talk", "", 20)]
    before, now = stretches(planned, there), NOW + seconds * SECOND
    gone = data.draw(st.sampled_from(there))
    after = stretches(planned, [one for one in there if one != gone])
    clock = Clock(0, NOW)
    moved = place(carried_over(clock, before, after, now), after, now)
    stood = place(clock, before, now)
    if stood.step == len(before):
        assert moved.step == len(after)
    elif before[stood.step].person == gone:
        assert before[stood.step + 1 :][0].key in {after[moved.step].key, f"1.0:{gone}"}
        assert moved.left == after[moved.step].seconds * SECOND
    else:
        assert after[moved.step].key == before[stood.step].key
        assert moved.left == stood.left


def test_whoever_comes_late_changes_nothing_for_whoever_speaks() -> None:
    planned = steps(2, kind="each")
    before, after = stretches(planned, [1, 2]), stretches(planned, [1, 2, 3])
    clock = holding.extend(Clock(0, NOW), before, NOW + MINUTE, 0)
    moved = carried_over(clock, before, after, NOW + MINUTE)
    assert place(moved, after, NOW + MINUTE) == place(clock, before, NOW + MINUTE)
    assert left(moved, after, NOW + MINUTE) == 6 * MINUTE


def test_a_practice_chosen_meanwhile_begins_where_the_talk_was() -> None:
    asked = {"check_in": "?", "check_out": "?"}
    before = stretches(framed([], people=2, minutes=60, **asked), [1, 2])
    after = stretches(framed(steps(5, 5), people=2, minutes=60, **asked), [1, 2])
    arriving, talking = NOW + MINUTE, NOW + 20 * MINUTE
    moved = carried_over(Clock(0, NOW), before, after, arriving)
    assert after[place(moved, after, arriving).step].key == "in:1"
    moved = carried_over(Clock(0, NOW), before, after, talking)
    assert after[place(moved, after, talking).step].key == "1.0"
    assert place(moved, after, talking).left == 5 * MINUTE


# --- the order --------------------------------------------------------------------------------


def test_a_step_for_each_is_a_turn_for_everybody_in_their_order() -> None:
    turns = stretches(steps(2, kind="each"), [7, 3, 5])
    assert [(turn.person, turn.seconds) for turn in turns] == [(7, 120), (3, 120), (5, 120)]
    assert len({turn.key for turn in turns}) == 3


def test_among_many_a_round_is_one_stretch_and_not_endless() -> None:
    (turn,) = stretches(steps(2, kind="each"), list(range(40)))
    assert (turn.person, turn.seconds) == (None, LONGEST_ROUND * 60)
    assert len(stretches(steps(2, kind="each"), list(range(12)))) == 12


@given(
    st.lists(st.integers(1, 60), max_size=8),
    st.integers(1, 12),
    st.integers(5, 480),
)
def test_arriving_and_leaving_fill_the_time_there_is(
    minutes: list[int], people: int, whole: int
) -> None:
    frame = framed(steps(*minutes), people=people, minutes=whole, check_in="a", check_out="b")
    total = sum(step.minutes_for(people) for step in frame)
    assert [frame[0].key, frame[-1].key] == [CHECK_IN, CHECK_OUT]
    assert [step for step in frame if step.key.startswith("1.")] == steps(*minutes)
    if any(step.key.startswith(TALK) for step in frame):
        assert total == whole or frame[-2].minutes == SHORTEST_TALK
    if fits(steps(*minutes), people=people, minutes=whole):
        assert whole - SHORTEST_TALK < total <= max(whole, 3 * people + SHORTEST_TALK)


def test_a_practice_that_arrives_by_itself_does_so_only_once() -> None:
    own = [Planned("1.1", "Check-in", "How?", 1, "each"), Planned("1.2", "Look back", "", 40)]
    frame = framed(own, people=4, minutes=60, check_in="a", check_out="b")
    assert [step.key for step in frame] == ["1.1", "1.2", f"{TALK}1", CHECK_OUT]


def test_the_round_begins_with_somebody_else() -> None:
    assert around([1, 2, 3, 4], 3) == [3, 4, 1, 2]
    assert around([1, 2], 9) == [1, 2]


def test_there_are_enough_questions_and_each_comes_round() -> None:
    for questions in (ARRIVING, LEAVING):
        texts = [str(one) for one in questions]
        assert len(set(texts)) == len(texts) >= 24
        assert {prompt(questions, number) for number in range(len(texts))} == set(texts)
        asked = [texts[0]]
        for _ in texts:
            asked.append(another(questions, asked[-1]))
        assert set(asked) == set(texts)
        assert all(text.endswith("?") for text in texts)
    assert another(ARRIVING, "our own question") == str(ARRIVING[0])

"""The words of the mirror: pure."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dyads.rules.mirror import (
    STEPS,
    Move,
    Question,
    both_have_answered,
    is_due,
    is_far_out,
    move,
    questions,
)

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
steps = st.sampled_from(STEPS)


def test_every_step_of_every_question_has_words_of_its_own_and_no_number() -> None:
    for one_way in (False, True):
        asked = questions(one_way=one_way)
        assert list(asked) == list(Question)
        for words in asked.values():
            said = [str(words.step(step)) for step in STEPS]
            assert len({*said, *map(str, words.ends)}) == len(STEPS) + 2
            assert not any(sign.isdigit() for sign in "".join(said))


@given(steps, steps)
def test_there_and_back_is_no_movement(then: int, now: int) -> None:
    assert (move(then, now) is Move.SAME) == (then == now)
    assert {move(then, now), move(now, then)} in ({Move.SAME}, {Move.TOWARD, Move.AWAY})


@given(st.dictionaries(st.sampled_from(Question), steps, min_size=4))
def test_help_is_offered_at_the_far_end_of_safety_and_of_needs_only(
    answers: dict[Question, int],
) -> None:
    assert is_far_out(answers) == (1 in (answers[Question.DISAGREEING], answers[Question.NEEDS]))


def test_the_rhythm_asks_when_its_weeks_are_over_and_never_when_nobody_chose_one() -> None:
    assert is_due(4, last=NOW - timedelta(weeks=4), now=NOW)
    assert not is_due(4, last=NOW - timedelta(weeks=4) + timedelta(seconds=1), now=NOW)
    assert not is_due(0, last=NOW - timedelta(weeks=400), now=NOW)


def test_it_opens_to_two_who_have_both_answered() -> None:
    assert both_have_answered([1, 2], [2, 1])
    assert not both_have_answered([1, 2], [1])
    assert not both_have_answered([1], [1])
    assert not both_have_answered([1, 3], [1, 2])

"""When a crew looks back, when the answers open, what they suggest: the rules alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crews.rules.cycles import (
    AHEAD,
    TIME_TO_ANSWER,
    Choice,
    Planned,
    Way,
    due_date,
    is_due,
    last_of,
    may_open,
    suggested,
)

FIRST = datetime(2027, 1, 11, 18, 30, tzinfo=UTC)
LENGTH = timedelta(minutes=90)
choices = st.sampled_from([one.value for one in Choice])
people = st.sets(st.integers(0, 6))
YEAR = timedelta(days=365)
moments = st.timedeltas(timedelta(), YEAR).map(lambda gone: FIRST - timedelta(days=30) + gone)


def every(days: float, count: int, *, has_end: bool = True) -> list[Planned]:
    starts = [FIRST + timedelta(days=days) * number for number in range(count)]
    return [Planned(pk, at, at + LENGTH, has_end) for pk, at in enumerate(starts)]


@given(st.integers(1, 12), st.integers(1, 10))
def test_a_rhythm_with_a_number_ends_with_its_last_meeting(count: int, planned: int) -> None:
    meetings = every(7, count)
    assert last_of(meetings, planned, goes_on=False) == meetings[-1]


@given(st.integers(0, 12), st.integers(1, 10))
def test_without_an_end_the_cycle_counts(count: int, planned: int) -> None:
    last = last_of(every(7, count, has_end=False), planned, goes_on=True)
    assert last == (every(7, count, has_end=False)[planned - 1] if planned <= count else None)


@given(st.floats(0.5, 40), st.integers(1, 10), moments)
def test_nobody_is_asked_far_from_the_end_or_before_only_one_is_left(
    days: float, count: int, now: datetime
) -> None:
    meetings = every(days, count)
    last = meetings[-1]
    if is_due(meetings, last, now):
        assert sum(one.ends_at > now for one in meetings) <= 1
        assert last.starts_at - now <= AHEAD
    # By default it ends: whatever the rhythm, the question comes by the end of the last meeting.
    assert is_due(meetings, last, last.ends_at)


@given(moments, moments)
def test_there_are_two_days_to_answer_from_the_question_and_from_the_meeting(
    ends: datetime, asked: datetime
) -> None:
    due = due_date(ends, asked)
    assert due >= ends + TIME_TO_ANSWER
    assert due >= asked + TIME_TO_ANSWER
    assert due in {ends + TIME_TO_ANSWER, asked + TIME_TO_ANSWER}


@given(people, people, st.booleans())
def test_answers_open_when_all_have_answered_or_the_date_has_come(
    present: set[int], answered: set[int], has_come: bool
) -> None:
    now = FIRST + (timedelta() if has_come else -timedelta(seconds=1))
    opens = may_open(present, answered, FIRST, now)
    assert opens == (bool(present) and (has_come or not present - answered))


@pytest.mark.parametrize(
    ("said", "present", "ways"),
    [
        ("renew renew renew", 3, [Way.RENEW]),
        ("renew renew renew pause leave", 5, [Way.RENEW, Way.REST]),
        ("renew renew leave", 3, [Way.CLOSE]),
        ("leave leave renew renew", 4, [Way.CLOSE]),
        ("leave renew", 5, []),
        ("pause pause renew", 3, [Way.REST]),
        ("regroup renew renew renew renew renew", 6, [Way.RENEW, Way.SPLIT]),
        ("regroup renew renew renew", 4, [Way.RENEW, Way.LOOK_FOR_PEOPLE]),
        ("", 4, []),
        ("renew renew", 2, []),
    ],
)
def test_what_answers_suggest(said: str, present: int, ways: list[Way]) -> None:
    assert suggested(dict(enumerate(said.split())), present) == ways


@given(st.lists(choices, max_size=6), st.integers(0, 6))
def test_a_suggestion_is_about_answers_never_about_who_gave_them(
    said: list[str], silent: int
) -> None:
    present = len(said) + silent
    ways = suggested(dict(enumerate(said)), present)
    assert ways == suggested(dict(enumerate(reversed(said))), present)
    if Way.RENEW in ways:
        assert said.count("renew") >= 3
    if Way.CLOSE in ways:
        assert present - said.count("leave") < 3
        assert ways == [Way.CLOSE]

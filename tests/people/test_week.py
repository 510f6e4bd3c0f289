"""The hours of a week: pure."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.week import HOURS_IN_WEEK, cleaned, hour_of_week, in_words, stretches

pure = settings(database=None)
weeks = st.sets(st.integers(min_value=0, max_value=HOURS_IN_WEEK - 1))


def test_a_week_in_words() -> None:
    hours = [18, 19, 20, hour_of_week(5, 9), hour_of_week(5, 11), hour_of_week(5, 10)]
    assert in_words(hours) == "Mon 18:00–21:00, Sat 9:00–12:00"
    assert in_words([]) == ""


def test_midnight_parts_two_days() -> None:
    assert stretches([23, 24]) == [(0, 23, 24), (1, 0, 1)]


@pytest.mark.parametrize("hours", [[-1], [168], [3, 4, 1000]])
def test_hours_outside_the_week_are_refused(hours: list[int]) -> None:
    for wish in (cleaned, stretches, in_words):
        with pytest.raises(ValueError, match="between 0 and 167"):
            wish(hours)


@pure
@given(weeks)
def test_stretches_hold_exactly_the_hours_they_were_made_of(week: set[int]) -> None:
    held = [
        hour_of_week(day, hour)
        for day, first, after in stretches(week)
        for hour in range(first, after)
    ]
    assert held == sorted(week)


@pure
@given(weeks)
def test_stretches_stay_within_a_day_and_never_touch(week: set[int]) -> None:
    runs = stretches(week)
    for day, first, after in runs:
        assert 0 <= day < 7
        assert 0 <= first < after <= 24
    for (day, _, after), (next_day, first, _) in pairwise(runs):
        assert (day, after) < (next_day, first)


@pure
@given(weeks)
def test_each_stretch_is_said_once(week: set[int]) -> None:
    words = in_words(week)
    assert words.count("–") == len(stretches(week))
    assert words.count(", ") == max(0, len(stretches(week)) - 1)


@pure
@given(st.lists(st.integers(min_value=0, max_value=HOURS_IN_WEEK - 1)))
def test_order_and_doubles_do_not_matter(hours: list[int]) -> None:
    assert cleaned(hours) == cleaned(reversed(hours)) == cleaned(hours + hours)
    assert len(cleaned(hours)) == len(set(hours))

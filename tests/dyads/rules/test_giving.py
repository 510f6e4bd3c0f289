"""Giving and receiving in words: pure."""

from hypothesis import given
from hypothesis import strategies as st

from dyads.rules.giving import Tilt, habit, reach, tilt

lengths = st.floats(min_value=0, max_value=7200)


@given(lengths, lengths)
def test_what_is_longer_for_one_is_shorter_for_the_other(mine: float, theirs: float) -> None:
    seen = {tilt(mine, theirs), tilt(theirs, mine)}
    assert seen in ({Tilt.EVEN}, {Tilt.MINE, Tilt.THEIRS})


def test_a_few_minutes_are_nothing_to_speak_of() -> None:
    assert tilt(600, 720) is Tilt.EVEN
    assert tilt(600, 900) is Tilt.THEIRS
    assert tilt(600, 0) is Tilt.MINE


def test_only_what_comes_again_and_again_is_a_habit() -> None:
    mine, theirs, even = Tilt.MINE, Tilt.THEIRS, Tilt.EVEN
    assert habit([theirs, mine, mine, mine]) is mine
    assert habit([mine, mine]) is even
    assert habit([theirs, mine, mine]) is even
    assert habit([]) is even


@given(lengths, lengths)
def test_a_shape_stays_inside_the_picture(one: float, other: float) -> None:
    assert 0 <= reach(one, max(one, other)) <= 1

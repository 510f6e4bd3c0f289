"""Equal turns: pure."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dyads.rules.turns import speaks_first

pure = settings(database=None)
numbers = st.integers(min_value=1, max_value=1000)


def test_the_first_one_begins_the_first_meeting() -> None:
    begins = [speaks_first("Ana", "Bo", number=number) for number in (1, 2, 3, 4)]
    assert begins == ["Ana", "Bo", "Ana", "Bo"]


@pure
@given(numbers)
def test_nobody_begins_twice_in_a_row(number: int) -> None:
    this, following = (speaks_first("Ana", "Bo", number=n) for n in (number, number + 1))
    assert {this, following} == {"Ana", "Bo"}


@pure
@given(numbers)
def test_over_a_run_of_meetings_both_begin_as_often(meetings: int) -> None:
    begins = [speaks_first("Ana", "Bo", number=number) for number in range(1, meetings + 1)]
    assert begins.count("Ana") - begins.count("Bo") in {0, 1}

"""The size laws: pure."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circles.scales import LAWS, Scale, may_practise, relationships

# Nothing is written into the checkout.
pure = settings(database=None)
scales = st.sampled_from(list(Scale))
sizes = st.integers(min_value=0, max_value=250)


@pytest.mark.parametrize(
    ("scale", "least", "most", "fewest_seats"),
    [
        (Scale.SELF, 1, 1, 1),
        (Scale.DYAD, 2, 2, 2),
        (Scale.CREW, 3, 6, 3),
        (Scale.CONGREGATION, 30, 200, 15),
    ],
)
def test_the_seeds_numbers(scale: Scale, least: int, most: int, fewest_seats: int) -> None:
    law = LAWS[scale]
    assert (law.least, law.most, law.fewest_seats) == (least, most, fewest_seats)


def test_every_scale_has_a_law() -> None:
    assert set(LAWS) == set(Scale)


@pytest.mark.parametrize("scale", list(Scale))
def test_the_ideal_lies_within_the_law(scale: Scale) -> None:
    law = LAWS[scale]
    assert 1 <= law.fewest_seats <= law.ideal <= law.most
    assert law.least <= law.ideal


@pytest.mark.parametrize(("people", "pairs"), [(0, 0), (1, 0), (2, 1), (5, 10), (50, 1225)])
def test_how_many_pairs_know_each_other(people: int, pairs: int) -> None:
    assert relationships(people) == pairs


@pure
@given(st.integers(min_value=0, max_value=60))
def test_relationships_are_the_pairs_one_can_name(people: int) -> None:
    assert relationships(people) == len(list(combinations(range(people), 2)))


@pure
@given(st.integers(min_value=0, max_value=10_000))
def test_a_newcomer_meets_everybody_who_is_there(people: int) -> None:
    assert relationships(people + 1) - relationships(people) == people


@pure
@given(scales, sizes)
def test_with_those_who_are_missing_it_is_complete(scale: Scale, size: int) -> None:
    law = LAWS[scale]
    assert size + law.missing(size) == max(size, law.least)


@pytest.mark.parametrize(
    ("scale", "size", "may"),
    [
        (Scale.SELF, 1, True),
        (Scale.DYAD, 1, False),
        (Scale.DYAD, 2, True),
        (Scale.CREW, 2, False),
        (Scale.CREW, 3, True),
        (Scale.CREW, 6, True),
        (Scale.CONGREGATION, 1, True),
    ],
)
def test_who_may_set_a_rhythm(scale: Scale, size: int, may: bool) -> None:
    assert may_practise(scale, size) is may


@pure
@given(scales, sizes)
def test_nobody_practises_in_an_empty_room_and_one_more_never_hinders(
    scale: Scale, size: int
) -> None:
    assert not may_practise(scale, 0)
    assert may_practise(scale, size + 1) or not may_practise(scale, size)

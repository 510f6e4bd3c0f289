"""Where parts stand on the map, as rules: never on each other, never on the self, never outside."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from selfwork.looks import Look, next_colour, placed, read_look
from selfwork.models import Colour
from selfwork.rules.places import (
    APART,
    FARTHEST,
    NEAREST,
    Place,
    direction,
    distance,
    kept_inside,
    kind_place,
    kind_places,
    reach,
    rings_needed,
    stepped,
)

length = st.integers(-3000, 3000)
places = st.builds(Place, length, length)
inside = places.map(kept_inside)
STEPS = ("left", "right", "up", "down", "nearer", "farther")


def test_many_parts_stand_around_the_self_without_touching() -> None:
    found = kind_places(60, [])
    assert min(one.from_other(other) for one, other in combinations(found, 2)) >= APART
    assert [rings_needed(found[:many]) for many in (0, 1, 8, 9, 24, 60)] == [1, 1, 1, 2, 3, 4]


def test_the_first_few_are_spread_around() -> None:
    first, second, *_others = kind_places(4, [])
    assert (first.x, first.y) == (-second.x, -second.y)


@given(st.lists(inside, max_size=24))
def test_a_new_part_touches_none_of_those_that_were_put_anywhere(taken: list[Place]) -> None:
    new = kind_place(taken)
    assert all(new.from_other(other) >= APART for other in taken)
    assert kept_inside(new) == new


@given(places)
def test_no_place_is_outside_or_on_the_self(place: Place) -> None:
    kept = kept_inside(place)
    assert max(abs(kept.x), abs(kept.y)) <= FARTHEST
    assert kept.away >= NEAREST - 1e-9
    assert kept_inside(kept) == kept


@given(inside, st.lists(st.sampled_from(STEPS), max_size=8))
def test_steps_never_lead_out(place: Place, steps: list[str]) -> None:
    for step in steps:
        place = stepped(place, step)
        assert kept_inside(place) == place


def test_each_step_leads_where_its_word_says() -> None:
    at = Place(100, -200)
    assert stepped(at, "left") == Place(60, -200)
    assert stepped(at, "down") == Place(100, -160)
    assert stepped(at, "farther").away > at.away > stepped(at, "nearer").away
    assert direction(stepped(at, "nearer")) == direction(at)


@given(st.lists(inside, max_size=5))
def test_the_picture_is_large_enough(found: list[Place]) -> None:
    rings = rings_needed(found)
    assert all(max(abs(one.x), abs(one.y)) <= reach(rings) for one in found)


def test_where_it_is_in_words() -> None:
    assert [direction(Place(*at)) for at in ((9, 0), (9, 9), (0, 9), (-9, 0), (0, -9))] == [
        *(0, 1, 2, 4, 6)
    ]
    assert [distance(Place(0, y)) for y in (100, 250, 400)] == [0, 1, 2]


@given(st.text() | st.from_regex(r'\{"at": \[[0-9."e,]*\]\}'))
def test_any_text_is_read_as_some_look(text: str) -> None:
    look = read_look(text)
    assert read_look(look.as_text()) == look


@given(inside)
def test_a_look_is_read_as_it_was_written(place: Place) -> None:
    look = Look("plum", "star", place)
    assert read_look(look.as_text()) == look


def test_those_without_a_place_get_the_same_each_time() -> None:
    looks = {4: Look(), 7: Look(place=Place(200, 0)), 9: Look()}
    assert placed(looks) == placed(looks)
    assert placed(looks)[7] == Place(200, 0)


def test_a_new_part_has_a_colour_of_its_own_as_long_as_there_are_some() -> None:
    used: list[str] = []
    for _ in Colour:
        used.append(next_colour(used))
    assert sorted(used) == sorted(Colour.values)

"""What one move does, and that it never tells of a refusal."""

from dataclasses import replace

from crews.rules.moving import MayNot, move, moves
from crews.rules.points import Seeker, crew_points

EVENING, NOON = 20, 12


def people(first: int, many: int, *hours: int) -> list[Seeker]:
    return [Seeker(one, frozenset(hours)) for one in range(first, first + many)]


def test_a_move_says_what_it_does_to_both_tables() -> None:
    home = people(1, 4, EVENING, NOON)
    person = replace(home[0], wishes=frozenset({2, 11}), met=frozenset({12}))
    home[0] = person
    other = people(11, 3, EVENING)
    done = move(person, away_from=home, to=other)
    assert done.may
    assert done.left is not None
    assert done.joined is not None
    assert (done.left.size_before, done.left.size, done.left.is_too_small) == (4, 3, False)
    assert done.left.lost_wishes == ((1, 2),)
    assert done.joined.gained_wishes == ((1, 11),)
    assert done.joined.gained_acquaintances == ((1, 12),)
    assert done.joined.shared_slots == (EVENING,)
    assert done.joined.lost_slots == ()
    before = crew_points(home) + crew_points(other)
    assert done.adds == crew_points(home[1:]) + crew_points([person, *other]) - before


def test_hours_are_lost_and_gained() -> None:
    wide, narrow = people(1, 3, EVENING, NOON), Seeker(9, frozenset({EVENING}))
    joined = move(narrow, to=wide).joined
    assert joined is not None
    assert (joined.lost_slots, joined.gained_slots) == ((NOON,), ())
    left = move(narrow, away_from=[*wide, narrow]).left
    assert left is not None
    assert (left.lost_slots, left.gained_slots) == ((), (NOON,))


def test_leaving_is_always_possible_and_a_new_table_may_begin() -> None:
    home = people(1, 3, EVENING)
    left = move(home[0], away_from=home).left
    assert left is not None
    assert left.is_too_small
    alone = move(home[0], away_from=home, to=[])
    assert alone.may
    assert alone.joined is not None
    assert alone.joined.size == 1


def test_a_refusal_looks_like_a_missing_hour() -> None:
    table = people(1, 3, EVENING)
    other_hour = Seeker(9, frozenset({NOON}))
    refuses = Seeker(9, frozenset({EVENING}), not_with=frozenset({2}))
    refused = [replace(table[0], not_with=frozenset({9})), *table[1:]]
    home = people(20, 4, EVENING, NOON)
    answers = [
        move(other_hour, away_from=[*home, other_hour], to=table),
        move(refuses, away_from=[*home, refuses], to=table),
        move(replace(refuses, not_with=frozenset()), away_from=[*home, refuses], to=refused),
    ]
    assert {answer.may_not for answer in answers} == {MayNot.DOES_NOT_FIT}
    assert {answer.joined for answer in answers} == {None}


def test_a_full_table_is_full_whoever_sits_there() -> None:
    six = people(1, 6, EVENING)
    for newcomer in (
        Seeker(9, frozenset({EVENING})),
        Seeker(9, frozenset({EVENING}), not_with=frozenset({1})),
        Seeker(9),
    ):
        assert move(newcomer, to=six).may_not is MayNot.FULL
    assert set(moves(six[0], away_from=six, tables={1: six, 2: people(11, 6, EVENING)})) == {1, 2}

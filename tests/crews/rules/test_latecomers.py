"""Open seats: who fits, best first, and nobody is moved."""

import time
from dataclasses import replace

from crews.rules.latecomers import OpenTable, seats_for, seats_for_each
from crews.rules.points import Seeker, crew_points, may_sit_together
from crews.rules.proposing.starting import greedy
from tests.crews.rules.instances import DENSE, congregation

TUESDAY, FRIDAY = frozenset({20}), frozenset({90})
NEWCOMER = Seeker(1, TUESDAY | FRIDAY, wishes=frozenset({22}))


def table(key: int, *people: Seeker, free: int = 2) -> OpenTable:
    return OpenTable(key, people, free)


def three(first: int, hours: frozenset[int] = TUESDAY) -> list[Seeker]:
    return [Seeker(one, hours) for one in range(first, first + 3)]


def test_seats_come_best_first_and_say_why() -> None:
    plain, wished = table(7, *three(10)), table(8, *three(20))
    best, other = seats_for(NEWCOMER, [plain, wished])
    assert (best.table, other.table) == (8, 7)
    assert best.adds == other.adds + 100
    assert best.grounds.wishes == ((1, 22),)
    assert best.grounds.people == (1, 20, 21, 22)
    assert best.adds == crew_points([*wished.people, NEWCOMER]) - crew_points(wished.people)


def test_what_does_not_fit_is_not_offered() -> None:
    refusing = replace(three(40)[0], not_with=frozenset({1}))
    tables = [
        table(1, *three(10), free=0),
        table(2, *three(20, frozenset({3}))),
        table(3, *three(30), *three(33)),
        table(4, refusing, *three(41)),
        table(5),
        table(6, NEWCOMER, *three(50)),
    ]
    assert seats_for(NEWCOMER, tables) == []
    assert seats_for(replace(NEWCOMER, not_with=frozenset({61})), [table(7, *three(60))]) == []


def test_a_table_that_still_forms_takes_people() -> None:
    assert [seat.table for seat in seats_for(NEWCOMER, [table(1, Seeker(9, FRIDAY))])] == [1]


def test_among_two_hundred_it_is_quick_and_right() -> None:
    *seated, newcomer = congregation(201, DENSE, 1)
    tables = [
        OpenTable(key, crew, 6 - len(crew)) for key, crew in enumerate(greedy(seated, seed=1))
    ]
    took = []
    for _ in range(5):
        began = time.process_time()
        seats = seats_for(newcomer, tables)
        took.append(time.process_time() - began)
    # The quickest: what else the machine does at the moment is not measured here.
    assert min(took) < 0.1
    fits = {one.key for one in tables if one.free and may_sit_together([*one.people, newcomer])}
    assert {seat.table for seat in seats} == fits != set()
    assert seats_for_each([newcomer], tables) == {newcomer.id: seats}

"""How a table becomes two: always two tables of a crew's size, the kindest there are."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crews.rules.splitting import (
    Diner,
    Ties,
    may_change,
    may_happen,
    propose,
    shared_slots,
    ways,
)

TUESDAY, SATURDAY = frozenset({10, 11}), frozenset({90, 91})


@st.composite
def tables(draw: st.DrawFn) -> list[Diner]:
    ids = range(1, draw(st.integers(6, 8)) + 1)
    some = st.frozensets(st.sampled_from(list(ids)), max_size=3)
    return [
        Diner(
            one,
            slots=draw(st.frozensets(st.integers(0, 5), max_size=4)),
            wishes=draw(some) - {one},
            rather_not=draw(some) - {one},
        )
        for one in ids
    ]


def refused(table: tuple[int, ...], diners: list[Diner]) -> int:
    by_id = {diner.id: diner for diner in diners}
    return sum(
        other in by_id[one].rather_not or one in by_id[other].rather_not
        for one, other in combinations(table, 2)
    )


@settings(max_examples=60, database=None)
@given(tables(), st.randoms(use_true_random=False))
def test_everybody_sits_once_and_no_order_changes_it(diners: list[Diner], dice: object) -> None:
    first, second = propose(diners, Ties())
    assert sorted([*first, *second]) == [diner.id for diner in diners]
    assert may_happen(len(first), len(second))
    shuffled = diners[:]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert propose(shuffled, Ties()) == (first, second)


@settings(max_examples=60, database=None)
@given(tables())
def test_nobody_is_refused_more_than_any_other_way_would(diners: list[Diner]) -> None:
    way = propose(diners, Ties())
    least = min(sum(refused(table, diners) for table in other) for other in ways(diners))
    assert sum(refused(table, diners) for table in way) == least


def test_hours_make_the_tables() -> None:
    diners = [Diner(one, TUESDAY if one % 2 else SATURDAY) for one in range(1, 8)]
    assert propose(diners, Ties()) == ((1, 3, 5, 7), (2, 4, 6))


def test_a_dyad_stays_together_and_wishes_come_true() -> None:
    diners = [Diner(one, TUESDAY) for one in range(1, 7)]
    ties = Ties(dyads=frozenset({frozenset({1, 6})}), known=frozenset({frozenset({2, 3})}))
    assert propose(diners, ties)[0][::2] == (1, 6)
    diners[1] = Diner(2, TUESDAY, wishes=frozenset({5}))
    first, second = propose(diners, ties)
    assert any({2, 3, 5} == set(table) for table in (first, second))


def test_whoever_has_not_said_their_hours_closes_no_door() -> None:
    assert shared_slots([Diner(1), Diner(2, TUESDAY)]) == TUESDAY
    assert shared_slots([Diner(1)]) == frozenset()


@pytest.mark.parametrize("people", [0, 5, 13])
def test_five_are_too_few_and_thirteen_too_many(people: int) -> None:
    with pytest.raises(ValueError, match="two tables"):
        propose([Diner(one) for one in range(people)], Ties())


@given(st.integers(0, 7), st.integers(0, 7))
def test_a_change_never_makes_a_table_too_small_or_too_large(here: int, there: int) -> None:
    if may_happen(here, there) and may_change(here, there):
        assert may_happen(here - 1, there + 1)

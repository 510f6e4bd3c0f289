"""Why a table is proposed: facts, and the words for whoever reads."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crews.rules.explaining import explain, explain_to
from crews.rules.points import Seeker
from crews.showing.wording import names_for, table_name, why, why_you
from people.models import Person
from practice.showing.often import hour

AT = datetime(2026, 12, 1, 19, tzinfo=UTC)
NAMES = ("Inês Carvalho", "Freya Lindqvist", "Nneka Obi", "Daniel Haile")
PEOPLE = {number: Person(pk=number, name=name) for number, name in enumerate(NAMES, 1)}
STEWARD = Person(pk=9, name="Ngozi", time_zone="Europe/Lisbon")


def seeker(number: int, **fields: frozenset[object]) -> Seeker:
    return Seeker(id=number, slots=frozenset({1, 2}), **fields)  # type: ignore[arg-type]


def ids(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


def told(table: list[Seeker], *known: frozenset[int]) -> str:
    return " ".join(why(explain(table, known), PEOPLE, STEWARD, AT))


def told_to(reader: int, table: list[Seeker], *known: frozenset[int]) -> str:
    return " ".join(why_you(explain_to(reader, table, known), PEOPLE, PEOPLE[reader], AT))


FOUR = [seeker(number) for number in PEOPLE]


def test_the_hour_is_said_by_the_readers_clock() -> None:
    assert "All four are free on Tuesdays at 19:00 your time" in told(FOUR)
    one_hour = [replace(one, slots=ids(1)) for one in FOUR]
    assert "Tuesdays at 19:00 your time is the one hour in the week that all four share." in told(
        one_hour
    )
    assert "All four of you are free on Tuesdays at 19:00 your time" in told_to(1, FOUR)


def test_interests_two_at_most() -> None:
    chosen = frozenset(["boats", "cooking", "case clinics"])
    table = [replace(one, interests=chosen) for one in FOUR]
    assert "All chose boats and case clinics." in told(table)
    assert "cooking" not in told(table)
    assert "You all chose boats and case clinics." in told_to(1, table)
    two = [replace(FOUR[0], interests=chosen), replace(FOUR[1], interests=frozenset(["cooking"]))]
    assert "Inês and Freya chose cooking." in told([*two, *FOUR[2:]])
    assert "You and Freya chose cooking." in told_to(1, [*two, *FOUR[2:]])
    assert "cooking" not in told_to(3, [*two, *FOUR[2:]])


def test_who_knows_whom_is_what_all_may_know() -> None:
    table = [replace(FOUR[0], met=ids(2)), *FOUR[1:]]
    assert "Nobody here has sat in a crew with another." in told(table)
    assert "Inês and Freya have sat in a crew together." in told(table, ids(1, 2))
    three = [ids(1, 2), ids(1, 3), ids(2, 3)]
    assert "Inês, Freya and Nneka have sat in a crew together." in told(table, *three)
    two = [ids(1, 2), ids(3, 4)]
    assert "Inês and Freya have sat in a crew together, so have Nneka and Daniel." in told(
        table, *two
    )
    assert "Four of the four have" in told(table, *three, ids(3, 4))
    assert "You know Freya." in told_to(1, table)
    assert "Everybody there is new to you." in told_to(3, table, ids(1, 2))


def test_of_somebody_alone_at_a_new_table_nothing_is_said() -> None:
    assert told(FOUR[:1]) == ""


def test_stewards_read_how_many_wishes_come_true_and_each_person_their_own() -> None:
    table = [
        replace(FOUR[0], wishes=ids(2, 3)),
        replace(FOUR[1], wishes=ids(1)),
        *FOUR[2:],
    ]
    assert "Three wishes come true." in told(table)
    assert "You and Freya wished for each other. You wished to sit with Nneka." in told_to(1, table)
    assert "wish" not in told_to(3, table)


tables = st.lists(
    st.builds(
        Seeker,
        id=st.just(0),
        slots=st.just(ids(1)),
        interests=st.frozensets(st.sampled_from(["boats", "cooking"])),
        wishes=st.frozensets(st.integers(1, 4)),
        met=st.frozensets(st.integers(1, 4)),
    ),
    min_size=4,
    max_size=4,
)


@given(tables, st.lists(st.frozensets(st.integers(1, 4)), min_size=4, max_size=4))
def test_no_explanation_knows_of_a_refusal(
    people: list[Seeker], refusals: list[frozenset[int]]
) -> None:
    table = [replace(one, id=number) for number, one in enumerate(people, 1)]
    other = [replace(one, not_with=not_with) for one, not_with in zip(table, refusals, strict=True)]
    assert explain(table, ()) == explain(other, ())
    assert explain_to(1, table, ()) == explain_to(1, other, ())


@given(tables)
def test_what_one_reads_tells_no_wish_of_another(people: list[Seeker]) -> None:
    """Unless they answered it: whoever was wished for in vain learns nothing."""
    table = [replace(one, id=number) for number, one in enumerate(people, 1)]
    mine = table[0].wishes
    silent = [
        one if one.id == 1 or one.id in mine else replace(one, wishes=frozenset()) for one in table
    ]
    assert told_to(1, table) == told_to(1, silent)


def test_a_table_is_called_by_its_hour() -> None:
    lisbon = STEWARD.zone
    assert table_name(AT, lisbon) == "Tuesday evenings"
    assert hour(AT, lisbon) == "Tuesdays at 19:00"
    later = AT.replace(hour=20)
    assert names_for([AT, later, AT, None], lisbon) == [
        "Tuesday evenings",
        "Tuesday at 20:00",
        "Tuesday at 19:00",
        "Table 4",
    ]


@pytest.mark.parametrize("count", [2, 3, 5])
def test_no_two_tables_have_one_name(count: int) -> None:
    names = names_for([AT] * count, STEWARD.zone)
    assert len(set(names)) == count

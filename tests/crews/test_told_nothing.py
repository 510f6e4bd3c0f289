"""Whatever anybody refuses, what people without a seat and stewards read stays the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crews.models import FormingRound, Participant, ProposedCrew
from crews.rules.points import Seeker
from crews.services.seating import SeatedTable, Seating
from crews.services.seekers import Gathered
from crews.showing.lacking import hours_that_would_help, why_no_seat, without_seats
from people.models import Person

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
STEWARD = Person(pk=99, name="Ngozi Eze", time_zone="Europe/Lisbon")
# Whole hours of Monday in UTC, by quarters.
hours = st.frozensets(st.integers(6, 20).map(lambda hour: 4 * hour), max_size=5)
people = st.lists(hours, min_size=4, max_size=9)
pairs = st.frozensets(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=12)


def seating(slots: list[frozenset[int]], refusals: frozenset[tuple[int, int]]) -> Seating:
    """The first three sit at a table with room, the others nowhere."""
    forming = FormingRound(pk=1, title="Winter", minutes=60, time_zone="UTC")
    seekers = {
        number: Seeker(
            number,
            slots=mine,
            not_with=frozenset(whom for by, whom in refusals if by == number != whom),
        )
        for number, mine in enumerate(slots, 1)
    }
    participants = {
        number: Participant(
            pk=number,
            round=forming,
            person=Person(pk=number, name=f"Person{number} X"),
            time_zone="Europe/Lisbon",
        )
        for number in seekers
    }
    gathered = Gathered(forming, MONDAY, participants, seekers, set(), set())
    return Seating(gathered, [SeatedTable(ProposedCrew(pk=1, round=forming), (1, 2, 3))])


def read(found: Seating) -> Iterator[object]:
    """Everything that is read about people without a seat, by stewards and by themselves."""
    for one in without_seats(found, {1: "Monday mornings"}):
        yield one.person.pk, one.reason, one.help, one.hour
        yield why_no_seat(found, one.person.pk)
        yield hours_that_would_help(found, one.person.pk)


@given(slots=people, refusals=pairs)
def test_why_there_is_no_seat_knows_of_no_refusal(
    slots: list[frozenset[int]], refusals: frozenset[tuple[int, int]]
) -> None:
    assert list(read(seating(slots, refusals))) == list(read(seating(slots, frozenset())))


@given(slots=people, refusals=pairs)
def test_everybody_without_a_seat_gets_a_reason_and_no_help_they_have_already(
    slots: list[frozenset[int]], refusals: frozenset[tuple[int, int]]
) -> None:
    found = seating(slots, refusals)
    for one in without_seats(found, {1: "Monday mornings"}):
        assert one.reason
        assert one.slot not in found.gathered.seekers[one.person.pk].slots


@given(slots=st.lists(hours, min_size=3, max_size=3), refusal=st.integers(1, 3))
def test_a_table_that_breaks_has_no_hour_whatever_broke_it(
    slots: list[frozenset[int]], refusal: int
) -> None:
    shared = frozenset({40})
    whole = seating([mine | shared for mine in slots], frozenset())
    table = whole.tables[0]
    assert whole.best(table) is not None
    by_refusal = seating([mine | shared for mine in slots], frozenset({(refusal, refusal % 3 + 1)}))
    apart = {
        number: replace(one, slots=frozenset({number}))
        for number, one in whole.gathered.seekers.items()
    }
    by_hours = replace(whole, gathered=replace(whole.gathered, seekers=apart))
    assert by_refusal.best(table) is by_hours.best(table) is None
    assert by_refusal.holds(table) is by_hours.holds(table) is False

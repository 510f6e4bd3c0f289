"""With which pair somebody left over shares most: only where all three share an hour."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from dyads.rules.times import times
from dyads.rules.trios import most_hours_first
from practice.rules.shared_hours import Member

AFTER = datetime(2027, 3, 22, 9, 5, tzinfo=UTC)
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Dublin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland")
]
members = st.tuples(
    st.sampled_from(ZONES), st.frozensets(st.integers(0, 167), min_size=10, max_size=80)
)


@settings(max_examples=25)
@given(people=st.lists(members, min_size=5, max_size=5))
def test_exactly_the_pairs_with_a_time_for_all_three(
    people: list[tuple[ZoneInfo, frozenset[int]]],
) -> None:
    found = [Member(number, zone, hours) for number, (zone, hours) in enumerate(people)]
    alone, pairs = found[0], {7: found[1:3], 3: found[3:5]}
    ordered = most_hours_first(alone, pairs, after=AFTER, minutes=45)
    fitting = {
        number for number, pair in pairs.items() if times([alone, *pair], after=AFTER, minutes=45)
    }
    assert set(ordered) == fitting


def test_the_most_hours_first_and_of_equal_ones_the_earlier_pair() -> None:
    def free(person: int, hours: int) -> Member:
        return Member(person, ZONES[0], frozenset(range(hours)))

    alone = free(1, 100)
    pairs = {5: [free(2, 20), free(3, 30)], 4: [free(4, 60), free(5, 40)]}
    assert most_hours_first(alone, pairs, after=AFTER, minutes=45) == [4, 5]
    equal = {9: [free(6, 20), free(7, 20)], 8: [free(8, 20), free(9, 20)]}
    assert most_hours_first(alone, equal, after=AFTER, minutes=45) == [8, 9]
    assert most_hours_first(alone, {}, after=AFTER, minutes=45) == []

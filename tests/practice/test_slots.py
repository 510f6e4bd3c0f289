"""Slots: what several people share is found, and half an hour to spare is no second choice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.week import hour_of_week
from practice.rules.shared_hours import Member, beginnings, free
from practice.rules.slots import best, moment_of, part_of_day, slots, week_after

ZONES = (
    "UTC",
    "Europe/Lisbon",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "America/New_York",
    "Pacific/Auckland",
)
# Weeks with and without a change of clocks: Europe, New York, Lord Howe, Chatham.
WEEKS = tuple(
    datetime(*day, tzinfo=UTC)
    for day in ((2026, 11, 30), (2026, 3, 23), (2026, 10, 19), (2027, 3, 8), (2027, 9, 20))
)


def member(person: int, zone: str, day: int, first: int, after: int) -> Member:
    hours = frozenset(hour_of_week(day, hour) for hour in range(first, after))
    return Member(person, ZoneInfo(zone), hours)


weeks = st.builds(
    Member,
    person=st.just(0),
    zone=st.sampled_from([ZoneInfo(zone) for zone in ZONES]),
    hours=st.frozensets(st.integers(0, 167), max_size=60),
)


@given(
    people=st.lists(weeks, min_size=2, max_size=5),
    begins=st.sampled_from(WEEKS),
    minutes=st.sampled_from([60, 75, 90, 120]),
)
def test_people_share_a_slot_just_when_they_share_a_stretch(
    people: list[Member], begins: datetime, minutes: int
) -> None:
    named = [Member(number, one.zone, one.hours) for number, one in enumerate(people)]
    length = -(-minutes // 15)
    week = (1 << 672) - 1
    shared = week
    for mask in free(named, begins, 672 + length).values():
        shared &= beginnings(mask, length)
    found = frozenset.intersection(*slots(named, begins, minutes).values())
    assert bool(found) == bool(shared)
    assert all(shared >> slot & 1 for slot in found)


def test_among_whole_hours_a_slot_is_an_hour() -> None:
    two = [member(1, "Europe/Lisbon", 1, 19, 22), member(2, "Europe/Warsaw", 1, 20, 23)]
    found = slots(two, WEEKS[0], 90)
    assert found[1] == found[2]
    assert [moment_of(slot, WEEKS[0]).hour for slot in sorted(found[1])] == [19, 20]


@pytest.mark.parametrize(
    ("zone", "first", "minute"), [("Asia/Kathmandu", 22, 15), ("America/St_Johns", 13, 30)]
)
def test_odd_zones_share_what_begins_on_their_own_hour(zone: str, first: int, minute: int) -> None:
    """Two hours in Kathmandu from 22:00 are 16:15 to 18:15 in UTC: only one beginning fits."""
    odd = member(1, zone, 1, first, first + 2)
    lisbon = member(2, "Europe/Lisbon", 1, 16, 19)
    found = slots([odd, lisbon], WEEKS[0], 120)
    shared = found[1] & found[2]
    assert [moment_of(slot, WEEKS[0]).minute for slot in shared] == [minute]


def test_the_same_hours_part_when_only_one_clock_has_changed() -> None:
    """In March New York has summer time for weeks before Lisbon has."""
    two = [member(1, "Europe/Lisbon", 1, 19, 20), member(2, "America/New_York", 1, 14, 15)]
    winter, between = (
        slots(two, week, 60) for week in (WEEKS[0], datetime(2027, 3, 15, tzinfo=UTC))
    )
    assert winter[1] & winter[2]
    assert not between[1] & between[2]


def test_a_week_begins_on_the_monday_after() -> None:
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    assert week_after(monday) == monday
    assert week_after(monday + timedelta(minutes=1)) == monday + timedelta(days=7)
    assert week_after(monday - timedelta(days=6, minutes=1)) == monday


def test_the_best_hour_wakes_nobody() -> None:
    lisbon, kathmandu = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Kathmandu")
    # Of a Monday in UTC; Kathmandu is 5:45 ahead.
    night, odd, even = 4 * 2, 4 * 15, 4 * 15 + 1
    assert best([night, odd], [lisbon], WEEKS[0], 60) == odd
    assert best([odd, even], [lisbon], WEEKS[0], 60) == odd
    assert best([odd, even], [kathmandu, kathmandu, lisbon], WEEKS[0], 60) == even
    assert best([], [lisbon], WEEKS[0], 90) is None


def test_hours_have_names() -> None:
    named = [part_of_day(hour) for hour in (3, 8, 12, 15, 19, 23)]
    assert named == ["night", "morning", "midday", "afternoon", "evening", "late"]

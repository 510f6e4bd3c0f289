"""Three times that suit both: on different days, at a kind hour, also when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from dyads.rules.times import EARLIEST, LATEST, MOST_TIMES, times
from people.week import hour_of_week
from practice.rules.shared_hours import Member

DUBLIN, AUCKLAND, NEW_YORK = (
    ZoneInfo(name) for name in ("Europe/Dublin", "Pacific/Auckland", "America/New_York")
)
ZONES = (
    DUBLIN,
    AUCKLAND,
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("America/St_Johns"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("America/Sao_Paulo"),
)
MONDAY = datetime(2027, 3, 1, 9, 5, tzinfo=UTC)
EVENINGS = frozenset(hour_of_week(day, hour) for day in range(7) for hour in (18, 19, 20))


def walls(found: list[datetime], zone: ZoneInfo) -> list[str]:
    return [f"{one.astimezone(zone):%a %d %H:%M}" for one in found]


def at(zone: ZoneInfo, *hours: tuple[int, int], person: int = 1) -> Member:
    return Member(person, zone, frozenset(hour_of_week(*one) for one in hours))


def test_three_days_two_days_ahead_in_order_of_time() -> None:
    both = [Member(1, DUBLIN, EVENINGS), Member(2, DUBLIN, EVENINGS)]
    found = times(both, after=MONDAY, minutes=45)
    assert walls(found, DUBLIN) == ["Wed 03 18:00", "Thu 04 18:00", "Fri 05 18:00"]


def test_different_parts_of_the_day_where_there_are_some() -> None:
    hours = [(day, hour) for day in range(7) for hour in (9, 12, 18, 19)]
    both = [at(DUBLIN, *hours), at(DUBLIN, *hours, person=2)]
    found = times(both, after=MONDAY, minutes=45)
    assert sorted(one.astimezone(DUBLIN).hour for one in found) == [9, 12, 18]


def test_nobody_is_woken_while_there_is_another_hour() -> None:
    early = [(day, hour) for day in range(7) for hour in (4, 5, 6)]
    both = [at(DUBLIN, *early, (5, 10)), at(DUBLIN, *early, (5, 10), person=2)]
    found = times(both, after=MONDAY, minutes=45)
    assert "Sat 06 10:00" in walls(found, DUBLIN)


def test_one_hour_of_the_week_comes_in_both_weeks_and_is_two_times() -> None:
    both = [at(DUBLIN, (5, 10)), at(DUBLIN, (5, 10), person=2)]
    found = times(both, after=MONDAY, minutes=45)
    assert walls(found, DUBLIN) == ["Sat 06 10:00", "Sat 13 10:00"]


def test_half_the_world_apart_each_has_their_own_day() -> None:
    mornings = [(day, hour) for day in range(7) for hour in (7, 8)]
    evenings = [(day, hour) for day in range(7) for hour in (20, 21)]
    both = [at(DUBLIN, *mornings), at(AUCKLAND, *evenings, person=2)]
    found = times(both, after=MONDAY, minutes=45)
    assert walls(found, DUBLIN) == ["Thu 04 07:00", "Fri 05 07:00", "Sat 06 07:00"]
    assert walls(found, AUCKLAND) == ["Thu 04 20:00", "Fri 05 20:00", "Sat 06 20:00"]


def test_what_is_taken_already_is_not_offered() -> None:
    both = [at(DUBLIN, (5, 10)), at(DUBLIN, (5, 10), person=2)]
    saturday = datetime(2027, 3, 6, 10, 30, tzinfo=UTC)
    busy = [(saturday, saturday + timedelta(hours=1))]
    found = times(both, after=MONDAY, minutes=45, busy=busy)
    assert walls(found, DUBLIN) == ["Sat 13 10:00"]


def test_nothing_in_common_and_nobody_there_are_no_times() -> None:
    both = [at(DUBLIN, (0, 9)), at(DUBLIN, (1, 9), person=2)]
    assert times(both, after=MONDAY, minutes=45) == []
    assert times([], after=MONDAY, minutes=45) == []


def test_an_hour_that_is_shared_only_between_two_changes_of_clocks() -> None:
    # New York goes on two weeks before Dublin; until then 15:00 there is 19:00 here.
    both = [at(NEW_YORK, (0, 15)), at(DUBLIN, (0, 19), person=2)]
    between = times(both, after=datetime(2027, 3, 8, tzinfo=UTC), minutes=45)
    after = times(both, after=datetime(2027, 3, 22, tzinfo=UTC), minutes=45)
    assert walls(between, DUBLIN) == ["Mon 15 19:00"]
    assert walls(between, NEW_YORK) == ["Mon 15 15:00"]
    assert after == []


@settings(max_examples=60)
@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=2, max_size=3),
    data=st.data(),
    # Around both changes of clocks, in both halves of the world.
    day=st.sampled_from([datetime(2027, month, 20, tzinfo=UTC) for month in (3, 4, 9, 10)]),
    minute=st.integers(0, 60 * 24 * 14),
    minutes=st.sampled_from([20, 45, 90]),
)
def test_every_time_suits_all_of_them_on_their_own_walls(
    zones: list[ZoneInfo], data: st.DataObject, day: datetime, minute: int, minutes: int
) -> None:
    hours = st.frozensets(st.integers(0, 167), min_size=60, max_size=140)
    members = [Member(number, zone, data.draw(hours)) for number, zone in enumerate(zones)]
    after = day + timedelta(minutes=minute)
    found = times(members, after=after, minutes=minutes)
    assert found == sorted(found)
    assert len(found) <= MOST_TIMES
    for one in found:
        assert after + EARLIEST <= one < after + LATEST
        for member in members:
            for step in range(0, minutes, 15):
                wall = (one + timedelta(minutes=step)).astimezone(member.zone)
                assert hour_of_week(wall.weekday(), wall.hour) in member.hours
    for zone in zones:
        assert len({one.astimezone(zone).date() for one in found}) == len(found)
    # Nobody depends on who is asked first.
    again = times([*reversed(members)], after=after, minutes=minutes)
    assert again == found

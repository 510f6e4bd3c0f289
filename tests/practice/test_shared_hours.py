"""The hours people share: pure, and checked against counting every minute by hand."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.time_zones import known_zones, places
from people.week import HOURS_IN_WEEK, hour_of_week
from practice.rules.recurrence import Pattern
from practice.rules.shared_hours import (
    APART,
    QUARTER,
    Member,
    Week,
    best_times,
    free,
    lapses,
    quarters_between,
    stretches,
)

MINUTE = timedelta(minutes=1)
LISBON, BERLIN, KATHMANDU = (
    ZoneInfo(zone) for zone in ("Europe/Lisbon", "Europe/Berlin", "Asia/Kathmandu")
)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# Around the changes of clocks, wherever they are: every week of some years.
mondays = st.dates(date(2024, 1, 1), date(2037, 12, 24)).map(
    lambda day: day - timedelta(days=day.weekday())
)
zones = st.sampled_from(sorted(known_zones())).map(ZoneInfo)
hours = st.frozensets(st.integers(0, HOURS_IN_WEEK - 1), max_size=60)
evenings = frozenset(hour_of_week(day, hour) for day in range(7) for hour in range(17, 22))
groups = st.lists(st.tuples(zones, hours | st.just(evenings)), min_size=1, max_size=4)
pure = settings(database=None, max_examples=60)
# Those that count every minute of a week.
slow = settings(pure, max_examples=20)


def members(*rows: tuple[tzinfo, frozenset[int]]) -> list[Member]:
    return [Member(number, zone, hours) for number, (zone, hours) in enumerate(rows)]


def on(*days_and_hours: tuple[int, int]) -> frozenset[int]:
    return frozenset(hour_of_week(day, hour) for day, hour in days_and_hours)


def suits(member: Member, at: datetime) -> bool:
    """What their own wall says at that minute."""
    wall = at.astimezone(member.zone)
    return hour_of_week(wall.weekday(), wall.hour) in member.hours


def suits_throughout(member: Member, start: datetime, minutes: int) -> bool:
    return all(suits(member, start + number * MINUTE) for number in range(minutes))


def week(monday: str, zone: tzinfo = UTC) -> Week:
    return Week.of(date.fromisoformat(monday), zone)


# --- against the minutes ----------------------------------------------------------------------


@slow
@given(zones, hours, mondays, zones)
def test_everyone_is_free_exactly_in_the_minutes_their_own_wall_says(
    zone: ZoneInfo, hours: frozenset[int], monday: date, reader: ZoneInfo
) -> None:
    (member,) = members((zone, hours))
    shown = Week(monday, reader)
    quarters = quarters_between(shown.begins, shown.ends)
    mask = free([member], shown.begins, quarters)[0]
    minute = shown.begins
    while minute < shown.ends:
        bit = mask >> ((minute - shown.begins) // QUARTER) & 1
        assert bool(bit) == suits(member, minute), minute.astimezone(zone)
        minute += MINUTE


@pytest.mark.parametrize("name", places())
def test_weeks_of_a_change_of_clocks_are_right_in_every_place(name: str) -> None:
    """Every hour ticked at odd hours of the day, in every week of a year that has a change."""
    zone = ZoneInfo(name)
    (member,) = members((zone, frozenset(range(0, HOURS_IN_WEEK, 2))))
    for number in range(53):
        shown = Week(date(2026, 12, 28) + timedelta(weeks=number), UTC)
        ends = [at.astimezone(zone).utcoffset() for at in (shown.begins, shown.ends)]
        if ends[0] == ends[1]:
            continue
        mask = free([member], shown.begins, 7 * 96)[0]
        for quarter in range(7 * 96):
            at = shown.begins + quarter * QUARTER
            assert bool(mask >> quarter & 1) == suits(member, at)
            assert suits(member, at) == suits(member, at + QUARTER - MINUTE)


@pure
@given(groups, mondays, zones, st.integers(5, 480))
def test_each_offer_suits_whom_it_says_from_its_first_minute_to_its_last(
    group: list[tuple[ZoneInfo, frozenset[int]]], monday: date, reader: ZoneInfo, minutes: int
) -> None:
    people = members(*group)
    shown = Week(monday, reader)
    offers = best_times(people, shown, minutes=minutes, now=LONG_AGO, most=4)
    for offer in offers:
        assert shown.begins <= offer.starts_at < shown.ends
        assert len(offer.can) >= 2
        for person in people:
            # A quarter that has begun counts whole, so that nothing is promised too narrowly.
            if suits_throughout(person, offer.starts_at, -(-minutes // 15) * 15):
                assert person.person in offer.can
            else:
                assert person.person not in offer.can
                assert (person.person in offer.cannot) == bool(person.hours)


@pure
@given(groups, mondays, zones)
def test_no_other_time_of_the_week_suits_more_people_than_the_first_offer(
    group: list[tuple[ZoneInfo, frozenset[int]]], monday: date, reader: ZoneInfo
) -> None:
    people = members(*group)
    shown = Week(monday, reader)
    offers = best_times(people, shown, minutes=60, now=LONG_AGO, most=1)
    most = max(
        sum(suits_throughout(one, shown.begins + number * QUARTER, 60) for one in people)
        for number in range(quarters_between(shown.begins, shown.ends))
    )
    assert (len(offers[0].can) if offers else 0) == (most if most >= 2 else 0)


@slow
@given(groups, mondays, zones)
def test_the_picture_shows_what_the_walls_say(
    group: list[tuple[ZoneInfo, frozenset[int]]], monday: date, reader: ZoneInfo
) -> None:
    people = members(*group)
    shown = Week(monday, reader)
    drawn = {
        (one.day, minute): one.people
        for one in stretches(people, shown)
        for minute in range(one.first, one.after)
    }
    counted: dict[tuple[int, int], int] = {}
    at = shown.begins
    while at < shown.ends:
        wall = at.astimezone(reader)
        place = (wall.weekday(), wall.hour * 60 + wall.minute)
        counted.setdefault(place, sum(suits(one, at) for one in people))
        at += MINUTE
    assert drawn == {place: count for place, count in counted.items() if count}


@pure
@given(groups, mondays, zones)
def test_stretches_that_touch_differ_in_number(
    group: list[tuple[ZoneInfo, frozenset[int]]], monday: date, reader: ZoneInfo
) -> None:
    for one, other in pairwise(stretches(members(*group), Week(monday, reader))):
        assert (one.day, one.after) <= (other.day, other.first)
        assert (one.day, one.after, one.people) != (other.day, other.first, other.people)


# --- the choice of the best -------------------------------------------------------------------


def starts(people: list[Member], shown: Week, **wish: object) -> list[str]:
    wish = {"minutes": 60, "now": LONG_AGO, "most": 4, **wish}
    offers = best_times(people, shown, **wish)  # type: ignore[arg-type]
    return [f"{one.starts_at.astimezone(shown.zone):%a %H:%M} {len(one.can)}" for one in offers]


def test_what_suits_all_comes_first_and_days_differ_before_one_comes_twice() -> None:
    three = on((1, 9), (1, 18), (1, 19), (3, 18))
    two = on((1, 9), (1, 18), (1, 19), (3, 18), (4, 18))
    people = members((UTC, three), (UTC, two), (UTC, two))
    assert starts(people, week("2027-01-11")) == [
        "Tue 09:00 3",
        "Thu 18:00 3",
        "Tue 18:00 3",
        "Fri 18:00 2",
    ]


def test_no_two_offers_lie_close_together() -> None:
    people = members((UTC, evenings), (LISBON, evenings), (KATHMANDU, evenings | on((2, 23))))
    offers = best_times(people, week("2027-01-11"), minutes=30, now=LONG_AGO, most=40)
    times = sorted(one.starts_at for one in offers)
    assert len(times) > 7
    assert all(later - earlier >= APART for earlier, later in pairwise(times))


def test_among_equal_times_fewest_people_are_up_at_night() -> None:
    any_hour = frozenset(range(HOURS_IN_WEEK))
    people = members((ZoneInfo("Europe/Lisbon"), any_hour), (ZoneInfo("Asia/Tokyo"), any_hour))
    for offer in best_times(people, week("2027-01-11", LISBON), minutes=90, now=LONG_AGO, most=4):
        for one in people:
            local = offer.starts_at.astimezone(one.zone).time()
            assert time(7) <= local <= time(20, 30)


def test_the_night_of_somebody_who_has_said_nothing_counts_too() -> None:
    hours = on((1, 8), (1, 20))
    awake_later = Member(2, ZoneInfo("America/New_York"), frozenset())
    pair = members((UTC, hours), (UTC, hours))
    assert starts(pair, week("2027-01-11"), most=1) == ["Tue 08:00 2"]
    assert starts([*pair, awake_later], week("2027-01-11"), most=1) == ["Tue 20:00 2"]


def test_a_whole_hour_on_most_walls_goes_before_an_odd_one() -> None:
    people = members((KATHMANDU, on((1, 18), (1, 19))), (UTC, on((1, 12), (1, 13), (1, 14))))
    # In Kathmandu it is 18:15 at 12:30 UTC, and 18:00 at 12:15.
    assert starts(people, week("2027-01-11"), minutes=60, most=1) == ["Tue 12:15 2"]
    two_more = [Member(number, UTC, on((1, 12), (1, 13), (1, 14))) for number in (2, 3)]
    assert starts([*people, *two_more], week("2027-01-11"), most=1) == ["Tue 13:00 4"]


def test_a_meeting_over_midnight_into_the_next_week_is_found() -> None:
    hours = on((6, 23), (0, 0))
    assert starts(members((UTC, hours), (UTC, hours)), week("2027-01-11"), minutes=120) == [
        "Sun 23:00 2"
    ]


def test_nothing_that_has_begun_or_meets_another_meeting_is_offered() -> None:
    hours = on((1, 18), (1, 19), (2, 18), (2, 19))
    people = members((UTC, hours), (UTC, hours))
    seven = datetime(2027, 1, 12, 19, tzinfo=UTC)
    assert starts(people, week("2027-01-11"), now=seven) == ["Wed 18:00 2"]
    assert starts(people, week("2027-01-11"), now=seven + timedelta(days=7)) == []
    busy = [(seven, seven + timedelta(minutes=1))]
    assert starts(people, week("2027-01-11"), busy=busy) == ["Tue 18:00 2", "Wed 18:00 2"]
    assert starts(people, week("2027-01-11"), busy=busy, minutes=75) == ["Wed 18:00 2"]


def test_one_persons_hours_are_nothing_shared() -> None:
    assert starts(members((UTC, evenings), (UTC, frozenset())), week("2027-01-11")) == []
    assert best_times([], week("2027-01-11"), minutes=60, now=LONG_AGO, most=3) == []


def test_order_of_the_people_does_not_matter() -> None:
    people = members((UTC, evenings), (LISBON, on((1, 18))), (KATHMANDU, on((1, 23), (2, 0))))
    shown = week("2027-01-11")
    assert best_times(people, shown, minutes=45, now=LONG_AGO, most=4) == best_times(
        people[::-1], shown, minutes=45, now=LONG_AGO, most=4
    )


# --- a rhythm over a change of clocks ---------------------------------------------------------


def run(zone: tzinfo, first: date, at: time, every: str = "week") -> list[datetime]:
    return Pattern(every=every, starts_on=first, at=at, zone=zone).moments(6)


def test_from_the_change_on_an_hour_no_longer_suits_who_keeps_another_clock() -> None:
    nairobi = ZoneInfo("Africa/Nairobi")
    people = members((BERLIN, on((1, 18))), (nairobi, on((1, 20))), (BERLIN, on((2, 18))))
    found = lapses(people, run(BERLIN, date(2027, 3, 16), time(18)), 60)
    assert [(one.person, f"{one.starts_at:%d %B}", one.is_for_good) for one in found] == [
        (1, "30 March", True)
    ]


def test_between_two_changes_an_hour_may_not_suit_for_a_while_only() -> None:
    new_york = ZoneInfo("America/New_York")
    people = members((BERLIN, on((1, 18))), (new_york, on((1, 12))))
    found = lapses(people, run(BERLIN, date(2027, 3, 9), time(18)), 60)
    # America changes on 14 March, Europe on the 28th.
    assert [(one.person, f"{one.starts_at:%d %B}", one.is_for_good) for one in found] == [
        (1, "16 March", False)
    ]


def test_who_is_free_long_enough_notices_nothing() -> None:
    people = members((BERLIN, on((1, 18))), (ZoneInfo("Africa/Nairobi"), on((1, 19), (1, 20))))
    assert lapses(people, run(BERLIN, date(2027, 3, 16), time(18)), 60) == []


@pure
@given(groups, mondays, st.integers(0, 95), st.integers(5, 240))
def test_a_lapse_is_said_exactly_when_a_later_meeting_does_not_fit(
    group: list[tuple[ZoneInfo, frozenset[int]]], monday: date, quarter: int, minutes: int
) -> None:
    people = members(*group)
    at = time(quarter // 4, quarter % 4 * 15)
    meetings = run(group[0][0], monday + timedelta(days=1), at, "fortnight")
    found = {one.person: one for one in lapses(people, meetings, minutes)}
    whole = -(-minutes // 15) * 15
    for person in people:
        fits = [suits_throughout(person, start, whole) for start in meetings]
        lapse = found.get(person.person)
        assert (lapse is not None) == (fits[0] and not all(fits))
        if lapse is not None:
            assert lapse.starts_at == meetings[fits.index(False)]
            assert lapse.is_for_good == (True not in fits[fits.index(False) :])

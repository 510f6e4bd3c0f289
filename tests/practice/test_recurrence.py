"""When meetings are, in every zone there is; and whose turn it is to host."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.rules.hosting import turn
from practice.rules.recurrence import MOST_MEETINGS, MOST_WEEKS, Pattern, moment, nth, same_weekday

ZONES = sorted(available_timezones())
SECOND = timedelta(seconds=1)
YEARS = st.integers(2026, 2040)
DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))
TIMES = st.times().map(lambda at: at.replace(microsecond=0, fold=0))
NIGHT = st.builds(time, st.integers(0, 3), st.integers(0, 59), st.integers(0, 59))


@cache
def days_of_change(zone: str, year: int) -> list[date]:
    """The days in a year on which the zone's clocks are changed."""
    info = ZoneInfo(zone)
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    offsets = [datetime.combine(day, time(0), tzinfo=info).utcoffset() for day in days]
    return [day for day, (now, then) in zip(days, pairwise(offsets), strict=False) if now != then]


@st.composite
def walls(draw: st.DrawFn) -> tuple[date, time, str]:
    """A day, a time and a zone; every second time on a day on which the clocks are changed."""
    zone = draw(st.sampled_from(ZONES))
    changes = days_of_change(zone, draw(YEARS))
    on_a_change = draw(st.booleans())
    if changes and on_a_change:
        return draw(st.sampled_from(changes)), draw(NIGHT), zone
    return draw(DAYS), draw(TIMES), zone


def shown(instant: datetime, zone: str) -> datetime:
    """What the wall clock shows."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def instants(wall: datetime, zone: str) -> list[datetime]:
    """Every instant at which a clock in the zone shows this, found the long way."""
    around = [wall.replace(tzinfo=UTC) + timedelta(hours=hours) for hours in range(-40, 41)]
    offsets = {one.astimezone(ZoneInfo(zone)).utcoffset() for one in around}
    found = [wall.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None]
    return sorted(instant for instant in found if shown(instant, zone) == wall)


def holds(day: date, at: time, zone: str) -> None:
    """The rule: the wall time; of two the first; in a gap the first moment after the jump."""
    wall, instant = datetime.combine(day, at), moment(day, at, ZoneInfo(zone))
    assert instant.utcoffset() == timedelta(0)
    if candidates := instants(wall, zone):
        assert instant == candidates[0]
    else:
        assert shown(instant - SECOND, zone) < wall < shown(instant, zone)


@given(walls())
def test_the_wall_time_holds_in_every_zone(wall: tuple[date, time, str]) -> None:
    holds(*wall)


def test_every_change_of_clocks_of_a_year_is_met() -> None:
    changes = [(day, zone) for zone in ZONES for day in days_of_change(zone, 2027)]
    assert len(changes) > 200
    for day, zone in changes:
        for minutes in range(0, 240, 15):
            holds(day, time(minutes // 60, minutes % 60), zone)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        # 02:30 is jumped over in spring and comes twice in autumn.
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T01:00Z"),
        ("Europe/Berlin", date(2027, 3, 27), time(2, 30), "2027-03-27T01:30Z"),
        ("Europe/Berlin", date(2027, 3, 28), time(3, 0), "2027-03-28T01:00Z"),
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "2027-10-31T00:30Z"),
        ("Europe/Berlin", date(2027, 10, 31), time(3, 0), "2027-10-31T02:00Z"),
        # Half an hour beside everybody else.
        ("America/St_Johns", date(2027, 3, 14), time(2, 15), "2027-03-14T05:30Z"),
        ("America/St_Johns", date(2027, 3, 14), time(18, 30), "2027-03-14T21:00Z"),
        ("America/St_Johns", date(2027, 11, 7), time(1, 30), "2027-11-07T04:00Z"),
        ("America/St_Johns", date(2027, 11, 7), time(18, 30), "2027-11-07T22:00Z"),
        # A quarter, and never a change.
        ("Asia/Kathmandu", date(2027, 3, 28), time(2, 30), "2027-03-27T20:45Z"),
        ("Asia/Kathmandu", date(2027, 10, 31), time(2, 30), "2027-10-30T20:45Z"),
        # Here the clocks are changed by thirty minutes.
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 10), "2027-10-02T15:30Z"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 30), "2027-10-02T15:30Z"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45Z"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(2, 0), "2027-04-03T15:30Z"),
    ],
)
def test_known_hours(zone: str, day: date, at: time, expected: str) -> None:
    assert moment(day, at, ZoneInfo(zone)) == datetime.fromisoformat(expected)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """A rhythm of any zone, often with a change of clocks on its first day."""
    day, at, zone = draw(walls())
    every = draw(st.sampled_from(["week", "month"]))
    interval = draw(st.integers(1, MOST_WEEKS)) if every == "week" else 1
    return Pattern(every, day, at, ZoneInfo(zone), interval, first=draw(st.integers(1, 9)))


@given(patterns(), st.integers(2, MOST_MEETINGS))
def test_moments_only_go_forward(pattern: Pattern, meetings: int) -> None:
    moments = pattern.moments(meetings)
    assert len(moments) == meetings
    assert all(earlier < later for earlier, later in pairwise(moments))


@given(patterns(), st.integers(0, MOST_MEETINGS))
def test_every_meeting_of_a_rhythm_keeps_the_wall_time(pattern: Pattern, step: int) -> None:
    number = pattern.first + step
    assert isinstance(pattern.zone, ZoneInfo)
    holds(pattern.day(number), pattern.at, pattern.zone.key)
    assert pattern.moment(number) == moment(pattern.day(number), pattern.at, pattern.zone)


@given(patterns(), st.integers(1, 30))
def test_weeks_are_counted_on_the_calendar(pattern: Pattern, step: int) -> None:
    pattern = replace(pattern, every="week")
    number = pattern.first + step
    apart = pattern.day(number) - pattern.day(number - 1)
    assert apart == timedelta(weeks=pattern.interval)
    assert pattern.day(pattern.first) == pattern.starts_on


@given(patterns(), st.integers(0, 20), st.integers(0, 20))
def test_a_rhythm_that_is_carried_on_goes_on_where_it_would_have_been(
    pattern: Pattern, stop: int, step: int
) -> None:
    number = pattern.first + stop
    # Carried on from a later meeting. A fifth weekday is the last: it must not become the fourth.
    carried = replace(pattern, starts_on=pattern.day(number), first=number)
    if pattern.every == "week" or nth(pattern.starts_on) < 5:
        assert carried.moment(number + step) == pattern.moment(number + step)
    assert pattern.moments(stop + 1)[-1] == pattern.moment(number)


@given(wall=walls())
def test_once_is_once(wall: tuple[date, time, str]) -> None:
    day, at, zone = wall
    assert Pattern("once", day, at, ZoneInfo(zone)).moments(5) == [moment(day, at, ZoneInfo(zone))]


@given(first=DAYS)
def test_a_month_keeps_its_weekday_and_which_of_them(first: date) -> None:
    days = [same_weekday(first, months=months) for months in range(36)]
    assert days[0] == first
    assert {day.weekday() for day in days} == {first.weekday()}
    months = [day.year * 12 + day.month for day in days]
    assert months == list(range(months[0], months[0] + 36))
    for day in days:
        if nth(first) < 5:
            assert nth(day) == nth(first)
        else:
            assert (day + timedelta(days=7)).month != day.month


def test_the_fifth_friday_is_the_last_one() -> None:
    days = [same_weekday(date(2027, 1, 29), months=months) for months in range(4)]
    assert days == [date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30)]


@pytest.mark.parametrize("every", ["week", "month"])
def test_the_calendar_has_an_end_and_says_so(every: str) -> None:
    pattern = Pattern(
        every, date(9999, 12, 1), time(18), ZoneInfo("UTC"), 5 if every == "week" else 1
    )
    with pytest.raises(OverflowError):
        pattern.moments(3)


TABLES = st.lists(st.integers(), min_size=1, max_size=6, unique=True)


@given(people=TABLES, number=st.integers(1, 60), data=st.data())
def test_hosting_goes_round_the_table(people: list[int], number: int, data: st.DataObject) -> None:
    after = data.draw(st.sampled_from([None, *people]))
    round_ = [turn(people, number=number + seat, after=after) for seat in range(len(people))]
    assert sorted(round_) == sorted(people)
    assert turn(people, number=number + len(people), after=after) == round_[0]


@given(people=TABLES, data=st.data())
def test_the_next_round_begins_behind_the_last_host(people: list[int], data: st.DataObject) -> None:
    last = data.draw(st.sampled_from(people))
    following = people[(people.index(last) + 1) % len(people)]
    assert turn(people, number=1, after=last) == following


def test_a_last_host_who_has_left_leaves_the_round_to_the_first_seat() -> None:
    assert turn(["Inês", "Tomasz"], number=1, after="Gone") == "Inês"


def test_nobody_hosts_an_empty_table() -> None:
    with pytest.raises(ValueError, match="nobody"):
        turn([], number=1)

"""When the next pairing is, by the wall clock; who is asked before being paired again."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from congregation.rules.rounds import LEAST_OPEN
from dyads.rules.rounds import (
    asked_again_at,
    due_from,
    fits_open,
    has_fallen_silent,
    notice_fits,
    pause_fits,
    turn,
    weeks_on,
)
from people.wall_clock import moment

ZONES = [
    ZoneInfo(name)
    for name in ("Asia/Kathmandu", "America/St_Johns", "Europe/Lisbon", "Pacific/Auckland")
]
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))


@given(st.sampled_from(ZONES), days, hours, st.integers(2, 52))
def test_the_next_pairing_is_so_many_weeks_on_by_the_wall_clock(
    zone: ZoneInfo, day: date, at: time, apart: int
) -> None:
    """Over every change of clocks; an hour that once did not exist comes back."""
    instant = moment(day, at, zone)
    for step in range(1, 5):
        instant = weeks_on(instant, apart, at, zone)
        assert instant == moment(day + timedelta(weeks=apart * step), at, zone)


def test_both_changes_of_clocks() -> None:
    lisbon = ZONES[2]
    before = moment(date(2027, 3, 24), time(20), lisbon)
    after = weeks_on(before, 1, time(20), lisbon)
    assert after - before == timedelta(days=7, hours=-1)
    # 01:30 does not exist on 28 March 2027, and is half past one again a week later.
    gap = weeks_on(moment(date(2027, 3, 21), time(1, 30), lisbon), 1, time(1, 30), lisbon)
    assert f"{gap.astimezone(lisbon):%H:%M}" == "02:00"
    again = weeks_on(gap, 1, time(1, 30), lisbon)
    assert f"{again.astimezone(lisbon):%H:%M}" == "01:30"
    autumn = moment(date(2027, 10, 27), time(20), lisbon)
    assert weeks_on(autumn, 1, time(20), lisbon) - autumn == timedelta(days=7, hours=1)


@given(
    st.sampled_from(ZONES),
    days,
    hours,
    st.integers(2, 52),
    st.integers(2, 13),
    st.integers(-400 * 24, 400 * 24),
)
def test_one_round_with_a_days_notice_however_long_nothing_ran(
    zone: ZoneInfo, day: date, at: time, apart: int, notice: int, late: int
) -> None:
    next_at = moment(day, at, zone)
    now = next_at + timedelta(hours=late)
    found = turn(next_at, apart=apart, notice=notice, at=at, zone=zone, now=now)
    assert (found is None) == (now < due_from(next_at, notice))
    if found is None:
        return
    assert found.pairs_at - now >= LEAST_OPEN
    assert found.pairs_at - now <= max(timedelta(days=notice), timedelta(days=8, hours=2))
    assert fits_open(found.pairs_at, now)
    local = found.pairs_at.astimezone(zone)
    assert local.weekday() == next_at.astimezone(zone).weekday()
    # Nothing more opens at once: the next is so many weeks from this one.
    after = turn(found.next_at, apart=apart, notice=notice, at=at, zone=zone, now=now)
    assert after is None
    assert found.next_at == weeks_on(found.pairs_at, apart, at, zone)


def test_in_time_the_day_stays() -> None:
    next_at = datetime(2027, 3, 1, 20, tzinfo=UTC)
    for days_before in (5, 3, 1):
        now = next_at - timedelta(days=days_before)
        found = turn(next_at, apart=8, notice=5, at=time(20), zone=ZoneInfo("UTC"), now=now)
        assert found is not None
        assert found.pairs_at == next_at


def test_three_without_a_sign_and_not_sooner() -> None:
    assert not has_fallen_silent([])
    assert not has_fallen_silent([False, False])
    assert has_fallen_silent([False, False, False])
    assert not has_fallen_silent([False, False, True])
    assert has_fallen_silent([False, False, False, True])


def test_asked_again_a_day_before_and_not_right_after_the_first_time() -> None:
    pairs_at = datetime(2027, 3, 10, 20, tzinfo=UTC)
    week, day = timedelta(days=7), timedelta(days=1)
    assert asked_again_at(pairs_at - week, pairs_at) == pairs_at - day
    assert asked_again_at(pairs_at - day, pairs_at) == pairs_at - day / 2


def test_notice_and_pauses_have_bounds() -> None:
    assert notice_fits(13, 2)
    assert not notice_fits(14, 2)
    today = date(2027, 3, 1)
    assert not pause_fits(today, today)
    assert pause_fits(today + timedelta(days=1), today)
    assert not pause_fits(today + timedelta(days=400), today)

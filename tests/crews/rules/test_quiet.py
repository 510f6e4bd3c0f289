"""When a crew counts as quiet: twice its rhythm, on the calendar of the rhythm's zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crews.rules.quiet import Beat, Silence, is_quiet, quiet_from

ZONES = ["Europe/Lisbon", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland"]


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone))  # type: ignore[misc,arg-type]


def weekly(zone: str, weeks: int = 1, paused_until: date | None = None) -> Beat:
    return Beat("week", weeks, ZoneInfo(zone), paused_until)


@pytest.mark.parametrize(
    ("zone", "since", "weeks", "quiet"),
    [
        # Clocks go on in Lisbon on 28 March 2027, back in St John's on 7 November 2027; in
        # Auckland back on 4 April 2027; in Kathmandu never.
        ("Europe/Lisbon", (2027, 3, 23, 20), 1, (2027, 4, 6, 20)),
        ("Europe/Lisbon", (2027, 10, 26, 20), 2, (2027, 11, 23, 20)),
        ("America/St_Johns", (2027, 11, 2, 21, 30), 1, (2027, 11, 16, 21, 30)),
        ("Pacific/Auckland", (2027, 3, 30, 6), 2, (2027, 4, 27, 6)),
        ("Asia/Kathmandu", (2027, 3, 23, 20), 1, (2027, 4, 6, 20)),
    ],
)
def test_twice_a_rhythm_is_counted_on_the_wall(
    zone: str, since: tuple[int, ...], weeks: int, quiet: tuple[int, ...]
) -> None:
    silence = Silence(at(zone, *since), beat=weekly(zone, weeks))
    assert quiet_from(silence) == at(zone, *quiet)
    assert not is_quiet(silence, at(zone, *quiet) - timedelta(seconds=1))
    assert is_quiet(silence, at(zone, *quiet))


@pytest.mark.parametrize(
    ("since", "quiet"),
    [
        # The second Tuesday, the last Thursday (a fifth one), across a change of clocks.
        ((2027, 2, 9, 20), (2027, 4, 13, 20)),
        ((2027, 4, 29, 20), (2027, 6, 24, 20)),
        ((2026, 12, 31, 20), (2027, 2, 25, 20)),
    ],
)
def test_a_monthly_crew_has_two_months(since: tuple[int, ...], quiet: tuple[int, ...]) -> None:
    beat = Beat("month", 1, ZoneInfo("Europe/Lisbon"))
    silence = Silence(at("Europe/Lisbon", *since), beat=beat)
    assert quiet_from(silence) == at("Europe/Lisbon", *quiet)


def test_without_a_rhythm_it_has_eight_weeks() -> None:
    since = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert quiet_from(Silence(since)) == since + timedelta(weeks=8)


def test_a_pause_is_no_silence_and_counts_from_the_day_after() -> None:
    since = at("Europe/Lisbon", 2027, 3, 2, 20)
    beat = weekly("Europe/Lisbon", paused_until=date(2027, 3, 31))
    assert quiet_from(Silence(since, beat=beat)) == at("Europe/Lisbon", 2027, 4, 15)
    long_ago = weekly("Europe/Lisbon", paused_until=date(2027, 2, 1))
    assert quiet_from(Silence(since, beat=long_ago)) == at("Europe/Lisbon", 2027, 3, 16, 20)


@given(
    hours=st.integers(0, 5 * 366 * 24),
    weeks=st.integers(1, 12),
    zone=st.sampled_from(ZONES),
    later=st.timedeltas(timedelta(0), timedelta(days=400)),
)
def test_quiet_comes_once_stays_and_never_while_a_meeting_is_ahead(
    hours: int, weeks: int, zone: str, later: timedelta
) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    silence = Silence(moment, beat=weekly(zone, weeks))
    begins = quiet_from(silence)
    # A change of clocks makes it an hour longer or shorter, never more.
    assert abs(begins - moment - timedelta(weeks=2 * weeks)) <= timedelta(hours=1)
    assert is_quiet(silence, begins + later)
    ahead = Silence(moment, has_meeting_ahead=True, beat=silence.beat)
    assert not is_quiet(ahead, begins + later)

"""When somebody is reminded, in every zone, over both changes of the clock, around quiet hours."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from people.quiet_hours import AT_LEAST_BEFORE, MOST_HOURS, QuietHours, length
from people.time_zones import known_zones
from practice.rules.reminding import (
    JUST_BEFORE_QUIET,
    REACH_WITH_QUIET,
    REMINDERS,
    Reminder,
    Rule,
    due_at,
    is_due,
    planned,
    without,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ZONES = sorted(known_zones())

# Every minute of ten years, with all their changes of clocks.
FIRST, MINUTES = datetime(2025, 1, 1, tzinfo=UTC), 10 * 365 * 24 * 60
instants = st.integers(0, MINUTES).map(lambda minutes: FIRST + minutes * MINUTE)
zones = st.sampled_from(ZONES).map(ZoneInfo)
hours = st.integers(0, 23)
quiet_hours: st.SearchStrategy[QuietHours] = st.builds(QuietHours, zones, hours, hours).filter(
    lambda quiet: length(quiet.begins, quiet.ends) <= MOST_HOURS  # type: ignore[arg-type]
)
reminders = st.sampled_from(Reminder)


@given(zone=zones, starts_at=instants, reminder=reminders)
def test_without_quiet_hours_a_reminder_goes_when_its_rule_says(
    zone: ZoneInfo, starts_at: datetime, reminder: Reminder
) -> None:
    moment = due_at(reminder, starts_at, QuietHours(zone))
    if reminder is Reminder.EVENING:
        local, meeting = moment.astimezone(zone), starts_at.astimezone(zone)
        assert local.date() == meeting.date() - timedelta(days=1)
        assert local.time() == time(18)
    else:
        assert starts_at - moment == {Reminder.DAY: 24 * HOUR, Reminder.HOUR: HOUR}[reminder]


@given(quiet=quiet_hours, starts_at=instants, reminder=reminders)
def test_no_reminder_falls_into_quiet_hours_or_behind_the_meeting(
    quiet: QuietHours, starts_at: datetime, reminder: Reminder
) -> None:
    moment = due_at(reminder, starts_at, quiet)
    assert quiet.around(moment) is None
    assert starts_at - REACH_WITH_QUIET[reminder] <= moment < starts_at
    meant = planned(reminder, starts_at, quiet)
    if moment > meant:
        assert moment <= starts_at - AT_LEAST_BEFORE
        assert quiet.around(moment - MINUTE) is not None
    if moment < meant:
        assert quiet.around(moment + JUST_BEFORE_QUIET) is not None
        assert quiet.around(starts_at - AT_LEAST_BEFORE) is not None


@given(quiet=quiet_hours, starts_at=instants, reminder=reminders, before=st.integers(-60, 5000))
def test_a_reminder_is_due_from_its_moment_and_not_once_the_meeting_has_begun(
    quiet: QuietHours, starts_at: datetime, reminder: Reminder, before: int
) -> None:
    moment, now = due_at(reminder, starts_at, quiet), starts_at - before * MINUTE
    assert is_due(reminder, moment, starts_at, moment)
    assert not is_due(reminder, moment, starts_at, now) or moment <= now < starts_at


@given(quiet=quiet_hours, now=instants, needed=st.none() | st.timedeltas(MINUTE, 30 * HOUR))
def test_other_mail_waits_for_the_end_unless_that_is_too_late(
    quiet: QuietHours, now: datetime, needed: timedelta | None
) -> None:
    needed_by = now + needed if needed else None
    earliest = quiet.earliest(now, needed_by)
    stretch = quiet.around(now)
    if stretch is None or (needed_by and stretch[1] > needed_by - AT_LEAST_BEFORE):
        assert earliest == now
    else:
        assert earliest == stretch[1]
        assert quiet.around(earliest) is None


@given(zone=zones, begins=hours, ends=hours, now=instants)
def test_the_wall_says_whether_it_is_quiet(
    zone: ZoneInfo, begins: int, ends: int, now: datetime
) -> None:
    # Nights in which the clock changes are looked at by name, below.
    near = {(now + change * HOUR).astimezone(zone).utcoffset() for change in range(-26, 27)}
    assume(len(near) == 1 and begins != ends)
    since = (now.astimezone(zone).hour - begins) % 24
    is_quiet = QuietHours(zone, begins, ends).around(now) is not None
    assert is_quiet == (since < length(begins, ends))


def night(zone: str, *local: int) -> datetime:
    return datetime(*local, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


QUIET_NIGHTS = [
    # The clock jumps from 2 to 3: a night of eight hours. It goes back from 3 to 2: of ten.
    ("Europe/Berlin", (2026, 3, 28, 22), (2026, 3, 29, 7), 8),
    ("Europe/Berlin", (2026, 10, 24, 22), (2026, 10, 25, 7), 10),
    # Half an hour only.
    ("Australia/Lord_Howe", (2026, 10, 3, 22), (2026, 10, 4, 7), 8.5),
    ("Australia/Lord_Howe", (2026, 4, 4, 22), (2026, 4, 5, 7), 9.5),
    ("America/St_Johns", (2026, 3, 7, 22), (2026, 3, 8, 7), 8),
    ("Asia/Kathmandu", (2026, 3, 28, 22), (2026, 3, 29, 7), 9),
]


@pytest.mark.parametrize(("zone", "begins", "ends", "hours"), QUIET_NIGHTS)
def test_a_quiet_night_keeps_the_wall_over_a_change_of_clocks(
    zone: str, begins: tuple[int, ...], ends: tuple[int, ...], hours: float
) -> None:
    quiet = QuietHours(ZoneInfo(zone), 22, 7)
    stretch = quiet.around(night(zone, *begins))
    assert stretch == (night(zone, *begins), night(zone, *ends))
    assert stretch[1] - stretch[0] == hours * HOUR
    assert quiet.around(stretch[0] - MINUTE) is quiet.around(stretch[1]) is None


def test_an_hour_that_does_not_exist_ends_quiet_hours_at_the_jump() -> None:
    quiet = QuietHours(ZoneInfo("Europe/Berlin"), 22, 2)
    assert quiet.around(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) is not None
    assert quiet.around(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("starts", "reminder", "goes"),
    [
        # A meeting at half past nine in the evening: the hour before is not yet quiet.
        ((2027, 1, 12, 21, 30), Reminder.HOUR, (2027, 1, 12, 20, 30)),
        # At 23:30 its hour before is: it goes just before the quiet begins.
        ((2027, 1, 12, 23, 30), Reminder.HOUR, (2027, 1, 12, 21, 55)),
        # At 7:30 the hour before ends with the quiet, half an hour before.
        ((2027, 1, 12, 7, 30), Reminder.HOUR, (2027, 1, 12, 7, 0)),
        # At 7:29 that would be too late.
        ((2027, 1, 12, 7, 29), Reminder.HOUR, (2027, 1, 11, 21, 55)),
        # The day before waits for the morning.
        ((2027, 1, 12, 23, 30), Reminder.DAY, (2027, 1, 12, 7, 0)),
        ((2027, 1, 12, 5, 0), Reminder.DAY, (2027, 1, 11, 7, 0)),
        ((2027, 1, 12, 5, 0), Reminder.EVENING, (2027, 1, 11, 18, 0)),
    ],
)
def test_around_a_quiet_night(
    starts: tuple[int, ...], reminder: Reminder, goes: tuple[int, ...]
) -> None:
    zone = "Pacific/Auckland"
    quiet = QuietHours(ZoneInfo(zone), 22, 7)
    assert due_at(reminder, night(zone, *starts), quiet) == night(zone, *goes)


def test_a_reminder_that_could_not_go_in_time_helps_for_a_while() -> None:
    starts = datetime(2027, 1, 12, 18, tzinfo=UTC)
    day = starts - 24 * HOUR
    assert is_due(Reminder.DAY, day, starts, day + 12 * HOUR - MINUTE)
    assert not is_due(Reminder.DAY, day, starts, day + 12 * HOUR)
    assert is_due(Reminder.HOUR, starts - HOUR, starts, starts - MINUTE)
    assert not is_due(Reminder.HOUR, starts - HOUR, starts, starts)


@given(rule=st.sampled_from(Rule), stopped=st.frozensets(reminders))
def test_stopping_a_reminder_leaves_the_others_of_a_rule(
    rule: Rule, stopped: frozenset[Reminder]
) -> None:
    assert REMINDERS[without(rule, stopped)] == REMINDERS[rule] - stopped

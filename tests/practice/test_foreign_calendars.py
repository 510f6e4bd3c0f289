"""The feed, read over HTTP by calendar programs that nobody here wrote.

Once as a library (`recurring-ical-events`), once as whole programs: `vdirsyncer` fetches and
`khal` shows. In four zones, over both changes of the clock of each that has them.
"""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from people.models import Person
from practice import services
from practice.models import PracticeSession
from tests.factories import make_person
from tests.practice.tables import make_table, stand

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]

# Kathmandu's clock never changes and stands on a quarter; Lord Howe's changes by half an hour.
ZONES = ["Europe/Lisbon", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"]
# Ten Tuesdays over each change of 2027 in any of these zones: from 14 March to 4 April, and
# from 3 October to 7 November.
RUNS = [date(2027, 2, 23), date(2027, 9, 21)]
EVENING = time(18, 30)
MOVED, CALLED_OFF, MEETINGS = 4, 7, 10
LATER = timedelta(days=2, hours=1)
BIN = Path(sys.executable).parent


def a_year(zone: str) -> tuple[Person, list[PracticeSession]]:
    """Somebody whose crew meets on Tuesdays at half past six of their clock; in each run one
    meeting moved to Thursday, an hour later, and one called off."""
    person = make_person(time_zone=zone)
    crew = make_table(person, make_person(), make_person())
    sessions = []
    for day in RUNS:
        rhythm = services.set_rhythm(
            circle=crew,
            by=person,
            every="week",
            starts_on=day,
            at=EVENING,
            time_zone=zone,
            minutes=90,
            meetings=MEETINGS,
        )
        run = list(rhythm.sessions.order_by("number"))
        moved = datetime.combine(day + (MOVED - 1) * timedelta(days=7), EVENING) + LATER
        services.move(
            session=run[MOVED - 1], by=person, starts_at=moved.replace(tzinfo=ZoneInfo(zone)),
            minutes=60,
        )  # fmt: skip
        services.cancel(session=run[CALLED_OFF - 1], by=person)
        sessions += [stand(session) for session in run]
    return person, sessions


def expected(zone: str) -> list[tuple[datetime, bool]]:
    """Beginnings on the wall of that zone, and whether called off: said by the calendar on the
    wall, not by the code."""
    rows = []
    for day in RUNS:
        for number in range(1, MEETINGS + 1):
            local = datetime.combine(day + (number - 1) * timedelta(days=7), EVENING)
            local += LATER if number == MOVED else timedelta(0)
            rows.append((local, number == CALLED_OFF))
    return rows


def address_of(person: Person, server: LiveServer) -> str:
    _, secret = services.make_feed(by=person, shows_names=True)
    return server.url + reverse("practice:feed", args=[secret])


@pytest.mark.parametrize("zone", ZONES)
def test_a_foreign_library_finds_every_meeting_at_its_wall_time(
    zone: str, live_server: LiveServer
) -> None:
    person, sessions = a_year(zone)
    with urlopen(address_of(person, live_server)) as response:  # noqa: S310
        calendar = icalendar.Calendar.from_ical(response.read())
    found = recurring_ical_events.of(calendar).between(date(2027, 1, 1), date(2028, 1, 1))
    found.sort(key=lambda event: event.start)
    assert [event.start for event in found] == sorted(one.starts_at for one in sessions)
    assert [event.end for event in found] == sorted(one.ends_at for one in sessions)
    walls = [
        (event.start.astimezone(ZoneInfo(zone)).replace(tzinfo=None), event.status == "CANCELLED")
        for event in found
    ]
    assert walls == expected(zone)


@pytest.mark.parametrize("zone", ZONES)
def test_foreign_programs_show_every_meeting_at_its_wall_time(
    zone: str, live_server: LiveServer, tmp_path: Path
) -> None:
    person, _ = a_year(zone)
    shown = Programs(tmp_path, zone)
    shown.sync(address_of(person, live_server))
    assert shown.meetings() == expected(zone)


def test_a_program_that_read_before_follows_every_change(
    live_server: LiveServer, tmp_path: Path
) -> None:
    zone = "Australia/Lord_Howe"
    person, sessions = a_year(zone)
    shown, address = Programs(tmp_path, zone), address_of(person, live_server)
    shown.sync(address)
    first, second, third = sessions[:3]
    services.cancel(session=first, by=person)
    services.answer(session=second, by=person, choice="no")
    services.move(
        session=third, by=person, minutes=90, starts_at=datetime(2027, 3, 10, 7, 0, tzinfo=UTC)
    )
    shown.sync(address)
    rows = expected(zone)
    rows[0] = (rows[0][0], True)
    rows[2] = (datetime(2027, 3, 10, 18, 0), False)  # noqa: DTZ001
    del rows[1]
    assert shown.meetings() == rows


class Programs:
    """vdirsyncer and khal, as somebody in that zone has set them up."""

    def __init__(self, home: Path, zone: str) -> None:
        self.home = home
        self.items = home / "items"
        self.items.mkdir()
        (home / "khal.conf").write_text(
            f"[calendars]\n[[table]]\npath = {self.items}\nreadonly = True\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {home}/khal.db\n"
        )

    def sync(self, address: str) -> None:
        """Fetch the feed."""
        (self.home / "vdirsyncer.conf").write_text(
            f'[general]\nstatus_path = "{self.home}/status"\n'
            '[pair table]\na = "feed"\nb = "here"\ncollections = null\n'
            f'[storage feed]\ntype = "http"\nurl = "{address}"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.items}"\nfileext = ".ics"\n'
        )
        assert urlsplit(address).scheme == "http"
        for command in ("discover", "sync"):
            self._run("vdirsyncer", "--config", str(self.home / "vdirsyncer.conf"), command)

    def meetings(self) -> list[tuple[datetime, bool]]:
        """What the calendar shows: local beginnings, and whether called off."""
        listed = self._run(
            *("khal", "--config", str(self.home / "khal.conf"), "list", "--day-format", ""),
            *("--format", "{start}|{status}|{title}", "2027-01-01", "365d"),
        )
        rows = [line.split("|") for line in listed.splitlines() if "|" in line]
        assert {title for _, _, title in rows} == {"Slow Kettle 🫖"}
        return [
            (datetime.strptime(start, "%Y-%m-%d %H:%M"), "CANCELLED" in status)  # noqa: DTZ007
            for start, status, _ in rows
        ]

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [str(BIN / program), *arguments],
            env={"HOME": str(self.home), "LC_ALL": "C.UTF-8", "PATH": str(BIN)},
            check=True,
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=60,
        )
        return done.stdout

"""Every hour is shown by the reader's own clock."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.urls import reverse

from circles.services import take_seat
from crews.models import Crew
from home.today import greeting
from people.models import Person
from practice.services import set_rhythm
from tests.congregation.pages import signed_in, text
from tests.crews.tables import make_crew
from tests.factories import make_person

pytestmark = pytest.mark.django_db

# A Monday. The crew meets on Wednesday at 20:30 UTC.
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
WALLS = [
    ("UTC", "on Wednesday at 20:30", "Wed 2 Dec, 20:30–21:30", "2026-12-02T20:30:00+00:00"),
    # Five hours and three quarters ahead: the next day.
    ("Asia/Kathmandu", "on Thursday at 02:15", "Thu 3 Dec, 02:15–03:15", "T02:15:00+05:45"),
    # Three hours and a half behind.
    ("America/St_Johns", "on Wednesday at 17:00", "Wed 2 Dec, 17:00–18:00", "T17:00:00-03:30"),
]


def meeting_crew(reader: Person) -> Crew:
    crew = make_crew(people=1)
    take_seat(circle=crew, person=reader)
    assert crew.caller is not None
    set_rhythm(
        circle=crew,
        by=crew.caller,
        every="once",
        starts_on=date(2026, 12, 2),
        at=time(20, 30),
        time_zone="UTC",
        minutes=60,
        meetings=1,
    )
    return crew


@pytest.mark.parametrize(("zone", "said", "written", "stamp"), WALLS)
def test_a_meeting_is_shown_by_the_readers_clock(
    zone: str, said: str, written: str, stamp: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        reader = make_person("Mere", time_zone=zone)
        crew = meeting_crew(reader)
        client = signed_in(reader)
        for url, heading in (
            (crew.get_absolute_url(), f"We meet {said}"),
            (reverse("home:today"), f"Slow Kettle 🫖 meets {said}"),
        ):
            page = text(client.get(url))
            assert heading in page
            assert written in page
            assert stamp in page


def test_two_readers_one_after_the_other_each_see_their_own() -> None:
    with time_machine.travel(NOW, tick=False):
        here = make_person(time_zone="Asia/Kathmandu")
        crew = meeting_crew(here)
        there = make_person(time_zone="America/St_Johns")
        take_seat(circle=crew, person=there)
        for reader, clock in ((here, "02:15"), (there, "17:00"), (here, "02:15")):
            page = text(signed_in(reader).get(crew.get_absolute_url()))
            assert f"at {clock}</a>" in page


def test_a_changed_zone_holds_from_the_next_page_on() -> None:
    with time_machine.travel(NOW, tick=False):
        reader = make_person("Mere", time_zone="UTC")
        crew = meeting_crew(reader)
        client = signed_in(reader)
        assert "We meet on Wednesday at 20:30" in text(client.get(crew.get_absolute_url()))
        words = {"name": "Mere", "time_zone": "Asia/Kathmandu"}
        client.post(reverse("people:profile"), words)
        assert "We meet on Thursday at 02:15" in text(client.get(crew.get_absolute_url()))


@pytest.mark.parametrize(
    ("hour", "zone", "said"),
    [
        (2, "Asia/Kathmandu", "Good morning"),
        (2, "America/St_Johns", "Good evening"),
        (16, "Asia/Kathmandu", "Good evening"),
        (16, "America/St_Johns", "Good afternoon"),
    ],
)
def test_one_is_greeted_by_ones_own_time_of_day(hour: int, zone: str, said: str) -> None:
    with time_machine.travel(NOW.replace(hour=hour), tick=False):
        reader = make_person("Mere", time_zone=zone, settled_at=NOW)
        assert said in text(signed_in(reader).get(reverse("home:today")))


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (4, "Good evening"),
        (5, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (17, "Good afternoon"),
        (18, "Good evening"),
        (0, "Good evening"),
    ],
)
def test_what_one_says_at_an_hour(hour: int, said: str) -> None:
    assert greeting(hour) == said

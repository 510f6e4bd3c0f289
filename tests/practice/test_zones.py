"""One moment, on everybody's own wall."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from practice.showing.meetings import places
from tests.factories import make_person
from tests.practice.tables import SOON, make_table, meet_once, schedule, signed_in, text, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_hour_that_the_clock_jumps_over_begins_after_the_jump() -> None:
    berliner = make_person("Jo", time_zone="Europe/Berlin")
    crew = make_table(berliner, make_person(), make_person())
    client = signed_in(berliner)
    wish = typed(every="once", day="2027-03-28", at="02:30")
    said = text(client.post(schedule(crew), wish, follow=True))
    assert "On 28 March the clocks go forward in Berlin: that meeting begins at 03:00." in said
    session = crew.sessions.get()
    assert session.starts_at == datetime(2027, 3, 28, 1, tzinfo=UTC)
    page = text(client.get(session.get_absolute_url()))
    assert "<h1>Sunday 28 March</h1>" in page
    assert ">03:00–04:30</time>" in page


def test_everybody_sees_it_in_their_own_time() -> None:
    zones = ("America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland")
    people = [make_person(time_zone=zone) for zone in zones]
    session = meet_once(make_table(*people))
    expected = (
        ("Monday 11 January", "15:00"),
        ("Tuesday 12 January", "00:15"),
        ("Tuesday 12 January", "07:30"),
    )
    for reader, (day, clock) in zip(people, expected, strict=True):
        client = signed_in(reader)
        page = text(client.get(session.get_absolute_url()))
        # The day stands there once, as the heading.
        assert f"<h1>{day}</h1>" in page
        assert f">{clock}–" in page
        assert f"{clock}–" in text(client.get(reverse("practice:calendar")))
        assert f"at {clock}" in text(client.get(session.circle.get_absolute_url()))


def test_the_clocks_of_all_stand_side_by_side() -> None:
    people = [make_person(f"P{zone}", time_zone=zone) for zone in ("UTC", "Asia/Kathmandu")]
    found = places(SOON, people, people[0])
    assert [(place.clock, place.is_me) for place in found] == [
        ("18:30", True),
        ("00:15 Tue", False),
    ]

"""A room on the web by itself, where the installation has a place for rooms."""

import re

import pytest
from django.test import override_settings

from practice.models import PracticeSession, Rhythm
from tests.practice.tables import (
    detail,
    make_table,
    meet,
    page,
    people_of,
    schedule,
    signed_in,
    stand,
    text,
    typed,
)
from tests.test_settings import PRODUCTION, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

rooms = override_settings(ROOM_BASE_URL="https://meet.example.org")
A_ROOM = r"https://meet\.example\.org/common-table-[0-9a-f]{32}"


@rooms
def test_one_room_is_made_for_all_meetings_of_a_rhythm() -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    assert "Make us a room" in text(client.get(schedule(crew)))
    client.post(schedule(crew), typed(room="on"))
    (link,) = set(PracticeSession.objects.values_list("link", flat=True))
    assert re.fullmatch(A_ROOM, link)
    assert Rhythm.objects.get().link == link


@rooms
def test_two_circles_get_two_rooms() -> None:
    for crew in (make_table(), make_table()):
        signed_in(people_of(crew)[0]).post(schedule(crew), typed(room="on"))
    assert Rhythm.objects.values("link").distinct().count() == 2


@rooms
@pytest.mark.parametrize("which", ["one", "following"])
def test_a_room_is_made_later_too(which: str) -> None:
    first, second, third = meet(make_table(), link="https://old.example.org/room")
    client = signed_in(people_of(first.circle)[0])
    client.post(page("details", second), detail(room="on", link=second.link, which=which))
    links = [stand(one).link for one in (first, second, third)]
    assert links[0] == "https://old.example.org/room"
    assert re.fullmatch(A_ROOM, links[1])
    assert links[2] == (links[1] if which == "following" else links[0])


def test_without_a_place_for_rooms_none_is_offered() -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    assert "Make us a room" not in text(client.get(schedule(crew)))
    client.post(schedule(crew), typed(room="on", link="https://own.example.org/room"))
    assert Rhythm.objects.get().link == "https://own.example.org/room"


def test_the_place_for_rooms_must_be_safe(tmp_path: object) -> None:
    done = started(tmp_path, **PRODUCTION, ROOM_BASE_URL="http://meet.example.org")  # type: ignore[arg-type]
    assert "ROOM_BASE_URL must begin with https://" in done.stderr.splitlines()[-1]

"""A calendar program asks the same address again and again: is there anything new?"""

from typing import Any

import pytest
from icalendar import Calendar
from time_machine import Traveller

from circles.models import Circle
from circles.services import leave
from practice import services
from tests.factories import make_person
from tests.practice.feeds import address_of, read
from tests.practice.tables import DAY, HOUR, SOON, make_table, meet, meet_once, people_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_nothing_new_is_answered_without_the_file(clock: Traveller) -> None:
    session = meet_once(make_table())
    address = address_of(people_of(session.circle)[0])
    first = read(address)
    clock.shift(HOUR)
    for asked in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = read(address, **asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"].startswith("private")
    assert read(address).content == first.content


def changes() -> list[Any]:
    """Ways in which a feed becomes another, also those no meeting knows of."""
    return [
        lambda s, who: services.move(session=s, by=who, starts_at=SOON + DAY, minutes=90),
        lambda s, who: services.cancel(session=s, by=who),
        lambda s, who: services.answer(session=s, by=who, choice="no"),
        lambda s, who: Circle.objects.filter(pk=s.circle_id).update(name="Quick Kettle"),
        lambda s, who: leave(circle=s.circle, by=who),
    ]


@pytest.mark.parametrize("change", changes())
def test_whatever_is_new_is_answered_with_the_file(clock: Traveller, change: Any) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[0]
    address = address_of(reader, shows_names=True)
    first = read(address)
    clock.shift(HOUR)
    change(session, reader)
    clock.shift(HOUR)
    for asked in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        assert read(address, **asked).status_code == 200


def test_a_compressed_answer_is_not_asked_for_twice() -> None:
    session, *_ = meet(make_table())
    address = address_of(people_of(session.circle)[0])
    first = read(address, **{"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    again = {"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]}
    assert read(address, **again).status_code == 304


def test_the_feed_says_its_name_and_when_to_read_again() -> None:
    calendar = Calendar.from_ical(read(address_of(make_person())).content)
    assert str(calendar["x-wr-calname"]) == "Common Table"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in calendar.to_ical()
    assert str(calendar["x-published-ttl"]) == "PT4H"

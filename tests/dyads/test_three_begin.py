"""Three who came out of a round: their table shows hours that suit them all."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from crews.errors import FirstTimeIsSet, NoneKnown
from crews.models import Crew
from crews.services import take_first_time
from dyads import services
from dyads.models import Place
from dyads.services.introducing import fresh_times
from people.models import Person
from practice.models import PracticeSession, Rhythm
from practice.services.permission import people_of
from tests.crews.tables import make_crew
from tests.dyads.introduced import browser
from tests.dyads.pairings import make_pairing, make_people, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew() -> Crew:
    """The table of the three, after both yeses."""
    published(make_pairing(make_people(3), weeks=3))
    place = Place.objects.left_over().get()
    trio = services.ask_to_be_three(place=place, by=place.person)
    assert trio is not None
    for person in services.two_of(trio):
        services.answer_trio(trio=trio, by=person, yes=True)
    return Crew.objects.get()


def three(crew: Crew) -> list[Person]:
    return people_of(crew)


def address(crew: Crew) -> str:
    return reverse("crews:first_time", args=[crew.pk])


def page(crew: Crew, person: Person) -> str:
    return browser(person).get(crew.get_absolute_url()).content.decode()


def test_the_new_table_shows_hours_of_all_three_and_one_tap_takes_one(crew: Crew) -> None:
    times = fresh_times(three(crew), minutes=45, now=timezone.now())
    *_, third = three(crew)
    shown = page(crew, third)
    assert times
    assert 'href="#first-times-h"' in shown
    assert all(f'value="{at.isoformat()}"' in shown for at in times)
    assert browser(third).post(address(crew), {"at": times[0].isoformat()}).status_code == 303
    first, second = PracticeSession.objects.filter(circle=crew).order_by("starts_at")[:2]
    assert first.starts_at == times[0]
    assert second.starts_at - first.starts_at == timedelta(weeks=3)
    assert address(crew) not in page(crew, third)


def test_who_is_a_moment_later_is_told_and_an_odd_time_changes_nothing(crew: Crew) -> None:
    one, other, third = three(crew)
    for odd in ("", "tomorrow", "2020-01-01T10:00:00+00:00"):
        assert browser(one).post(address(crew), {"at": odd}).status_code == 303
    assert not PracticeSession.objects.filter(circle=crew).exists()
    at = timezone.now().replace(microsecond=0, second=0) + timedelta(days=3)
    take_first_time(crew=crew, by=one, at=at)
    take_first_time(crew=crew, by=other, at=at)
    with pytest.raises(FirstTimeIsSet):
        take_first_time(crew=crew, by=third, at=at + timedelta(days=1))
    assert Rhythm.objects.filter(circle=crew).count() == 1


def test_a_table_that_did_not_come_out_of_a_round_shows_none() -> None:
    crew = make_crew(people=2)
    person = three(crew)[0]
    assert address(crew) not in page(crew, person)
    with pytest.raises(NoneKnown):
        take_first_time(crew=crew, by=person, at=timezone.now() + timedelta(days=3))


def test_an_hour_that_comes_twice_on_the_takers_wall_is_kept_by_another(crew: Crew) -> None:
    taker = three(crew)[0]
    taker.time_zone = "Europe/Lisbon"
    taker.save(update_fields=["time_zone"])
    # That night half past one comes twice there; this is the second.
    at = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    with time_machine.travel(at - timedelta(days=5), tick=False):
        assert take_first_time(crew=crew, by=taker, at=at).starts_at == at
    assert Rhythm.objects.get(circle=crew).time_zone == "UTC"

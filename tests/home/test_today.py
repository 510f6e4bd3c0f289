"""Today: what comes next and what waits for me, over all scales."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle
from circles.services import ask_to_join, take_seat
from crews.services import call
from dyads.services import begin
from home.today import greeting
from people.models import Person
from people.services import settle
from practice.models import Answer, PracticeSession, Rhythm
from practice.services import set_rhythm
from tests.factories import make_bare_crew, make_congregation, make_person, sit
from tests.reading import signed_in

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def today(person: Person) -> str:
    return signed_in(person).get(reverse("home:today")).content.decode()


def settled(name: str, **fields: str) -> Person:
    person = make_person(name, **fields)
    settle(person=person)
    return person


def weekly(circle: object, by: Person, meetings: int = 6, hours: int = 30) -> Rhythm:
    moment = timezone.now() + timedelta(hours=hours)
    return set_rhythm(
        circle=circle,  # type: ignore[arg-type]
        by=by,
        every="week",
        starts_on=moment.date(),
        at=moment.time(),
        time_zone="UTC",
        minutes=60,
        meetings=meetings,
    )


def test_somebody_new_begins_with_a_few_words_about_themselves() -> None:
    answer = signed_in(make_person()).get(reverse("home:today"))
    assert answer.status_code == 303
    assert answer["Location"] == reverse("people:begin")


def test_with_no_circle_one_is_shown_the_doors() -> None:
    page = today(settled("Nina"))
    assert "Your first table" in page
    assert reverse("home:doors") in page


def test_with_a_circle_and_no_date_the_rhythm_is_next() -> None:
    person = settled("Nina")
    take_seat(circle=make_bare_crew(people=2), person=person)
    assert "Nothing is set yet" in today(person)


@time_machine.travel(NOW, tick=False)
def test_the_next_meeting_stands_first_in_the_readers_own_time() -> None:
    person = settled("Nina", time_zone="Asia/Kathmandu")
    crew = make_bare_crew(people=2, name="Slow Kettle")
    take_seat(circle=crew, person=person)
    weekly(crew, by=person)
    page = today(person)
    # 18:00 UTC the next day is a quarter to midnight in Kathmandu.
    assert "Slow Kettle meets tomorrow at 23:45" in page
    assert "Kathmandu" in page


def test_what_waits_comes_from_all_scales() -> None:
    person = settled("Nina")
    congregation = make_congregation(by=person, name="Estuary")
    ama = make_person("Ama Boateng")
    take_seat(circle=congregation, person=ama)
    begin(by=ama, person=person, parent=congregation, message="Six talks?")
    crew = call(by=person, name="Slow Kettle", intention="Slowly.", seats=4, parent=congregation)
    ask_to_join(circle=crew, by=ama)
    ask_to_join(circle=congregation, by=make_person("Wren"))
    page = today(person)
    for words in (
        "Ama Boateng asks to be a dyad with you",
        "Ama Boateng raises a hand for Slow Kettle",
        "Slow Kettle is still forming",
        "Somebody asks to join Estuary",
    ):
        assert words in page


def test_whoever_waits_for_my_yes_or_no_stands_first_and_the_fifth_thing_is_folded() -> None:
    person, ama = settled("Nina"), make_person("Ama Boateng")
    congregation = make_congregation(by=person, name="Estuary")
    take_seat(circle=congregation, person=ama)
    crews = [
        call(by=person, name=name, intention="Slowly.", seats=4, parent=congregation)
        for name in ("Ash", "Birch")
    ]
    ask_to_join(circle=crews[0], by=ama)
    ask_to_join(circle=congregation, by=make_person("Wren"))
    begin(by=ama, person=person, parent=congregation, message="Six talks?")
    waits = today(person).split("This waits for you")[1].split("Your circles")[0]
    unfolded, folded = waits.split("One more, when you have time")
    assert unfolded.index("Ama Boateng raises") < unfolded.index("is still forming")
    assert unfolded.index("Ama Boateng asks") < unfolded.index("is still forming")
    assert unfolded.count("is still forming") == 1
    assert folded.count("is still forming") == 1


def test_an_unanswered_meeting_is_asked_about_once_a_circle() -> None:
    person, other = settled("Nina"), make_person()
    for name in ("First", "Second"):
        crew = make_bare_crew(people=2, name=name)
        for one in (person, other):
            take_seat(circle=crew, person=one)
        weekly(crew, by=other)
    assert today(person).count("You haven’t said whether you’ll be there.") == 2


def test_nothing_waits_that_is_answered() -> None:
    person = settled("Nina")
    crew = make_bare_crew(people=2)
    take_seat(circle=crew, person=person)
    weekly(crew, by=person)
    assert "This waits for you" not in today(person)


def test_somebody_who_came_by_an_invitation_may_still_say_who_they_are() -> None:
    person = make_person()
    take_seat(circle=make_bare_crew(people=2), person=person)
    assert "Who are you?" in today(person)
    settle(person=person)
    assert "Who are you?" not in today(person)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")],
)
def test_the_greeting_is_of_the_hour(hour: int, words: str) -> None:
    assert words in greeting(hour)


def test_the_steward_alone_has_a_way_to_the_panel() -> None:
    congregation = make_congregation(by=settled("Inês"))
    member = settled("Tomé")
    take_seat(circle=congregation, person=member)
    assert reverse("admin:index") in today(congregation.created_by)
    assert reverse("admin:index") not in today(member)


def _queries(person: Person) -> int:
    client = signed_in(person)
    client.get(reverse("home:today"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("home:today"))
    return len(queries)


def test_as_many_queries_with_fifty_circles_as_with_three() -> None:
    person = settled("Nina")
    congregation = make_congregation(by=person, people=3)

    def more(circles: int) -> None:
        for _ in range(circles):
            crew = make_bare_crew(parent=congregation, people=2)
            sit(crew, person)
            weekly(crew, by=person, meetings=2)
            ask_to_join(circle=crew, by=_member(congregation))

    more(3)
    few = _queries(person)
    more(47)
    assert PracticeSession.objects.count() == 100
    assert Answer.objects.count() == 100
    assert _queries(person) == few
    assert few <= 30


def _member(congregation: Circle) -> Person:
    person = make_person()
    sit(congregation, person)
    return person


def test_each_circle_names_its_own_next_meeting_however_many_others_meet_before() -> None:
    person = settled("Nina")
    for name, hours in (("First", 30), ("Second", 31), ("Zed", 24 * 100)):
        crew = make_bare_crew(people=2, name=name)
        take_seat(circle=crew, person=person)
        weekly(crew, by=person, meetings=1 if name == "Zed" else 12, hours=hours)
    assert "No meeting is set." not in today(person)

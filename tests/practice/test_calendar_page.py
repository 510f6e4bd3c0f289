"""What comes, over all circles: as a page, as a file, and without asking once a row."""

import pytest
from django.urls import reverse
from time_machine import Traveller

from circles.services import leave, take_seat
from library.models import Practice
from practice import services
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    DAY,
    SOON,
    WEEK,
    events,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    questions,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CALENDAR = "/sessions/"
FILE = "/sessions/calendar.ics"


def test_it_shows_what_comes_in_all_my_circles_soonest_first() -> None:
    me = make_person("Inês")
    crew = make_table(me, make_person(), make_person())
    congregation = make_congregation(by=me, name="Estuary 🐟")
    meet_once(crew, SOON + DAY)
    meet_once(congregation, SOON)
    elsewhere = meet_once(make_table(), SOON)
    words = text(signed_in(me).get(CALENDAR))
    assert words.index("Mon 11 Jan, 18:30–20:00") < words.index("Tue 12 Jan, 18:30–20:00")
    assert words.index("Estuary 🐟") < words.index("Slow Kettle 🫖")
    assert page("session", elsewhere) not in words


def test_it_says_what_i_answered_and_asks_where_i_have_not() -> None:
    crew = make_table()
    first, second, third, fourth = meet(crew, meetings=4)
    reader = people_of(crew)[1]
    for session, choice in ((first, "yes"), (second, "maybe"), (third, "no")):
        services.answer(session=session, by=reader, choice=choice)
    words = text(signed_in(reader).get(CALENDAR))
    said = ["You’ll be there", "You aren’t sure yet", "You can’t", "Will you be there?"]
    places = [words.index(one) for one in said]
    assert places == sorted(places)
    assert words.count("Will you be there?") == 1
    assert page("session", fourth) in words


def test_what_is_over_called_off_or_no_longer_mine_is_not_there(clock: Traveller) -> None:
    me = make_person()
    crew, other = (make_table(me, make_person(), make_person()) for _ in range(2))
    over, called_off, stays = meet(crew)
    left = meet_once(other, SOON + 3 * WEEK)
    services.cancel(session=called_off, by=me)
    leave(circle=other, by=me)
    clock.move_to(over.ends_at)
    words = text(signed_in(me).get(CALENDAR))
    shown = [one for one in (over, called_off, stays, left) if page("session", one) in words]
    assert shown == [stays]


def test_a_meeting_that_goes_on_right_now_is_still_there(clock: Traveller) -> None:
    session = meet_once(make_table())
    clock.move_to(session.ends_at - (session.ends_at - session.starts_at) / 2)
    assert page("session", session) in text(signed_in(people_of(session.circle)[0]).get(CALENDAR))


def test_without_any_it_says_where_to_begin() -> None:
    words = text(signed_in(make_person()).get(CALENDAR))
    assert "Nothing is set yet" in words
    assert reverse("crews:index") in words


def test_many_are_read_in_pages() -> None:
    crew = make_table()
    sessions = meet(crew, meetings=45)
    client = signed_in(people_of(crew)[0])
    first, second = (text(client.get(CALENDAR, {"page": number})) for number in (1, 2))
    assert (first.count("<h3>"), second.count("<h3>")) == (40, 5)
    assert page("session", sessions[-1]) in second
    assert client.get(CALENDAR, {"page": "nonsense"}).status_code == 200


# --- the file ---------------------------------------------------------------------------------


def test_the_file_holds_all_that_comes_and_nothing_of_others(clock: Traveller) -> None:
    me = make_person(time_zone="Asia/Kathmandu")
    practice = Practice.objects.get(slug="case-clinic")
    crew = make_table(me, make_person(), make_person())
    over, called_off, stays = meet(crew, practice=practice)
    meet_once(make_table())
    services.cancel(session=called_off, by=me)
    clock.move_to(over.ends_at)
    response = signed_in(me).get(FILE)
    assert response["Content-Type"].startswith("text/calendar")
    assert "attachment" in response["Content-Disposition"]
    (event,) = events(response.content)
    assert str(event["uid"]) == f"{stays.uid}@localhost"
    assert event["dtstart"].to_ical() == b"20270125T183000Z"
    assert practice.title in str(event["description"])
    assert str(event["url"]) == f"http://localhost{page('session', stays)}"


def test_one_meeting_as_a_file_and_how_it_stands_now() -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    client = signed_in(inês)
    (event,) = events(client.get(page("session_file", session)).content)
    assert (int(event["sequence"]), str(event["status"])) == (0, "CONFIRMED")
    services.cancel(session=stand(session), by=inês)
    (later,) = events(client.get(page("session_file", session)).content)
    assert (int(later["sequence"]), str(later["status"])) == (1, "CANCELLED")
    assert later["uid"] == event["uid"]
    assert signed_in(make_person()).get(page("session_file", session)).status_code == 404


# --- as many questions for fifty as for three -------------------------------------------------


@pytest.mark.parametrize(("name", "most"), [("calendar", 15), ("crew", 30)])
def test_as_many_queries_with_fifty_meetings_as_with_three(name: str, most: int) -> None:
    crew = make_table()
    meet(crew, meetings=3)
    client = signed_in(people_of(crew)[0])
    url = CALENDAR if name == "calendar" else crew.get_absolute_url()
    few = questions(client, url)
    meet(crew, SOON + 10 * WEEK, meetings=47)
    assert questions(client, url) == few <= most


def test_as_many_queries_for_the_file_with_fifty_meetings_as_with_three() -> None:
    crew = make_table()
    meet(crew, meetings=3)
    client = signed_in(people_of(crew)[0])
    few = questions(client, FILE)
    meet(crew, SOON + 10 * WEEK, meetings=47)
    assert questions(client, FILE) == few <= 5


def test_as_many_queries_for_a_gathering_of_fifty_as_of_three() -> None:
    me = make_person()
    congregation = make_congregation(by=me, people=2)
    session = meet_once(congregation)
    for person in people_of(congregation):
        services.answer(session=session, by=person, choice="yes")
    client = signed_in(me)
    few = questions(client, page("session", session))
    for _ in range(47):
        newcomer = make_person()
        take_seat(circle=congregation, person=newcomer)
        services.answer(session=session, by=newcomer, choice="yes")
    assert questions(client, page("session", session)) == few <= 15
    assert "and 45 more" in text(client.get(page("session", session)))

"""The table, from inside and from outside, and the list of tables."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.services import ask_to_join, close, invite, leave, take_seat
from congregation.models import Congregation
from crews import services
from crews.models import Crew
from crews.rules.agreements import Texts
from crews.showing.tables import forming, hands_up, table_sentence
from people.models import Person
from practice.services import set_rhythm
from tests.congregation.pages import signed_in, text
from tests.crews.tables import join, make_crew
from tests.factories import make_congregation, make_person, sit

pytestmark = pytest.mark.django_db

INDEX = reverse("crews:index")
PLACE = "The blue room 🪟"
LINK = "https://talk.example.org/slow-kettle"


def meet(crew: Crew, meetings: int = 2) -> None:
    begins = timezone.now() + timedelta(days=2)
    set_rhythm(
        circle=crew,
        by=mate(crew),
        every="week",
        starts_on=begins.date(),
        at=begins.time().replace(microsecond=0),
        time_zone="UTC",
        minutes=75,
        meetings=meetings,
        place=PLACE,
        link=LINK,
    )


def mate(crew: Crew, seat: int = 1) -> Person:
    return crew.memberships.present().get(seat=seat).person


@pytest.mark.parametrize(
    ("size", "seats", "said"),
    [
        (1, 5, "A crew begins with three: 2 more."),
        (2, 6, "A crew begins with three: one more."),
        (3, 4, "One seat is open."),
        (3, 6, "3 seats are open."),
        (6, 6, "Every seat is taken."),
    ],
)
def test_a_table_says_how_full_it_is(size: int, seats: int, said: str) -> None:
    assert table_sentence(size, seats) == said


# --- the table ------------------------------------------------------------------------------


def test_those_inside_see_agreements_meetings_and_hands() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2)
    services.agree(crew=crew, by=mate(crew), texts=Texts("We begin on time."))
    meet(crew)
    asker = make_person("Gro Obi")
    take_seat(circle=estuary, person=asker)
    hand = ask_to_join(circle=crew, by=asker, message="May I <sit>?")
    invite(circle=crew, by=mate(crew), email="friend@example.org")
    words = text(signed_in(mate(crew, 2)).get(crew.get_absolute_url()))
    assert "We begin on time." in words
    assert PLACE in words
    assert "Meeting 1 of 2" in words
    assert "Gro Obi" in words
    assert "May I &lt;sit&gt;?" in words
    assert hand.get_absolute_url() in words
    assert "One invitation is on its way." in words


def test_from_outside_one_sees_who_sits_there_and_no_more() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2)
    services.agree(crew=crew, by=mate(crew), texts=Texts("We begin on time."))
    meet(crew)
    invite(circle=crew, by=mate(crew), email="friend@example.org")
    words = text(signed_in(estuary.created_by).get(crew.get_absolute_url()))
    assert "Slow Kettle 🫖" in words
    assert "Raise my hand" in words
    main = words.partition("<main")[2].partition("</main>")[0]
    hidden = ("We begin on time.", PLACE, LINK, "/sessions/", "friend@example.org", "nvitation")
    assert [found for found in hidden if found in main] == []


def test_whoever_has_a_hand_up_sees_that_and_can_take_it_down() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2)
    ask_to_join(circle=crew, by=estuary.created_by)
    for url in (crew.get_absolute_url(), INDEX):
        words = text(signed_in(estuary.created_by).get(url))
        assert "Your hand is up." in words
        assert "Raise my hand" not in words


def test_a_full_table_shows_the_way_to_others() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2, seats=3)
    words = text(signed_in(estuary.created_by).get(crew.get_absolute_url()))
    assert "Every seat is taken. Look at the other tables" in words
    assert "Raise my hand" not in words


def test_a_crew_of_no_congregation_is_its_peoples_own() -> None:
    crew = make_crew(people=2)
    assert signed_in(mate(crew, 3)).get(crew.get_absolute_url()).status_code == 200
    assert signed_in(make_person()).get(crew.get_absolute_url()).status_code == 404


def test_whoever_left_no_longer_comes_in() -> None:
    crew = make_crew(people=2)
    gone = mate(crew, 3)
    leave(circle=crew, by=gone)
    assert signed_in(gone).get(crew.get_absolute_url()).status_code == 404


def test_a_crew_that_has_ended_stays_readable_for_its_people_alone() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2)
    services.agree(crew=crew, by=mate(crew), texts=Texts("We begin on time."))
    meet(crew)
    close(circle=crew, by=mate(crew))
    words = text(signed_in(mate(crew)).get(crew.get_absolute_url()))
    assert "This crew has come to its end." in words
    assert "We begin on time." in words
    for gone in ("Will you be there?", "Set a rhythm", "Leave this crew", "Change name"):
        assert gone not in words
    assert signed_in(estuary.created_by).get(crew.get_absolute_url()).status_code == 404


def test_three_at_a_table_can_set_a_rhythm_and_two_cannot() -> None:
    crew = make_crew(people=1)
    client, way = signed_in(mate(crew)), reverse("practice:schedule", args=[crew.pk])
    assert way not in text(client.get(crew.get_absolute_url()))
    join(crew, make_person())
    assert way in text(client.get(crew.get_absolute_url()))


# --- the list -------------------------------------------------------------------------------


def test_the_list_shows_mine_and_open_seats_in_my_congregations() -> None:
    estuary = make_congregation()
    me = make_person()
    take_seat(circle=estuary, person=me)
    named = {
        "Mine": services.call(by=me, name="Mine", intention="x", seats=5),
        "Open": make_crew(parent=estuary, people=2),
        "Full": make_crew(parent=estuary, people=2, seats=3),
        "Ended": make_crew(parent=estuary, people=2),
        "Elsewhere": make_crew(parent=make_congregation(), people=1),
        "Nowhere": make_crew(people=1),
    }
    for name, crew in named.items():
        Crew.objects.filter(pk=crew.pk).update(name=name)
    close(circle=named["Ended"], by=mate(named["Ended"]))
    mine, _, others = text(signed_in(me).get(INDEX)).partition("Tables with an open seat")
    assert named["Mine"].get_absolute_url() in mine
    assert named["Mine"].get_absolute_url() not in others
    shown = [name for name, crew in named.items() if crew.get_absolute_url() in others]
    assert shown == ["Open"]


def test_with_no_table_in_sight_the_way_is_to_call_one() -> None:
    words = text(signed_in(make_person()).get(INDEX))
    assert "Begin with a crew" in words
    assert reverse("crews:call") in words


def test_today_tells_a_crewmate_of_a_hand_and_the_caller_of_empty_chairs() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=1)
    assert [one.heading for one in forming(mate(crew))] == ["Slow Kettle 🫖 is still forming"]
    assert forming(mate(crew, 2)) == []
    ask_to_join(circle=crew, by=estuary.created_by)
    assert [one.action for one in hands_up(mate(crew, 2))] == ["Answer Steward"]
    assert hands_up(estuary.created_by) == []
    join(crew, make_person())
    assert forming(mate(crew)) == []


# --- as many questions for fifty as for three -----------------------------------------------


def questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def fill(estuary: Congregation, me: Person, crews: int) -> None:
    for _ in range(crews):
        services.call(by=me, name="Mine", intention="x", seats=5, parent=estuary)
        make_crew(parent=estuary, people=2)


def test_as_many_queries_for_fifty_crews_as_for_three() -> None:
    estuary, me = make_congregation(), make_person()
    take_seat(circle=estuary, person=me)
    client = signed_in(me)
    fill(estuary, me, 3)
    few = questions(client, INDEX)
    fill(estuary, me, 47)
    assert questions(client, INDEX) == few <= 12


def test_as_many_queries_for_a_full_table_as_for_one_that_begins() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2)
    client = signed_in(mate(crew))
    meet(crew, meetings=3)
    raise_hands(crew, estuary, 3)
    few = questions(client, crew.get_absolute_url())
    for _ in range(2):
        join(crew, make_person())
    meet_often(crew)
    raise_hands(crew, estuary, 47)
    assert questions(client, crew.get_absolute_url()) == few <= 30


def raise_hands(crew: Crew, estuary: Congregation, hands: int) -> None:
    for _ in range(hands):
        asker = make_person()
        sit(estuary, asker)
        ask_to_join(circle=crew, by=asker)


def meet_often(crew: Crew) -> None:
    begins = timezone.now() + timedelta(days=3)
    set_rhythm(
        circle=crew,
        by=mate(crew),
        every="week",
        starts_on=begins.date(),
        at=begins.time().replace(microsecond=0),
        time_zone="UTC",
        minutes=60,
        meetings=12,
    )

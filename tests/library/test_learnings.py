"""How many circles tried a practice, and what they chose to share about it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circles import services as seats
from circles.errors import NotAllowed
from circles.models import Circle
from dyads import services as dyads
from library import errors
from library.models import Learning, Practice
from library.services import hide_learning, share, take_learning_back
from people.models import Person
from people.services import delete_account
from tests.factories import make_bare_crew, make_congregation, make_person
from tests.library.shelf import hold, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def troika() -> Practice:
    return Practice.objects.get(slug="troika")


@pytest.fixture
def estuary() -> Circle:
    congregation: Circle = make_congregation(by=make_person("Inês"), people=1)
    return congregation


@pytest.fixture
def crew(estuary: Circle, troika: Practice) -> Circle:
    """Has held it yesterday."""
    crew = make_bare_crew(parent=estuary, people=3)
    hold(crew, troika)
    return crew


def sitting(circle: Circle, seat: int = 0) -> Person:
    return circle.memberships.order_by("seat")[seat].person


def page_for(person: Person | None, practice: Practice) -> str:
    client = signed_in(person) if person else Client()
    return text(client.get(practice.get_absolute_url()))


def say(practice: Practice, circle: Circle, words: str = "Turn the chair.") -> Learning:
    person = sitting(circle)
    return share(practice=practice, circle=circle, by=person, words=words, names_circle=True)


# --- how many -------------------------------------------------------------------------------


def test_circles_are_counted_once_and_only_for_meetings_that_took_place(
    troika: Practice, crew: Circle
) -> None:
    hold(crew, troika, days_ago=9)
    hold(make_bare_crew(), troika)
    hold(make_bare_crew(), Practice.objects.get(slug="case-clinic"))
    hold(make_bare_crew(), troika, cancelled_at=timezone.now())
    soon = hold(make_bare_crew(), troika)
    soon.ends_at = timezone.now() + timedelta(minutes=1)
    soon.save()
    assert "2 circles have tried it" in page_for(None, troika)
    soon.ends_at = timezone.now() - timedelta(minutes=1)
    soon.save()
    assert "3 circles have tried it" in page_for(None, troika)


def test_what_nobody_has_tried_says_nothing_about_it() -> None:
    assert "tried it" not in page_for(None, Practice.objects.get(slug="pod-map"))


def test_the_list_is_not_in_the_order_of_how_often(troika: Practice) -> None:
    def order() -> list[str]:
        return re.findall(r'<h3><a href="([^"]+)"', text(Client().get("/practices/")))

    before = order()
    for _number in range(3):
        hold(make_bare_crew(), troika)
    assert order() == before
    assert troika.get_absolute_url() in before


# --- sharing --------------------------------------------------------------------------------


def test_after_the_meeting_its_page_offers_to_say_what_one_learned(
    troika: Practice, crew: Circle
) -> None:
    session = crew.sessions.get()
    client = signed_in(sitting(crew))
    url = f"/practices/troika/learned/{crew.pk}/"
    assert url in text(client.get(session.get_absolute_url()))
    assert "without your name" in text(client.get(url))
    page = text(
        client.post(url, {"words": "Turn\nthe <chair>.", "names_circle": "on"}, follow=True)
    )
    assert "“Turn the &lt;chair&gt;.”" in page
    assert "One circle has tried it" in page
    assert "Take it back" in page
    client.post(url, {"words": "Shorter."})
    learning = Learning.objects.get()
    assert (learning.words, learning.names_circle) == ("Shorter.", False)


def test_before_the_meeting_there_is_nothing_to_say(troika: Practice) -> None:
    crew = make_bare_crew(people=3)
    session = hold(crew, troika)
    session.ends_at = timezone.now() + timedelta(hours=1)
    session.save()
    client = signed_in(sitting(crew))
    url = f"/practices/troika/learned/{crew.pk}/"
    assert url not in text(client.get(session.get_absolute_url()))
    assert client.get(url).status_code == 404
    assert client.post(url, {"words": "x"}).status_code == 404
    with pytest.raises(errors.NotHeld):
        say(troika, crew)


@pytest.mark.parametrize("words", ["", "  ", "x" * 301])
def test_what_does_not_do_is_explained_and_stays_typed(crew: Circle, words: str) -> None:
    response = signed_in(sitting(crew)).post(
        f"/practices/troika/learned/{crew.pk}/", {"words": words}
    )
    assert response.status_code == 422
    assert 'id="id_words_error"' in text(response)
    assert words.strip() in text(response)
    assert not Learning.objects.exists()


def test_only_who_sits_there_says_something(
    troika: Practice, crew: Circle, estuary: Circle
) -> None:
    url = f"/practices/troika/learned/{crew.pk}/"
    assert signed_in(sitting(estuary)).post(url, {"words": "x"}).status_code == 403
    assert signed_in(make_person()).post(url, {"words": "x"}).status_code == 404
    with pytest.raises(NotAllowed):
        share(practice=troika, circle=crew, by=sitting(estuary), words="x", names_circle=False)


def test_its_congregation_reads_it_and_nobody_else(
    troika: Practice, crew: Circle, estuary: Circle
) -> None:
    say(troika, crew)
    neighbour = make_person()
    make_congregation(by=neighbour, name="Delta")
    for person in (sitting(estuary), sitting(crew, 1)):
        page = page_for(person, troika)
        assert "Turn the chair." in page
        assert "Slow Kettle" in page
        assert str(sitting(crew)) not in page.partition('id="main"')[2]
    for other in (None, neighbour, make_person()):
        page = page_for(other, troika)
        assert "Turn the chair." not in page
        assert "One circle has tried it" in page


def test_a_crew_on_its_own_reads_it_alone(troika: Practice) -> None:
    crew = make_bare_crew(people=3)
    hold(crew, troika)
    say(troika, crew)
    assert "Turn the chair." in page_for(sitting(crew, 1), troika)
    assert "Turn the chair." not in page_for(make_person(), troika)


def test_who_the_dyad_is_stays_with_the_dyad(estuary: Circle) -> None:
    one, other = sitting(estuary), make_person("Zofia")
    seats.take_seat(circle=estuary, person=other)
    dyad = dyads.begin(by=one, person=other, parent=estuary)
    seats.take_seat(circle=dyad, person=other)
    loop = Practice.objects.get(slug="listen-and-loop")
    hold(dyad, loop)
    client = signed_in(other)
    url = f"/practices/listen-and-loop/learned/{dyad.pk}/"
    assert "names_circle" not in text(client.get(url))
    client.post(url, {"words": "Slower.", "names_circle": "on"})
    assert not Learning.objects.get().names_circle
    learning = share(practice=loop, circle=dyad, by=one, words="Quiet.", names_circle=True)
    assert not learning.names_circle
    reader = make_person()
    seats.take_seat(circle=estuary, person=reader)
    page = page_for(reader, loop)
    assert "Slower." in page
    assert "Zofia" not in page
    assert str(dyad) not in page


def test_it_is_taken_back_by_whoever_said_it(troika: Practice, crew: Circle) -> None:
    learning = say(troika, crew)
    url = f"/practices/desk/learned/{learning.pk}/take-back/"
    assert signed_in(sitting(crew, 1)).post(url).status_code == 404
    with pytest.raises(NotAllowed):
        take_learning_back(learning=learning, by=sitting(crew, 1))
    signed_in(sitting(crew)).post(url)
    assert not Learning.objects.exists()


def test_a_steward_takes_it_off_the_page_and_its_writer_keeps_it(
    troika: Practice, crew: Circle, estuary: Circle
) -> None:
    learning = say(troika, crew)
    steward, member = sitting(estuary), sitting(crew, 1)
    assert "Take it off the page" not in page_for(member, troika)
    with pytest.raises(NotAllowed):
        hide_learning(learning=learning, by=member)
    assert "Take it off the page" in page_for(steward, troika)
    url = f"/practices/desk/learned/{learning.pk}/hide/"
    signed_in(steward).post(url)
    for reader in (steward, member):
        assert "Turn the chair." not in page_for(reader, troika)
    assert "a steward has taken it off the page" in page_for(sitting(crew), troika)
    assert signed_in(make_person()).post(url).status_code == 404


def test_who_has_left_the_circle_still_has_what_they_said(troika: Practice, crew: Circle) -> None:
    person = sitting(crew)
    say(troika, crew)
    seats.leave(circle=crew, by=person)
    assert "Turn the chair." in page_for(person, troika)
    assert "Turn the chair." in text(signed_in(person).get("/you/my-data/"))
    delete_account(person=person)
    assert not Learning.objects.exists()


def test_the_database_itself_keeps_one_a_person_and_circle(troika: Practice, crew: Circle) -> None:
    learning = say(troika, crew)
    with pytest.raises(IntegrityError):
        Learning.objects.create(practice=troika, circle=crew, person=learning.person, words="again")


def test_as_many_queries_for_many_voices_as_for_few(
    troika: Practice, crew: Circle, estuary: Circle
) -> None:
    client = signed_in(sitting(estuary))

    def questions() -> int:
        client.get(troika.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(troika.get_absolute_url()).status_code == 200
        return len(asked)

    say(troika, crew)
    few = questions()
    for _number in range(9):
        other = make_bare_crew(parent=estuary, people=1)
        hold(other, troika)
        say(troika, other)
    assert questions() == few
    assert page_for(sitting(estuary), troika).count("Turn the chair.") == 10

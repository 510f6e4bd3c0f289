"""How a practice came to be: every published state stays readable, and can come back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from circles import services as seats
from circles.errors import NotAllowed
from circles.models import Circle
from library import errors
from library.comparing import compare
from library.models import Practice
from library.reading import PracticeText
from library.services import begin_draft, bring_back, offer, ship_practices
from library.writing import write
from people.models import Person
from practice.models import PracticeSession
from tests.factories import make_bare_crew, make_congregation, make_person
from tests.library.shelf import WHOLE, hold, make_whole, signed_in, text
from tests.library.test_round_trip import practices, unhurried

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward() -> Person:
    return make_person("Inês")


@pytest.fixture
def practice(steward: Person) -> Practice:
    """Of two editions: "Practice 1", then "Slow walk"."""
    found = make_whole(make_congregation(by=steward), steward)
    draft = begin_draft(by=steward, content=WHOLE, practice=found, what_changed="Feet <3")
    offer(draft=draft, by=steward, home=home_of(found))
    return Practice.objects.get(pk=found.pk)


def home_of(practice: Practice) -> Circle:
    assert practice.home is not None
    return practice.home


def history(practice: Practice, number: int | str = "") -> str:
    url = f"{practice.get_absolute_url()}history/"
    return f"{url}{number}/" if number else url


def test_every_edition_is_named_with_what_changed(steward: Person, practice: Practice) -> None:
    page = text(signed_in(steward).get(history(practice)))
    assert page.index("Edition 2") < page.index("on the shelf now") < page.index("Edition 1")
    assert "Feet &lt;3" in page
    assert "Inês" in page


def test_an_earlier_edition_is_read_as_it_was(steward: Person, practice: Practice) -> None:
    page = text(signed_in(steward).get(history(practice, 1)))
    assert "<h1>Practice 1</h1>" in page
    assert "10 minutes" in page
    assert "Bring this one back" in page
    latest = text(signed_in(steward).get(history(practice, 2)))
    assert "<h1>Slow walk 🚶</h1>" in latest
    assert "Bring this one back" not in latest
    assert '<del><span class="vh">Gone: </span>title: Practice 1</del>' in latest
    assert '<ins><span class="vh">New: </span>title: Slow walk 🚶</ins>' in latest


def test_bringing_one_back_is_a_new_edition(steward: Person, practice: Practice) -> None:
    client = signed_in(steward)
    page = text(client.post(f"{history(practice, 1)}bring-back/", follow=True))
    assert "Edition 1 is on the shelf again." in page
    now = Practice.objects.get(pk=practice.pk)
    assert (now.title, now.steps.count()) == ("Practice 1", 1)
    editions = list(now.editions.all())
    assert [one.number for one in editions] == [3, 2, 1]
    assert editions[0].text == editions[2].text == now.text
    assert editions[0].what_changed == "Edition 1 again"
    with pytest.raises(errors.LatestAlready):
        bring_back(edition=editions[2], by=steward)


def test_only_stewards_bring_one_back(practice: Practice) -> None:
    member = make_person()
    seats.take_seat(circle=home_of(practice), person=member)
    client = signed_in(member)
    assert "Bring this one back" not in text(client.get(history(practice, 1)))
    page = text(client.post(f"{history(practice, 1)}bring-back/", follow=True))
    assert "for somebody else to decide" in page
    shipped = Practice.objects.get(slug="troika")
    edition = shipped.editions.get()
    for person in (member, make_person(is_staff=True)):
        with pytest.raises(NotAllowed):
            bring_back(edition=edition, by=person)


def test_meetings_that_held_it_go_on_with_what_is_on_the_shelf(
    steward: Person, practice: Practice
) -> None:
    crew = make_bare_crew(parent=home_of(practice), people=3)
    session = hold(crew, practice)
    bring_back(edition=practice.editions.get(number=1), by=steward)
    assert PracticeSession.objects.get(pk=session.pk).practice == practice
    person = crew.memberships.order_by("seat")[0].person
    page = text(signed_in(person).get(session.get_absolute_url()))
    assert "<h3>Walk</h3>" in page


def test_a_newer_version_of_a_shipped_practice_is_an_edition_too() -> None:
    troika = Practice.objects.get(slug="troika")
    old = troika.editions.get()
    old.body = old.body.replace("Troika", "Old Troika")
    old.save()
    ship_practices()
    assert [one.number for one in troika.editions.all()] == [2, 1]
    ship_practices()
    assert troika.editions.count() == 2
    page = text(Client().get(history(troika, 1)))
    assert "<h1>Old Troika</h1>" in page
    assert "came with Common Table" in text(Client().get(history(troika)))


def test_a_history_is_seen_by_those_who_see_the_practice(practice: Practice) -> None:
    for url in (history(practice), history(practice, 1)):
        assert Client().get(url).status_code == 404
        assert signed_in(make_person()).get(url).status_code == 404


def test_as_many_queries_for_many_editions_as_for_few(steward: Person, practice: Practice) -> None:
    def questions() -> int:
        client = signed_in(steward)
        client.get(history(practice))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(history(practice)).status_code == 200
        return len(asked)

    few = questions()
    body = practice.editions.all()[0].body
    for number in range(3, 60):
        practice.editions.create(number=number, body=body, written_by=make_person())
    assert questions() == few
    page = text(signed_in(steward).get(history(practice)))
    assert "Page 1 of 2" in page


@unhurried
@given(practices(), practices())
def test_what_was_gone_and_what_is_new_make_one_of_the_other(
    before: PracticeText, after: PracticeText
) -> None:
    lines = compare(before, after)
    gone = [line.words for line in lines if line.kind == "gone"]
    new = [line.words for line in lines if line.kind == "new"]
    assert (not gone and not new) == (before == after)
    assert sorted([*said(before), *new]) == sorted([*said(after), *gone])


def said(text: PracticeText) -> list[str]:
    lines = write(text).splitlines()
    assert lines.count("---") >= 2
    return [line for line in lines if line]

"""Looking for a practice, and reading one; open to everybody."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.models import Practice
from tests.factories import make_bare_crew, make_congregation, make_person
from tests.library.shelf import make_practice, signed_in, text

pytestmark = pytest.mark.django_db

LIST = "/practices/"


def found(**wanted: Any) -> set[str]:
    """The slugs of what the list shows."""
    words = text(Client().get(LIST, wanted))
    return set(re.findall(r'<h3><a href="/practices/([\w-]+)/">', words))


def test_everything_is_listed_by_scale() -> None:
    every = set(Practice.objects.published().values_list("slug", flat=True))
    assert len(every) >= 20
    assert found() == every
    words = text(Client().get(LIST))
    scales = [words.index(f'data-scale="{one}"') for one in Practice.Scale.values]
    assert scales == sorted(scales)


def test_a_search_by_words_looks_into_everything_that_is_read_aloud() -> None:
    Practice.objects.all().delete()
    make_practice(1, title="The Zebra turns")
    make_practice(2, purpose="To meet a zebra.")
    make_practice(3, opening="A ZEBRA walks in and turns.")
    make_practice(4, source="Zebra press")
    make_practice(5, roles=["keeper of the zebra"])
    make_practice(6, others="zebras")
    make_practice(7, caution="No zebra is fed.")
    assert found(words="zebra") == {f"practice-{number}" for number in (1, 2, 3, 5, 6, 7)}
    assert found(words=" turns  zebra ") == {"practice-1", "practice-3"}
    assert found(words="zebra giraffe") == set()


def test_a_search_by_words_looks_into_the_steps() -> None:
    step = Practice.objects.get(slug="troika").steps.all()[1]
    assert "troika" in found(words=step.title)
    assert "troika" in found(words=step.words[:80].rsplit(" ", 1)[0])


@pytest.mark.parametrize("words", ["ÉCOUTE", "écoute", "ŁÓDŹ łódź", "STRASSE", "straße", "περί"])
def test_a_search_by_words_knows_the_letters_of_all_languages(words: str) -> None:
    Practice.objects.all().delete()
    make_practice(1, title="Écoute", purpose="Łódź, Straße, ΠΕΡΊ")
    assert found(words=words) == {"practice-1"}


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "\\", "<script>"])
def test_signs_are_looked_for_as_they_are(words: str) -> None:
    Practice.objects.all().delete()
    make_practice(1, title=f"Before {words} after")
    make_practice(2, title="Before after")
    assert found(words=words) == {"practice-1"}


def test_a_search_by_people_and_minutes_keeps_to_the_bounds() -> None:
    Practice.objects.all().delete()
    make_practice(1, people_least=3, people_most=5, minutes=30)
    make_practice(2, people_least=5, people_most=6, minutes=31)
    assert found(people=2) == set()
    assert found(people=3) == {"practice-1"}
    assert found(people=5) == {"practice-1", "practice-2"}
    assert found(people=6) == {"practice-2"}
    assert found(minutes=29) == set()
    assert found(minutes=30) == {"practice-1"}
    assert found(minutes=31) == {"practice-1", "practice-2"}
    assert found(minutes=31, people=6, words="practice") == {"practice-2"}


@pytest.mark.parametrize("scale", ["self", "dyad", "crew", "congregation"])
def test_a_search_by_scale(scale: str) -> None:
    expected = set(Practice.objects.filter(scale=scale).values_list("slug", flat=True))
    assert expected
    assert found(scale=scale) == expected


def test_when_nothing_fits_it_says_how_to_go_on() -> None:
    words = text(Client().get(LIST, {"words": "zebra", "minutes": "5"}))
    assert "Nothing fits all of that" in words
    assert f'<a href="{LIST}">Show all practices</a>' in words
    assert 'value="zebra"' in words


def test_when_nothing_fits_it_offers_to_let_go_of_one_wish() -> None:
    Practice.objects.all().delete()
    make_practice(1, minutes=30)
    make_practice(2, minutes=40)
    words = text(Client().get(LIST, {"words": "practice", "people": "4", "minutes": "10"}))
    assert (
        '<a class="quiet-link" href="?words=practice&amp;people=4">with more time (2)</a>' in words
    )
    assert "whatever the words" not in words
    assert "for any number" not in words
    assert found(words="practice", people="4") == {"practice-1", "practice-2"}
    assert "let go of one wish" not in text(Client().get(LIST, {"words": "zebra"}))


def test_it_says_how_many_fit() -> None:
    assert "One practice fits." in text(Client().get(LIST, {"words": "troika"}))
    Practice.objects.all().delete()
    for number in range(3):
        make_practice(number)
    assert "3 practices fit." in text(Client().get(LIST, {"words": "practice"}))
    assert "fit" not in text(Client().get(LIST)).partition('id="found"')[2].partition("<h2>")[0]


def test_a_long_shelf_has_pages_that_keep_what_was_looked_for() -> None:
    Practice.objects.all().delete()
    for number in range(61):
        make_practice(number)
    first = text(Client().get(LIST, {"words": "practice"}))
    assert 'href="?page=2&amp;words=practice"' in first
    assert "61 practices fit." in first
    assert len(found(words="practice")) == 60
    assert len(found(words="practice", page=2)) == 1


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", ""])
def test_a_page_that_is_not_there_shows_the_nearest(page: str) -> None:
    assert len(found(page=page)) == Practice.objects.count()


# --- whose own it is ------------------------------------------------------------------------


def seen_by(person: object, practice: Practice) -> tuple[bool, int]:
    """Whether the list names it, and what its page answers."""
    client = signed_in(person) if person else Client()  # type: ignore[arg-type]
    listed = practice.get_absolute_url() in text(client.get(LIST))
    return listed, client.get(practice.get_absolute_url()).status_code


def test_a_congregations_own_is_seen_by_its_people_and_nobody_else() -> None:
    member, stranger, neighbour = make_person("Mere"), make_person(), make_person()
    estuary = make_congregation(by=member)
    make_congregation(by=neighbour, name="Delta")
    practice = make_practice(home=estuary, written_by=member)
    assert seen_by(member, practice) == (True, 200)
    for other in (None, stranger, neighbour):
        assert seen_by(other, practice) == (False, 404)
    words = text(signed_in(member).get(LIST))
    assert "Estuary’s own, written by Mere" in words


def test_somebody_in_a_crew_of_the_congregation_sees_it_too() -> None:
    estuary = make_congregation()
    practice = make_practice(home=estuary)
    crew = make_bare_crew(parent=estuary, people=1)
    seat = crew.memberships.get()
    estuary.memberships.filter(person=seat.person).delete()
    assert seen_by(seat.person, practice) == (True, 200)


def test_who_has_left_sees_it_no_more() -> None:
    from circles.services import leave

    estuary = make_congregation(people=1)
    practice = make_practice(home=estuary)
    seat = estuary.memberships.present().order_by("seat").last()
    assert seen_by(seat.person, practice) == (True, 200)
    leave(circle=estuary, by=seat.person)
    assert seen_by(seat.person, practice) == (False, 404)


def test_a_crew_without_congregation_has_its_own_shelf() -> None:
    crew = make_bare_crew(people=2)
    practice = make_practice(home=crew)
    inside = crew.memberships.first()
    assert inside is not None
    assert seen_by(inside.person, practice) == (True, 200)
    assert seen_by(make_person(), practice) == (False, 404)


def test_a_variation_names_its_origin_only_to_those_who_may_see_that() -> None:
    one, other = make_person(), make_person()
    estuary = make_congregation(by=one, name="Estuary")
    delta = make_congregation(by=other, name="Delta")
    origin = make_practice(1, home=estuary, title="Estuary’s secret")
    practice = make_practice(2, home=delta, variation_of=origin)
    assert "Estuary’s secret" not in text(signed_in(other).get(practice.get_absolute_url()))
    shared = make_practice(3, home=delta, variation_of=Practice.objects.get(slug="troika"))
    words = text(signed_in(other).get(shared.get_absolute_url()))
    assert 'A variation of <a href="/practices/troika/">Troika</a>' in " ".join(words.split())


def test_what_a_practice_says_is_text_and_no_script() -> None:
    practice = make_practice(
        title="<script>alert(1)</script>",
        purpose="<img src=x onerror=alert(2)>",
        opening="</div><script>alert(3)</script>",
        caution="<b>",
        roles=["<i>giver"],
    )
    for url in (LIST, practice.get_absolute_url()):
        words = text(Client().get(url))
        assert "&lt;script&gt;alert(1)" in words
        assert not re.search(r"<script>alert|<img src=x|<i>giver|<b>", words)


@pytest.mark.parametrize(
    "wanted",
    [
        {"people": "many"},
        {"people": "0"},
        {"minutes": "-5"},
        {"scale": "galaxy"},
        {"words": "x" * 81},
    ],
    ids=str,
)
def test_a_wish_that_cannot_be_read_is_explained(wanted: dict[str, str]) -> None:
    response = Client().get(LIST, wanted)
    assert response.status_code == 200
    assert 'aria-invalid="true"' in text(response)


def test_htmx_gets_what_was_found_alone() -> None:
    response = Client().get(LIST, {"words": "troika"}, headers={"HX-Request": "true"})
    words = text(response).strip()
    assert words.startswith('<div id="found"')
    assert "/practices/troika/" in words
    assert "<form" not in words
    assert "HX-Request" in response["Vary"]


def test_a_visitor_reads_a_practice_with_all_its_steps() -> None:
    practice = Practice.objects.get(slug="case-clinic")
    response = Client().get("/practices/case-clinic/")
    assert response.status_code == 200
    words = text(response)
    places = [words.index(f"<h3>{step.title}</h3>") for step in practice.steps.all()]
    assert places == sorted(places)
    assert len(places) >= 3
    assert f"{practice.minutes} minutes" in words
    assert ", ".join(practice.roles) in words
    assert "Today" not in words


def test_who_is_signed_in_reads_it_inside_the_house() -> None:
    client = Client()
    client.force_login(make_person("Inês"))
    for url in (LIST, "/practices/case-clinic/"):
        response = client.get(url)
        assert response.status_code == 200
        assert "/today/" in text(response)


def test_a_caution_stands_before_the_steps() -> None:
    practice = make_practice(caution="Stop when it gets too strong.")
    words = text(Client().get(practice.get_absolute_url()))
    assert words.index("Stop when it gets too strong.") < words.index("Step by step")


@pytest.mark.parametrize("slug", ["nothing-of-the-kind", "case-clinic2"])
def test_a_practice_that_is_not_there_is_not_found(slug: str) -> None:
    assert Client().get(f"/practices/{slug}/").status_code == 404


def test_a_practice_that_is_not_published_is_not_there() -> None:
    practice = make_practice(published_at=None)
    assert Client().get(practice.get_absolute_url()).status_code == 404
    assert practice.slug not in found()


@pytest.mark.parametrize(
    "wrong", [{"people_least": 0}, {"people_least": 7, "people_most": 6}, {"minutes": 0}], ids=str
)
def test_the_database_itself_refuses_what_cannot_be_held(wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_practice(**wrong)


# --- as many questions for fifty as for three -------------------------------------------------


def questions(url: str) -> int:
    client = Client()
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_as_many_queries_for_a_list_of_fifty_as_of_three() -> None:
    Practice.objects.all().delete()
    for number in range(3):
        make_practice(number)
    few = questions(LIST)
    for number in range(3, 50):
        make_practice(number)
    assert questions(LIST) == few <= 2
    assert len(found()) == 50
    person = make_person()
    estuary = make_congregation(by=person)
    Practice.objects.update(home=estuary, written_by=person)
    client = signed_in(person)
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST).status_code == 200
    assert len(asked) <= few + 4


def test_as_many_queries_for_fifty_steps_as_for_three() -> None:
    practice = make_practice()
    for position in range(1, 4):
        practice.steps.create(position=position, title="Step", minutes=1)
    few = questions(practice.get_absolute_url())
    for position in range(4, 51):
        practice.steps.create(position=position, title="Step", minutes=1)
    assert questions(practice.get_absolute_url()) == few <= 3

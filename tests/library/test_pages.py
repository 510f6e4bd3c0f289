"""Looking for a practice, and reading one; open to everybody."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.models import Practice
from tests.factories import make_person

pytestmark = pytest.mark.django_db

LIST = "/practices/"


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def found(**wanted: Any) -> set[str]:
    """The slugs of what the list shows."""
    words = text(Client().get(LIST, wanted))
    return set(re.findall(r'<h3><a href="/practices/([\w-]+)/">', words))


def make_practice(number: int = 1, **fields: Any) -> Practice:
    fields = {
        "slug": f"practice-{number}",
        "title": f"Practice {number}",
        "scale": "crew",
        "purpose": "To see.",
        "people_least": 3,
        "people_most": 6,
        "minutes": 30,
        "source": "us",
        "published_at": timezone.now(),
        **fields,
    }
    return Practice.objects.create(**fields)


def test_everything_is_listed_by_scale() -> None:
    every = set(Practice.objects.published().values_list("slug", flat=True))
    assert len(every) >= 20
    assert found() == every
    words = text(Client().get(LIST))
    scales = [words.index(f'data-scale="{one}"') for one in Practice.Scale.values]
    assert scales == sorted(scales)


def test_a_search_by_words_looks_into_title_purpose_and_opening() -> None:
    Practice.objects.all().delete()
    make_practice(1, title="The Zebra turns")
    make_practice(2, purpose="To meet a zebra.")
    make_practice(3, opening="A ZEBRA walks in and turns.")
    make_practice(4, source="Zebra press")
    assert found(words="zebra") == {"practice-1", "practice-2", "practice-3"}
    assert found(words=" turns  zebra ") == {"practice-1", "practice-3"}
    assert found(words="zebra giraffe") == set()


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


def test_as_many_queries_for_fifty_steps_as_for_three() -> None:
    practice = make_practice()
    for position in range(1, 4):
        practice.steps.create(position=position, title="Step", minutes=1)
    few = questions(practice.get_absolute_url())
    for position in range(4, 51):
        practice.steps.create(position=position, title="Step", minutes=1)
    assert questions(practice.get_absolute_url()) == few <= 3

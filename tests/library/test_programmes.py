"""Programmes: how a text becomes one, those that are shipped, and their pages."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles.scales import LAWS
from circles.services import take_seat
from library.models import Practice, Programme, ProgrammePart
from library.programme_reading import ProgrammeTextError, read_programme
from library.services import ship_programmes, shipped_programmes, shipped_texts
from library.services.programmes import PROGRAMMES
from tests.factories import make_bare_crew, make_congregation, make_person
from tests.reading import text

SLUGS = sorted(file.stem for file in PROGRAMMES.glob("*.md"))
LIST = "/practices/programmes/"

GOOD = """---
title: Two evenings
scale: crew
purpose: To see.
source: us
---

One opening,
over two lines.

## The first: arrive
practice: case-clinic
minutes: 90

Sit down.

Then begin,
slowly.

## Without a practice
minutes: 45

Walk.
"""


# --- reading ----------------------------------------------------------------------------------


def test_a_text_is_read_with_its_meetings() -> None:
    programme = read_programme(GOOD)
    assert (programme.title, programme.scale, programme.source) == ("Two evenings", "crew", "us")
    assert programme.opening == "One opening, over two lines."
    first, second = programme.parts
    assert (first.title, first.practice, first.minutes) == ("The first: arrive", "case-clinic", 90)
    assert first.words == "Sit down.\n\nThen begin, slowly."
    assert (second.practice, second.minutes, second.words) == ("", 45, "Walk.")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title: Two evenings\n", "", "the head lacks title"),
        ("scale: crew", "scale: choir", "scale is one of"),
        ("source: us", "sauce: us", "not a line of the head: 'sauce: us'"),
        ("source: us", "source: us\nsource: them", "not a line of the head: 'source: them'"),
        ("minutes: 45", "minutes: 0", "'Without a practice' lasts a number of minutes"),
        ("minutes: 45", "minutes: soon", "'Without a practice' lasts a number of minutes"),
        ("minutes: 45\n", "", "'Without a practice' lasts a number of minutes, not ''"),
        ("practice: case-clinic", "practise: case-clinic", "not a line of the meeting"),
        ("Walk.\n", "", "needs a title and some words: 'Without a practice'"),
        ("## Without a practice", "## ", "needs a title and some words: ''"),
        ("---\ntitle", "title", "begins with 'key: value' lines"),
        ("## ", "# ", "1 to 30 meetings"),
        ("Walk.\n", "Walk.\n" + "\n## More\nminutes: 5\n\nOn.\n" * 29, "1 to 30 meetings"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(old: str, new: str, says: str) -> None:
    with pytest.raises(ProgrammeTextError, match=says):
        read_programme(GOOD.replace(old, new))


# --- those that are shipped -------------------------------------------------------------------


def test_a_dyad_a_crew_and_a_congregation_have_a_programme_to_take_on() -> None:
    assert {text.scale for text in shipped_programmes().values()} >= set(LAWS) - {"self"}
    assert "first-four-weeks" in SLUGS
    assert "practice-programme" in SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_every_meeting_of_a_shipped_programme_has_time_for_its_practice(slug: str) -> None:
    programme, practices = shipped_programmes()[slug], shipped_texts()
    for part in programme.parts:
        assert part.minutes >= practices[part.practice].minutes
        # A congregation also does at small tables, or alone, what smaller circles do.
        assert programme.scale in {practices[part.practice].scale, "congregation"}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_programme_is_written_cleanly_and_fits(slug: str) -> None:
    words = Path(PROGRAMMES / f"{slug}.md").read_text(encoding="utf-8")
    assert re.findall(r"TODO|FIXME|lorem|\t|[\"']\s*$", words, re.IGNORECASE) == []
    assert words.endswith("\n")
    programme = shipped_programmes()[slug]
    assert programme.opening
    for name, letters in {"title": 120, "purpose": 300, "source": 300}.items():
        assert len(getattr(programme, name)) <= letters
    assert all(len(part.title) <= 120 for part in programme.parts)


def test_the_congregations_programme_is_four_times_ninety_minutes() -> None:
    parts = shipped_programmes()["practice-programme"].parts
    assert [(part.title, part.minutes) for part in parts] == [
        ("Self", 90),
        ("Pair", 90),
        ("Crew", 90),
        ("Whole", 90),
    ]


@pytest.mark.django_db
def test_programmes_are_there_with_the_tables_and_linked_to_their_practices() -> None:
    assert set(Programme.objects.values_list("slug", flat=True)) == set(SLUGS)
    assert not ProgrammePart.objects.filter(practice=None).exists()


@pytest.mark.django_db
def test_reading_the_texts_again_keeps_the_rows_that_meetings_point_to() -> None:
    before = list(ProgrammePart.objects.order_by("pk").values_list("pk", "title"))
    first = Programme.objects.get(slug="first-four-weeks")
    first.parts.filter(position=1).update(title="Older", minutes=5)
    ProgrammePart.objects.create(
        programme=first, position=5, title="Dropped since", minutes=5, words="Nothing."
    )
    assert ship_programmes() == len(SLUGS)
    assert list(ProgrammePart.objects.order_by("pk").values_list("pk", "title")) == before


@pytest.mark.django_db
def test_a_programme_of_ones_own_is_never_written_over() -> None:
    Programme.objects.filter(slug="first-four-weeks").update(is_shipped=False, title="Ours")
    ship_programmes()
    assert Programme.objects.get(slug="first-four-weeks").title == "Ours"


# --- pages ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_library_leads_to_all_programmes_by_scale() -> None:
    assert f'href="{LIST}"' in text(Client().get("/practices/"))
    words = text(Client().get(LIST))
    found = re.findall(rf'<h3><a href="{LIST}([\w-]+)/">', words)
    assert sorted(found) == SLUGS
    scales = re.findall(r'data-scale="(\w+)"', words)
    assert scales == ["dyad", "crew", "congregation"]


@pytest.mark.django_db
def test_a_programmes_page_shows_each_meeting_with_its_practice_and_minutes() -> None:
    words = text(Client().get(f"{LIST}first-four-weeks/"))
    programme = Programme.objects.get(slug="first-four-weeks")
    for part in programme.parts.select_related("practice"):
        assert isinstance(part.practice, Practice)
        assert (
            f'<a href="/practices/{part.practice.slug}/">{part.practice}</a>, 90 minutes' in words
        )
        assert part.title in words
        assert part.words.split("\n\n")[-1][:60] in words
    assert "Take it on" not in words


@pytest.mark.django_db
def test_a_programme_nobody_wrote_is_not_found() -> None:
    assert Client().get(f"{LIST}nowhere/").status_code == 404


@pytest.mark.django_db
def test_it_can_be_taken_on_with_ones_own_open_circles_of_its_scale() -> None:
    person, steward = make_person(), make_person("Steward")
    congregation = make_congregation(by=steward, name="Estuary")
    take_seat(circle=congregation, person=person)
    mine, closed, other = (make_bare_crew(name=name) for name in ("Mine", "Closed", "Other"))
    for crew in (mine, closed):
        take_seat(circle=crew, person=person)
    closed.closed_at = closed.created_at
    closed.save()
    client = Client()
    client.force_login(person)
    words = text(client.get(f"{LIST}first-four-weeks/"))
    assert reverse("practice:take_on", args=[mine.pk, "first-four-weeks"]) in words
    assert words.count("Take it on with") == 1
    assert other.name not in words
    # A gathering of all is planned by its stewards.
    assert "Take it on with" not in text(client.get(f"{LIST}practice-programme/"))
    client.force_login(steward)
    assert "Take it on with Estuary" in text(client.get(f"{LIST}practice-programme/"))


@pytest.mark.django_db
def test_the_pages_ask_no_more_for_many_meetings_than_for_few() -> None:
    def questions(url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(url).status_code == 200
        return len(asked)

    few = questions(LIST), questions(f"{LIST}first-four-weeks/")
    programme = Programme.objects.get(slug="first-four-weeks")
    for position in range(5, 25):
        ProgrammePart.objects.create(
            programme=programme,
            position=position,
            title="More",
            practice=Practice.objects.get(slug="troika"),
            minutes=30,
            words="Words.",
        )
        Programme.objects.create(slug=f"more-{position}", title="More", scale="crew")
    assert (questions(LIST), questions(f"{LIST}first-four-weeks/")) == few

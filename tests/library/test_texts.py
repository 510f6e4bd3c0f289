"""The practices that are shipped, and how a text becomes one."""

import re

import pytest
from django.utils import timezone

from circles.scales import LAWS
from library.models import Practice, Step
from library.reading import PracticeTextError, read
from library.services import TEXTS, ship_practices, shipped_texts

SLUGS = sorted(file.stem for file in TEXTS.glob("*.md"))

GOOD = """---
title: Troika 🪑
scale: crew
purpose: Help for everyone within half an hour.
people: 3 to 5
minutes: 12
roles: client, consultants
source: Liberating Structures
---

One is the client,
the others are consultants.

Then the chair is turned.

## Caution

Pause when it
gets too strong.

## Steps

- 10 min · The case: what is my question: and what help do I want?
- 2 min · Thanks: one word each.
"""


# --- those that are shipped -------------------------------------------------------------------


def test_there_is_something_to_practise_at_every_scale() -> None:
    assert {text.scale for text in shipped_texts().values()} == set(LAWS)
    assert len(SLUGS) >= 20


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_text_can_be_held_as_it_says(slug: str) -> None:
    text = shipped_texts()[slug]
    law = LAWS[text.scale]
    assert sum(step.minutes_for(text.people_most) for step in text.steps) == text.minutes
    assert 1 <= text.people_least <= text.people_most <= law.most
    if text.scale in {"self", "dyad"}:
        assert text.people_least == text.people_most == law.most
    assert text.people_most >= law.least
    assert 5 <= text.minutes <= 480
    assert text.opening
    assert text.source
    assert all(step.words for step in text.steps)
    longest = {"title": 120, "purpose": 300, "source": 300}
    for name, letters in longest.items():
        assert len(getattr(text, name)) <= letters
    assert all(len(step.title) <= 120 for step in text.steps)


# Minutes of the steps, with "each" and "silent" as the practice's source has them.
NUMBERS = {
    "case-clinic": "3 10 2s 10 20 10 5s",
    "listen-and-loop": "2 2 1 2 2 1",
    "mindful-dialogue": "2s 5 3 1 5 3 1",
    "noticing-game": "1 3 1",
    "troika": "1 2 5 2 1 2 5 2 1 2 5 2",
    "empathy-circle": "4 4e 12 4",
    "project-kitchen": "4 4 1 8 3s 3 2",
    "check-in-check-out": "1 2e 1e 1",
    "stewarding-talk": "3 9 6 4 9 6 4 4",
}


@pytest.mark.parametrize("slug", NUMBERS)
def test_the_known_practices_keep_the_numbers_of_their_source(slug: str) -> None:
    marks = {"talk": "", "each": "e", "silent": "s"}
    steps = shipped_texts()[slug].steps
    assert [f"{step.minutes}{marks[step.kind]}" for step in steps] == NUMBERS[slug].split()


def test_it_is_written_whose_turn_it_is() -> None:
    clinic, troika = shipped_texts()["case-clinic"], shipped_texts()["troika"]
    assert (clinic.roles, clinic.others) == (("case giver", "timekeeper"), "coaches")
    assert [step.who for step in clinic.steps[:4]] == ["", "case giver", "", "coaches"]
    assert {step.who for step in troika.steps} == {"", "first giver", "second giver", "third giver"}
    for dyadic in ("listen-and-loop", "mindful-dialogue", "stewarding-talk"):
        turns = [step.who for step in shipped_texts()[dyadic].steps if step.who]
        assert turns.count("A") == turns.count("B") == 3


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_text_is_written_cleanly(slug: str) -> None:
    words = (TEXTS / f"{slug}.md").read_text(encoding="utf-8")
    assert re.findall(r"TODO|FIXME|lorem|\t|[“”\"']\s*$", words, re.IGNORECASE) == []
    assert words.endswith("\n")


# --- reading ----------------------------------------------------------------------------------


def test_a_text_is_read_with_its_steps() -> None:
    text = read(GOOD)
    assert (text.title, text.scale, text.minutes) == ("Troika 🪑", "crew", 12)
    assert (text.people_least, text.people_most) == (3, 5)
    assert text.roles == ("client", "consultants")
    assert text.opening == (
        "One is the client, the others are consultants.\n\nThen the chair is turned."
    )
    assert text.caution == "Pause when it gets too strong."
    assert [(step.minutes, step.title) for step in text.steps] == [(10, "The case"), (2, "Thanks")]
    assert text.steps[0].words == "what is my question: and what help do I want?"


def test_a_mark_of_the_editor_at_the_beginning_and_windows_lines_do_no_harm() -> None:
    assert read("\ufeff" + GOOD) == read(GOOD)
    assert read(GOOD.replace("\n", "\r\n")) == read(GOOD)


def test_roles_and_caution_may_be_missing() -> None:
    text = read(re.sub(r"roles: .*\n|## Caution\n\n.*\n.*\n\n", "", GOOD))
    assert (text.roles, text.caution) == ((), "")


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("---\ntitle", "title", "the file begins with"),
        ("source: Liberating Structures\n---", "source: x", "the file begins with"),
        ("title: Troika 🪑\n", "", "the head lacks title"),
        ("purpose: Help for everyone within half an hour.", "purpose:", "the head lacks purpose"),
        ("roles: client", "rolls: client", "not a line of the head: “rolls: client, consultants”"),
        ("roles: client", "roles client", "not a line of the head"),
        (
            "scale: crew",
            "scale: team",
            "scale is one of self, dyad, crew, congregation, not",
        ),
        ("people: 3 to 5", "people: some", "people is a number or “3 to 6”, not “some”"),
        ("people: 3 to 5", "people: 5 to 3", "people runs from the smaller to the larger"),
        ("people: 3 to 5", "people: 0 to 3", "people runs from the smaller to the larger"),
        ("minutes: 12", "minutes: an hour", "minutes is a number"),
        ("minutes: 12", "minutes: 13", "the steps take 12 minutes, the head says 13"),
        ("- 2 min", "- 3 min", "the steps take 13 minutes, the head says 12"),
        ("- 2 min · Thanks: one", "- 0 min · Thanks: one", "takes at least a minute"),
        ("- 2 min · Thanks: one", "- two min · Thanks: one", "a step reads “- 10 min"),
        ("- 2 min · Thanks: one", "- 2 min · Thanks one", "a step reads “- 10 min"),
        ("## Caution", "## Warning", "unknown section “Warning”"),
        ("## Steps", "## Caution", "at least one step"),
    ],
)
def test_a_text_that_is_not_right_says_what_is_wrong(good: str, bad: str, says: str) -> None:
    assert good in GOOD
    with pytest.raises(PracticeTextError, match=re.escape(says)):
        read(GOOD.replace(good, bad, 1))


def test_an_empty_text_is_not_a_practice() -> None:
    with pytest.raises(PracticeTextError):
        read("")


# --- shipping ---------------------------------------------------------------------------------


def kept() -> tuple[list[object], list[object]]:
    """Everything there is, as values."""
    steps = Step.objects.order_by("practice", "position")
    return (
        list(Practice.objects.order_by("pk").values()),
        list(steps.values_list("practice", "position", "title", "words", "minutes")),
    )


@pytest.mark.django_db
def test_every_installation_has_them() -> None:
    shipped = Practice.objects.filter(is_shipped=True)
    assert sorted(shipped.values_list("slug", flat=True)) == SLUGS
    assert shipped.published().count() == len(SLUGS)
    clinic = shipped.get(slug="case-clinic")
    text = shipped_texts()["case-clinic"]
    assert [step.title for step in clinic.steps.all()] == [step.title for step in text.steps]
    assert (clinic.minutes, clinic.roles) == (text.minutes, list(text.roles))


@pytest.mark.django_db
def test_shipping_twice_changes_nothing() -> None:
    before = kept()
    assert ship_practices() == len(SLUGS)
    assert kept() == before


@pytest.mark.django_db
def test_shipping_again_brings_what_a_newer_version_says() -> None:
    before = kept()
    troika = Practice.objects.get(slug="troika")
    Practice.objects.filter(pk=troika.pk).update(title="Old", minutes=1)
    troika.steps.filter(position=1).delete()
    troika.steps.create(position=99, title="Old step", minutes=1)
    ship_practices()
    assert kept() == before


@pytest.mark.django_db
def test_a_practice_that_somebody_wrote_is_left_alone() -> None:
    Practice.objects.filter(slug="troika").update(is_shipped=False, title="Our own troika")
    ship_practices()
    assert Practice.objects.get(slug="troika").title == "Our own troika"


@pytest.mark.django_db
def test_a_practice_that_is_no_longer_shipped_or_not_published_stays_so() -> None:
    Practice.objects.filter(slug="troika").update(slug="old-troika", published_at=None)
    Practice.objects.filter(slug="pod-map").update(published_at=None)
    ship_practices()
    assert Practice.objects.get(slug="old-troika").published_at is None
    assert Practice.objects.get(slug="pod-map").published_at is None
    troika = Practice.objects.get(slug="troika")
    assert troika.published_at is not None
    assert troika.published_at <= timezone.now()

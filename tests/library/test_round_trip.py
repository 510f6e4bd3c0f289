"""A practice written as a file and read again, or typed into the form, is the same practice."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circles.scales import LAWS
from library.forms.writing import Writing, content_of
from library.reading import (
    LONGEST,
    MOST_MINUTES,
    PracticeText,
    PracticeTextError,
    TextStep,
    flowing,
    on_one_line,
    read,
)
from library.services import shipped_texts
from library.writing import write

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
NAME_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00:·,")


# Texts of every script take a while to make, above all on a busy machine.
unhurried = settings(max_examples=60)
# In letters; the longest are tried one by one below.
SOME = 20


def lines(name: str) -> st.SearchStrategy[str]:
    """Something on one line, not empty, of any letters there are."""
    words = st.text(LETTERS, min_size=1, max_size=min(LONGEST[name], SOME)).map(on_one_line)
    return words.filter(bool)


def names(name: str) -> st.SearchStrategy[str]:
    words = st.text(NAME_LETTERS, min_size=1, max_size=min(LONGEST[name], SOME)).map(on_one_line)
    return words.filter(lambda word: bool(word) and not word.endswith("(all others)"))


paragraphs = st.lists(
    st.text(LETTERS, max_size=SOME)
    | st.sampled_from(["## Steps", "# x", "\\# y", "---", "- 1 min"]),
    max_size=5,
).map(lambda parts: flowing("\n\n".join(parts)))


@st.composite
def practices(draw: st.DrawFn) -> PracticeText:
    scale = draw(st.sampled_from(list(LAWS)))
    most = draw(st.integers(1, LAWS[scale].most))
    if scale in {"self", "dyad"}:
        most = LAWS[scale].most
    least = most if scale in {"self", "dyad"} else draw(st.integers(1, most))
    *roles, others = draw(st.lists(names("role"), unique=True, min_size=1, max_size=4))
    others = draw(st.sampled_from([others, ""]))
    one = st.builds(
        TextStep,
        title=names("step"),
        words=lines("words"),
        minutes=st.integers(1, 20),
        kind=st.sampled_from(["talk", "silent", "each"]),
        who=st.sampled_from(["", others, *roles]),
    )
    steps = tuple(draw(st.lists(one, min_size=1, max_size=4)))
    minutes = sum(step.minutes_for(most) for step in steps)
    if minutes > MOST_MINUTES:
        steps = (TextStep("Only", "one", 5),)
        minutes = 5
    return PracticeText(
        title=draw(lines("title")),
        scale=scale,
        purpose=draw(lines("purpose")),
        opening=draw(paragraphs),
        caution=draw(paragraphs),
        people_least=least,
        people_most=most,
        minutes=minutes,
        roles=tuple(roles),
        others=others,
        source=draw(lines("source")),
        steps=steps,
    )


@unhurried
@given(practices())
def test_what_is_written_is_read_again_letter_by_letter(text: PracticeText) -> None:
    assert read(write(text)) == text


@unhurried
@given(practices())
def test_what_is_read_can_be_gone_on_with_in_the_form(text: PracticeText) -> None:
    writing = Writing(content_of(text), checked=True)
    assert writing.is_complete(), [writing.form.errors, *[step.errors for step in writing.steps]]
    assert writing.text() == text


@unhurried
@given(st.text(max_size=200))
def test_any_text_is_read_or_explained(text: str) -> None:
    with pytest.raises(PracticeTextError):
        read(text)


LINES = st.sampled_from(
    [
        "---",
        "title: T",
        "scale: crew",
        "scale: moon",
        "purpose: P",
        "people: 3 to 5",
        "people: 9" * 40,
        "minutes: 5",
        "minutes: " + "9" * 5000,
        "roles: a, b (all others)",
        "source: S",
        "",
        "Words.",
        "## Caution",
        "## Steps",
        "- 5 min · T: w",
        "- 5 min each · a · T: w",
        "- 99999999 min · T: w",
        "  and on",
    ]
)


@unhurried
@given(st.lists(LINES, max_size=30))
def test_a_file_in_any_disorder_is_read_or_explained(rows: list[str]) -> None:
    file = "\n".join(rows)
    try:
        text = read(file)
    except PracticeTextError as error:
        wrong = error
    else:
        assert read(write(text)) == text
        return
    assert 0 <= wrong.line <= len(rows) + 1
    assert wrong.says


@pytest.mark.parametrize("slug", sorted(shipped_texts()))
def test_every_shipped_text_survives_the_way_there_and_back(slug: str) -> None:
    text = shipped_texts()[slug]
    assert read(write(text)) == text


@pytest.mark.parametrize("name", ["title", "purpose", "source"])
def test_the_longest_that_fits_is_read_and_a_letter_more_is_not(name: str) -> None:
    text = shipped_texts()["troika"]
    longest: Any = {name: "ß" * LONGEST[name]}
    fits = PracticeText(**{**_fields(text), **longest})
    assert read(write(fits)) == fits
    longer: Any = {name: "ß" * (LONGEST[name] + 1)}
    with pytest.raises(PracticeTextError, match="there is room for") as caught:
        read(write(PracticeText(**{**_fields(text), **longer})))
    assert write(text).splitlines()[caught.value.line - 1].startswith(f"{name}:")


def _fields(text: PracticeText) -> dict[str, Any]:
    return {name: getattr(text, name) for name in PracticeText.__dataclass_fields__}


BROKEN = """---
title: Walk
scale: crew
purpose: To walk.
people: 3 to 5
minutes: 10
source: us
---

Walk.

## Steps

- 5 min · Open: how?
- 5 min · Close how?
"""


@pytest.mark.parametrize(
    ("good", "bad", "line"),
    [
        ("Close how", "Close how", 15),
        ("scale: crew", "scale: boat", 3),
        ("people: 3 to 5", "people: 3 to 7", 5),
        ("## Steps", "## Stops", 12),
        ("source: us", "sauce: us", 7),
        ("- 5 min · Open: how?", "- 5 min · Open: " + "x" * 1001, 14),
        ("- 5 min · Open: how?", "- 5 min · host · Open: how?", 14),
    ],
)
def test_an_error_names_its_line(good: str, bad: str, line: int) -> None:
    with pytest.raises(PracticeTextError, match=f"^Line {line}: ") as caught:
        read(BROKEN.replace(good, bad))
    assert caught.value.line == line


def test_a_steps_words_may_go_on_below() -> None:
    whole = BROKEN.replace("Close how?", "Close: how\n  do you\n  go?")
    assert [step.words for step in read(whole).steps] == ["how?", "how do you go?"]


def test_a_thousand_lines_are_explained_quickly() -> None:
    with pytest.raises(PracticeTextError, match="more than 60 steps"):
        read(BROKEN.partition("- 5")[0] + "- 5 min · A: b\n" * 50_000)
    with pytest.raises(PracticeTextError, match="a step reads"):
        read(BROKEN.partition("- 5")[0] + "- 5 min · " + "a · " * 50_000)

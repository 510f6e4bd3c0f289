"""Reading a programme from its text file: pure, strict, with errors that name the line.

A file begins with lines `key: value` between two lines of `---`; then a paragraph or more on
what the programme is; then each of its meetings, in order:

    ## The first case
    practice: case-clinic
    minutes: 90

    One person brings something that is stuck …

`practice` is the slug of a practice and may be left out; `minutes` is how long the whole meeting
takes, arriving and leaving included.
"""

import re
from dataclasses import dataclass

from library.reading import SCALES, flowing

KEYS = ("title", "scale", "purpose", "source")
PART_KEYS = ("practice", "minutes")
MOST_PARTS = 30


class ProgrammeTextError(ValueError):
    """What is wrong with a programme's file, and where."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """One meeting as written. `practice` is a slug or ""; `minutes` are those of the meeting."""

    title: str
    practice: str
    minutes: int
    words: str


@dataclass(frozen=True, slots=True)
class ProgrammeText:
    """A programme as written, before it is stored."""

    title: str
    scale: str
    purpose: str
    opening: str
    source: str
    parts: tuple[TextPart, ...]


def read_programme(text: str) -> ProgrammeText:
    """The programme in a file's text. Raises ProgrammeTextError."""
    pieces = re.split(r"^---\s*$", text.lstrip("\ufeff"), maxsplit=2, flags=re.MULTILINE)
    if len(pieces) != 3 or pieces[0].strip():
        raise ProgrammeTextError("the file begins with 'key: value' lines between two '---'")
    head = _values(pieces[1].strip().splitlines(), KEYS, "the head")
    if missing := [key for key in KEYS if not head.get(key)]:
        raise ProgrammeTextError(f"the head lacks {', '.join(missing)}")
    if head["scale"] not in SCALES:
        raise ProgrammeTextError(f"scale is one of {', '.join(SCALES)}, not {head['scale']!r}")
    opening, *sections = re.split(r"^## ", pieces[2], flags=re.MULTILINE)
    if not 1 <= len(sections) <= MOST_PARTS:
        raise ProgrammeTextError(f"a programme has 1 to {MOST_PARTS} meetings, each under '## '")
    return ProgrammeText(
        title=head["title"],
        scale=head["scale"],
        purpose=head["purpose"],
        opening=flowing(opening),
        source=head["source"],
        parts=tuple(_part(section) for section in sections),
    )


def _part(section: str) -> TextPart:
    facts, _, words = section.partition("\n\n")
    title, *lines = facts.splitlines()
    values = _values(lines, PART_KEYS, f"the meeting {title.strip()!r}")
    minutes = values.get("minutes", "")
    if not title.strip() or not words.strip():
        raise ProgrammeTextError(f"a meeting needs a title and some words: {title.strip()!r}")
    if not re.fullmatch(r"[1-9]\d{0,2}", minutes):
        raise ProgrammeTextError(f"{title.strip()!r} lasts a number of minutes, not {minutes!r}")
    return TextPart(
        title=title.strip(),
        practice=values.get("practice", ""),
        minutes=int(minutes),
        words=flowing(words),
    )


def _values(lines: list[str], keys: tuple[str, ...], where: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in keys or key.strip() in values:
            raise ProgrammeTextError(f"not a line of {where}: {line!r}")
        values[key.strip()] = value.strip()
    return values

"""Finding words whatever their case and accents, and showing where they stand."""

import re
import unicodedata
from dataclasses import dataclass, field

AROUND = 110
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
LONG, MOST_SHOWN = 2_000, 40_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `is_hit` where it is what was looked for."""

    text: str = field(repr=False)
    is_hit: bool = False


def fold(text: str) -> str:
    """The text without case and accents: "Ärger" and "arger" become the same."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return BEYOND_ASCII.sub(_without_marks, apart).casefold()


def wanted(typed: str) -> list[str]:
    """The words somebody looks for, folded; all of them must be there."""
    return [word for word in dict.fromkeys(fold(typed).split()) if word]


def holds(text: str, words: list[str]) -> bool:
    """Whether every word stands somewhere in the text."""
    folded = fold(text)
    return all(word in folded for word in words)


def pieces(text: str, words: list[str], *, around: int = AROUND) -> list[Piece]:
    """The text around its first hit, cut where hits begin and end."""
    if not words:
        return [Piece(text[: 2 * around])] if text else []
    if len(text) > LONG:
        # Only around the first hit is every letter looked at.
        lines = text.splitlines()
        text = next((line for line in lines if any(word in fold(line) for word in words)), text)
    text = text[:MOST_SHOWN]
    folded, places = _folded_with_places(text)
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    hits = [
        (places[hit.start()], places[hit.end() - 1] + 1) for hit in re.finditer(pattern, folded)
    ]
    first = hits[0][0] if hits else 0
    begins, ends = max(0, first - around), min(len(text), first + 2 * around)
    found = [Piece("…")] if begins else []
    at = begins
    for start, end in hits:
        if at <= start < ends:
            found += [Piece(text[at:start]), Piece(text[start:end], is_hit=True)]
            at = end
    found.append(Piece(text[at : max(at, ends)] + ("…" if ends < len(text) else "")))
    return [piece for piece in found if piece.text]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = fold(letter)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


def _without_marks(run: re.Match[str]) -> str:
    return "".join(letter for letter in run[0] if not unicodedata.combining(letter))

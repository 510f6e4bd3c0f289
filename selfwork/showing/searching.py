"""Looking for words in what one wrote: opened in memory for the one request, nothing stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from people.models import Person
from selfwork.rules.searching import Piece, holds, pieces, wanted
from selfwork.services import vault_of
from selfwork.showing.exporting import when_in_words
from selfwork.showing.kept import Kept, sources

MOST_FOUND = 50
MOST_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that holds the words, and where in it they stand."""

    kind: str
    url: str
    when: str
    title: list[Piece] = field(repr=False)
    words: list[Piece] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the newest first; whether there is more, and whether all was looked at."""

    hits: list[Hit] = field(repr=False)
    is_more: bool = False
    is_all: bool = True


def search(owner: Person, typed: str, *, seconds: float = MOST_SECONDS) -> Found:
    """Everything of the owner's that holds all words. Raises VaultError."""
    words, found = wanted(typed), []
    ends, is_all = monotonic() + seconds, True
    for kept in _everything(owner) if words else ():
        if monotonic() > ends:
            is_all = False
            break
        if holds(f"{kept.title}\n{kept.words}", words):
            found.append(kept)
    found.sort(key=lambda kept: kept.when.timestamp() if kept.when else 0, reverse=True)
    hits = [_hit(kept, words) for kept in found[:MOST_FOUND]]
    return Found(hits, is_more=len(found) > MOST_FOUND, is_all=is_all)


def _everything(owner: Person) -> Iterator[Kept]:
    vault = vault_of(owner)
    for one in sources:
        yield from one.rows(owner, vault)


def _hit(kept: Kept, words: list[str]) -> Hit:
    return Hit(
        kept.kind,
        kept.url,
        when_in_words(kept),
        pieces(kept.title, words),
        pieces(kept.words, words),
    )

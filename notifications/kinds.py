"""The kinds of mail there are. High apps register theirs at start-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from notifications.letters import Dropped, Letter
    from notifications.models import Notice


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail: what it is called, how to build it, when it is due by itself.

    `build` looks at the present state when the mail is about to go, and may drop it.
    `due` (for what the clock brings) returns unsaved notices that should be owed by `now`;
    the ledger keeps each once.
    """

    slug: str
    title: _StrOrPromise
    build: Callable[[Notice], Letter | Dropped]
    description: _StrOrPromise = ""
    can_be_stopped: bool = True
    # Whether it is chosen by a tick of its own; others are chosen by a section of the page.
    has_tick: bool = True
    # Sent before everything else: somebody sits and waits for it.
    is_urgent: bool = False
    due: Callable[[datetime], Iterable[Notice]] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; the same slug again replaces it."""
    _kinds[kind.slug] = kind
    return kind


def find(slug: str) -> Kind | None:
    """The kind of that name, or None for one that a later version dropped."""
    return _kinds.get(slug)


def is_urgent(slug: str) -> bool:
    """Whether somebody sits and waits for this kind."""
    kind = find(slug)
    return kind is not None and kind.is_urgent


def every() -> list[Kind]:
    """All kinds, in the order in which they were registered."""
    return list(_kinds.values())


def ticked() -> list[Kind]:
    """Those with a tick of their own on the page where a person chooses their mail."""
    return [kind for kind in stoppable() if kind.has_tick]


def stoppable() -> list[Kind]:
    """Those a person may switch off."""
    return [kind for kind in _kinds.values() if kind.can_be_stopped]

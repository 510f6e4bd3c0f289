"""Everything readable that somebody keeps here, whatever it is: for taking along and searching.

Each noun says how its rows are opened and named by a source:

    @source(_("Parts"), Part)
    def parts(owner: Person, vault: Vault) -> Iterable[Kept]: ...

A source costs a fixed number of queries, and opens the owner's rows with the owner's vault.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from selfwork.looks import opened as opened
from selfwork.looks import read_look
from selfwork.models import (
    Conversation,
    Part,
    Tie,
    TieKind,
    Turn,
    Unsent,
)
from selfwork.showing.parts import open_kind
from selfwork.vault import Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing, readable: what it is, its name, when it was written, all its words, its page."""

    kind: str
    title: str = field(repr=False)
    when: datetime | None
    words: str = field(repr=False)
    url: str = ""


Rows = Callable[[Person, Vault], Iterable[Kept]]


@dataclass(frozen=True, slots=True)
class Source:
    """A noun's rows under the heading they have in a file; `models` are those it opens."""

    heading: str | Promise
    models: tuple[type[Model], ...]
    rows: Rows


sources: list[Source] = []


def source(heading: str | Promise, *models: type[Model]) -> Callable[[Rows], Rows]:
    """Register a function as the source of these models' words."""

    def register(rows: Rows) -> Rows:
        sources.append(Source(heading, models, rows))
        return rows

    return register


def walk(owner: Person, vault: Vault) -> Iterator[tuple[str, list[Kept]]]:
    """Every heading with what is kept under it; nothing for an empty one."""
    for one in sources:
        if kept := list(one.rows(owner, vault)):
            yield str(one.heading), kept


def labelled(*pairs: tuple[str | Promise, str]) -> str:
    """Answers under their questions, those that were given."""
    return "\n\n".join(f"{label}: {words}" for label, words in pairs if words)


def plain(words: str) -> str:
    """What a person wrote, out of sealed JSON: its texts, in order; else the words as they are."""
    try:
        return "\n\n".join(_texts(json.loads(words)))
    except ValueError:
        return words


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def names_of(owner: Person, vault: Vault) -> dict[int, str]:
    """What the owner's parts are called."""
    named = Part.objects.filter(owner=owner).only("name")
    return {part.pk: vault.open(part.name) for part in named}


# --- until each noun has a module of its own ---------------------------------------------------


@source(gettext_lazy("Parts"), Part)
def parts(owner: Person, vault: Vault) -> Iterator[Kept]:
    """Parts with all that is known of them, the first met first."""
    for part in Part.objects.filter(owner=owner).order_by("met_at", "pk"):
        known = labelled(
            (_("Where I notice it"), opened(vault, part.body_place)),
            (_("What it does for me"), opened(vault, part.does_for_me)),
            (_("What it is afraid of"), opened(vault, part.fears)),
            (_("What it needs"), opened(vault, part.needs)),
            (_("When it shows up"), opened(vault, part.shows_up)),
            (_("Colour and shape"), read_look(opened(vault, part.look)).words),
        )
        url = reverse("selfwork:part", args=[part.pk])
        yield Kept(_("part"), vault.open(part.name), part.met_at, known, url)


@source(gettext_lazy("How they relate"), Tie)
def ties(owner: Person, vault: Vault) -> Iterator[Kept]:
    """Each tie between two parts, in a sentence."""
    names = names_of(owner, vault)
    for tie in Tie.objects.filter(one__owner=owner).order_by("pk"):
        said = _("%(one)s %(word)s %(other)s") % {
            "one": names.get(tie.one_id, ""),
            "word": TieKind(open_kind(tie, vault)).label,
            "other": names.get(tie.other_id, ""),
        }
        url = reverse("selfwork:part", args=[tie.one_id])
        yield Kept(_("tie"), said, None, "", url)


@source(gettext_lazy("Conversations"), Turn, Conversation, Unsent)
def conversations(owner: Person, vault: Vault) -> Iterator[Kept]:
    """Each conversation as it went, with what was typed and not said."""
    names = names_of(owner, vault)
    unsent = Unsent.objects.order_by("changed_at", "pk")
    talks = Conversation.objects.filter(part__owner=owner).order_by("begun_at", "pk")
    for talk in talks.prefetch_related("turns", Prefetch("unsent", unsent)):
        name = names.get(talk.part_id, "")
        said = [
            f"{name if turn.voice == 'part' else _('I')}: {vault.open(turn.body)}"
            for turn in talk.turns.all()
        ]
        said += [f"({_('not sent')}) {vault.open(one.body)}" for one in talk.unsent.all()]
        title = _("With %(name)s") % {"name": name}
        url = reverse("selfwork:conversation", args=[talk.pk])
        yield Kept(_("conversation"), title, talk.begun_at, "\n\n".join(said), url)

"""Private notes to meetings, opened for their owner."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from practice.models import PracticeSession
from practice.showing.after import Further
from selfwork.models import Noticed
from selfwork.services.parallel import TABLES
from selfwork.showing.kept import Kept, labelled, names_of, source
from selfwork.vault import Vault

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note, readable. The meeting has a name that tells nothing of whose it was."""

    pk: int
    meeting: str
    noted_at: datetime
    part_pks: list[int]
    parts: list[str] = field(repr=False)
    words: str = field(repr=False)


def name_of(session: PracticeSession | None) -> str:
    """ "Crew, Tuesday 1 December 2026"; a meeting that is gone has no day."""
    if session is None:
        return _("A meeting")
    day = date_format(timezone.localtime(session.starts_at), "l j F Y")
    return f"{session.circle.get_scale_display()}, {day}"


def open_note(note: Noticed, vault: Vault, names: Mapping[int, str]) -> OpenNote:
    """The note with its words; `names` of the owner's parts by id."""
    parts, words = _read(vault.open(note.words))
    return OpenNote(
        pk=note.pk,
        meeting=name_of(note.session),
        noted_at=note.noted_at,
        part_pks=parts,
        parts=[names[pk] for pk in parts if pk in names],
        words=words,
    )


def _read(sealed: str) -> tuple[list[int], str]:
    try:
        kept = json.loads(sealed)
    except ValueError:
        return [], sealed
    if not isinstance(kept, dict):
        return [], sealed
    return kept.get("parts", []), kept.get("words", "")


@dataclass(frozen=True, slots=True)
class Notes:
    """A page of notes."""

    page: Page[Noticed]
    notes: list[OpenNote]


def notes_of(owner: Person, vault: Vault, number: str | None) -> Notes:
    """The owner's notes, the latest first."""
    rows = Noticed.objects.filter(owner=owner).select_related("session__circle")
    page = Paginator(rows, A_PAGE).get_page(number)
    return Notes(page, list(_open_all(owner, vault, page)))


def _open_all(owner: Person, vault: Vault, rows: Iterable[Noticed]) -> Iterator[OpenNote]:
    names = names_of(owner, vault)
    return (open_note(note, vault, names) for note in rows)


def after_a_meeting(session: PracticeSession, person: Person) -> Further | None:
    """The question on the page of leaving: the same for everybody, whatever they have noted."""
    if session.circle.scale not in TABLES:
        return None
    return Further(
        heading=_("Which part of you was there?"),
        words=_("If you like, note it for yourself. Only you can read it."),
        url=reverse("selfwork:noticed_at", args=[session.pk]),
        action=_("Note it for myself"),
    )


@source(gettext_lazy("Which part of me was there"), Noticed)
def noticed(owner: Person, vault: Vault) -> Iterator[Kept]:
    """Private notes to meetings, in the order they were written."""
    rows = Noticed.objects.filter(owner=owner).select_related("session__circle")
    for note in _open_all(owner, vault, rows.order_by("noted_at", "pk")):
        words = "\n\n".join(
            filter(None, [labelled((_("Parts"), ", ".join(note.parts))), note.words])
        )
        url = reverse("selfwork:noticed", args=[note.pk])
        yield Kept(_("note to a meeting"), note.meeting, note.noted_at, words, url)

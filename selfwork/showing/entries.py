"""Guided practices as they were done, opened with the owner's vault, for one request."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import Person
from selfwork.entry_words import opened_entry
from selfwork.models import Entry
from selfwork.rules.guides import (
    BY_PRACTICE,
    FEEL,
    LETTER,
    MEET,
    PODS,
    Guide,
    Step,
    guide_of,
)
from selfwork.rules.sheets import Sheet
from selfwork.vault import Vault

A_PAGE = 30
MOST_GOING_ON = 5


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step and what was written on it."""

    number: int
    step: Step
    sheet: Sheet = field(repr=False)

    @property
    def choice(self) -> str:
        """What was said with a tap, in words."""
        return str(dict(self.step.choices).get(self.sheet.choice, ""))


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """A practice as it was done, readable."""

    entry: Entry
    guide: Guide
    prompt: str = field(repr=False)
    part: str = field(repr=False)
    steps: list[OpenStep] = field(repr=False)

    @property
    def pk(self) -> int:
        """Of the row."""
        return self.entry.pk

    @property
    def title(self) -> str:
        """What it was, and with whom."""
        if not self.part:
            return str(self.guide.title)
        if self.guide == LETTER:
            return _("A letter to %(name)s") % {"name": self.part}
        return _("Meeting %(name)s") % {"name": self.part}

    @property
    def number(self) -> int:
        """The step to go on with, from 1."""
        return min(max(self.entry.step, 1), len(self.steps))

    @property
    def is_letter(self) -> bool:
        """Whether it is one that may be answered."""
        return self.guide == LETTER

    @property
    def is_meeting(self) -> bool:
        """Whether a part can be named in it."""
        return self.guide == MEET

    @property
    def is_pod_map(self) -> bool:
        """Whether it says whom one would call."""
        return self.guide == PODS

    @property
    def is_written(self) -> bool:
        """Whether any words stand in it."""
        return any(not one.sheet.is_empty for one in self.steps)

    @property
    def waits(self) -> Entry | None:
        """The one that was put aside to meet this part first, while it is not done."""
        other = self.entry.comes_from
        return other if other is not None and other.ended_at is None else None


def feel_number() -> int:
    """The step of a meeting at which one looks how one feels toward the part."""
    return MEET.number_of(FEEL)


def open_entry(entry: Entry, vault: Vault) -> OpenEntry:
    """One of them with its words; its part is asked for with it."""
    guide, words = guide_of(entry.kind), opened_entry(vault, entry.words)
    steps = [
        OpenStep(number, step, words.sheet(step.name))
        for number, step in enumerate(guide.steps, start=1)
    ]
    part = vault.open(entry.part.name) if entry.part else ""
    return OpenEntry(entry, guide, words.prompt, part, steps)


def ahead_of(entry: Entry) -> Entry | None:
    """The meeting with another part that comes first, while it goes on."""
    return entry.led_to.filter(ended_at__isnull=True).first()


@dataclass(frozen=True, slots=True)
class Row:
    """One practice in a list."""

    entry: Entry
    title: str = field(repr=False)
    is_waiting: bool = False


def rows_of_entries(
    owner: Person, vault: Vault, number: str | None
) -> tuple[Page[Entry], list[Row]]:
    """A page of all that was done or begun, the latest first."""
    mine = _in_rows(owner).filter(step__gt=0)
    page = Paginator(mine, A_PAGE).get_page(number)
    return page, _rows(page, vault)


def going_on(owner: Person, vault: Vault) -> list[Row]:
    """What was begun and not ended, the latest first; a handful."""
    mine = _in_rows(owner).filter(step__gt=0, ended_at__isnull=True).order_by("-changed_at", "-pk")
    return _rows(mine[:MOST_GOING_ON], vault)


def _in_rows(owner: Person) -> QuerySet[Entry]:
    mine = Entry.objects.filter(owner=owner).select_related("part").defer("words")
    return mine.order_by("-begun_at", "-pk")


def _rows(entries: Iterable[Entry], vault: Vault) -> list[Row]:
    entries = list(entries)
    first = Entry.objects.filter(comes_from__in=entries, ended_at__isnull=True)
    put_aside = set(first.values_list("comes_from", flat=True))
    return [
        Row(
            entry,
            OpenEntry(
                entry,
                guide_of(entry.kind),
                "",
                vault.open(entry.part.name) if entry.part else "",
                [],
            ).title,
            entry.ended_at is None and entry.pk in put_aside,
        )
        for entry in entries
    ]


def where_to_do(practice: str) -> str:
    """The address of the guided version of a practice in the library, "" when there is none."""
    if practice == "parts-map":
        return reverse("selfwork:map")
    guide = BY_PRACTICE.get(practice)
    return reverse("selfwork:begin", args=[guide.slug]) if guide else ""

"""How somebody was, over weeks: a quiet picture, the same in sentences, and a list."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person
from selfwork.entry_words import opened_check_in
from selfwork.models import CheckIn
from selfwork.rules.feelings import FEELINGS, by_week, monday_of
from selfwork.showing.kept import names_of
from selfwork.vault import Vault

A_PAGE = 30
WEEKS = 8
# Marks in the picture; more of one week go on in a row below it.
MOST_IN_PICTURE = 400
IN_A_ROW = 10
MARK, GAP = 24, 6


@dataclass(frozen=True, slots=True)
class OpenCheckIn:
    """A check-in, readable."""

    pk: int
    at: datetime
    how: str
    label: str
    parts: list[str] = field(repr=False)
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in the picture: its shape, and where its corner lies."""

    how: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Week:
    """What was felt in a week, as marks and as a sentence."""

    monday: date
    marks: list[Mark]
    words: str

    @property
    def width(self) -> int:
        """Of the picture, always as wide as a full row, so that all weeks are as large."""
        return IN_A_ROW * (MARK + GAP)

    @property
    def height(self) -> int:
        """Of the picture."""
        return max(mark.y for mark in self.marks) + MARK


def label_of(how: str) -> str:
    """The word for it."""
    return str(dict(FEELINGS).get(how, how))


def open_check_in(one: CheckIn, vault: Vault, names: dict[int, str]) -> OpenCheckIn:
    """With its words; parts that are gone are left out."""
    words = opened_check_in(vault, one.words)
    parts = [names[pk] for pk in words.parts if pk in names]
    return OpenCheckIn(one.pk, one.at, words.how, label_of(words.how), parts, words.note)


def check_ins_of(
    owner: Person, vault: Vault, number: str | None
) -> tuple[Page[CheckIn], list[OpenCheckIn]]:
    """A page of all of them, the latest first."""
    page = Paginator(CheckIn.objects.filter(owner=owner), A_PAGE).get_page(number)
    names = names_of(owner, vault)
    return page, [open_check_in(one, vault, names) for one in page]


def weeks_of(owner: Person, vault: Vault) -> list[Week]:
    """The last weeks in which something was felt, the latest first."""
    since = monday_of(timezone.localdate()) - timedelta(weeks=WEEKS - 1)
    rows = CheckIn.objects.filter(owner=owner, at__date__gte=since)[:MOST_IN_PICTURE]
    # The latest come first; within a day, what was felt first stands first.
    felt = [
        (timezone.localtime(one.at).date(), opened_check_in(vault, one.words).how)
        for one in reversed(rows)
    ]
    known = dict(FEELINGS)
    weeks = by_week((day, how) for day, how in felt if how in known)
    return [Week(monday, _marks(hows), _in_words(hows)) for monday, hows in weeks]


def _marks(hows: list[str]) -> list[Mark]:
    step = MARK + GAP
    return [
        Mark(how, index % IN_A_ROW * step, index // IN_A_ROW * step)
        for index, how in enumerate(hows)
    ]


def _in_words(hows: list[str]) -> str:
    return str(_(", then ")).join(label_of(how).lower() for how in hows)

"""Everything somebody keeps here as one readable file: the only export there is."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from people.lost_locks import closed_until
from people.models import Person
from selfwork.models import Door
from selfwork.services import vault_of
from selfwork.showing.kept import Kept, walk
from selfwork.vault import VaultError


def when_in_words(kept: Kept) -> str:
    """The day and hour it was written, in the reader's zone; "" when that is not known."""
    return date_format(localtime(kept.when), "j F Y, H:i") if kept.when else ""


def as_markdown(owner: Person) -> str:
    """All of it in Markdown, by noun, each in the order it was written. Raises VaultError."""
    return "\n\n".join(_blocks(owner)) + "\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing in a file: its name, when it was written, its words."""

    title: str = field(repr=False)
    when: str
    words: str = field(repr=False)


def in_sections(owner: Person) -> list[tuple[str, list[Shown]]]:
    """All of it under its headings. Raises VaultError."""
    return [
        (heading, [Shown(kept.title, when_in_words(kept), kept.words) for kept in rows])
        for heading, rows in walk(owner, vault_of(owner))
    ]


def as_text_or_why_not(owner: Person) -> str:
    """For "everything kept about you", which must come also when a key does not fit, and open no
    door that stays closed."""
    if closed_until(owner) and Door.objects.filter(owner=owner, asks_after__isnull=False).exists():
        return _("Closed: the second lock of your account was taken off. Ask again in some days.")
    try:
        return as_markdown(owner)
    except VaultError:
        return _("Sealed: the key does not fit just now. Nothing is lost; ask again later.")


def _blocks(owner: Person) -> Iterator[str]:
    yield "# " + _("My self-work")
    for heading, rows in in_sections(owner):
        yield f"## {heading}"
        for shown in rows:
            yield "### " + _on_one_line(shown.title)
            if shown.when:
                yield f"*{shown.when}*"
            if shown.words:
                yield shown.words


def _on_one_line(title: str) -> str:
    return " ".join(title.split())

"""Everything somebody keeps here as one readable file: the only export there is."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from people.models import Person
from selfwork.services import vault_of
from selfwork.showing.kept import Kept, walk
from selfwork.vault import VaultError


def when_in_words(kept: Kept) -> str:
    """The day and hour it was written, in the reader's zone; "" when that is not known."""
    return date_format(localtime(kept.when), "j F Y, H:i") if kept.when else ""


def as_markdown(owner: Person) -> str:
    """All of it in Markdown, by noun, each in the order it was written. Raises VaultError."""
    return "\n\n".join(_blocks(owner)) + "\n"


def as_text_or_why_not(owner: Person) -> str:
    """For "everything kept about you", which must come also when a key does not fit."""
    try:
        return as_markdown(owner)
    except VaultError:
        return _("Sealed: the key does not fit just now. Nothing is lost; ask again later.")


def _blocks(owner: Person) -> Iterator[str]:
    yield "# " + _("My self-work")
    for heading, rows in walk(owner, vault_of(owner)):
        yield f"## {heading}"
        for kept in rows:
            yield "### " + _on_one_line(kept.title)
            if when := when_in_words(kept):
                yield f"*{when}*"
            if kept.words:
                yield kept.words


def _on_one_line(title: str) -> str:
    return " ".join(title.split())

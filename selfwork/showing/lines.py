"""Sentences carried into dyads and crews: as those read them who sit there, and as their owner."""

import re
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Circle, Membership
from people.models import Person
from selfwork.entry_words import opened_entry
from selfwork.models import CarriedLine, Entry, Turn
from selfwork.models.parallel import LONGEST_LINE
from selfwork.services.parallel import TABLES
from selfwork.showing.kept import Kept, source
from selfwork.vault import Vault

MOST_SENTENCES = 40


def lines_in(circle: Circle, reader: Person) -> list[CarriedLine] | None:
    """What lies in a circle for somebody who sits there, the latest first; None for nothing."""
    if not circle.is_open:
        return None
    lines = CarriedLine.objects.readable_by(reader).filter(circle=circle.pk)
    return list(lines.select_related("owner")) or None


def lines_of(owner: Person) -> list[CarriedLine]:
    """Where sentences of the owner's lie now."""
    return list(CarriedLine.objects.filter(owner=owner).select_related("circle"))


def circles_to_carry_into(owner: Person) -> QuerySet[Circle]:
    """The open dyads and crews in which the owner sits, by name."""
    seats = Membership.objects.present().filter(person=owner, circle=OuterRef("pk"))
    tables = Circle.objects.open().filter(Exists(seats), scale__in=TABLES)
    return tables.order_by("name", "pk")


def sentences_of(vault: Vault, row: Turn | Entry) -> list[str]:
    """The sentences of something written, those that are short enough to be carried."""
    words = vault.open(row.body) if isinstance(row, Turn) else _of_sheets(vault, row)
    found = (" ".join(one.split()) for one in re.split(r"(?<=[.!?…。！？؟])\s+|\n+", words))
    short = (one for one in found if 0 < len(one) <= LONGEST_LINE)
    return list(dict.fromkeys(short))[:MOST_SENTENCES]


def _of_sheets(vault: Vault, entry: Entry) -> str:
    sheets = opened_entry(vault, entry.words).sheets.values()
    return "\n".join(words for sheet in sheets for words in (sheet.said, *sheet.also.values()))


@source(gettext_lazy("Carried out"), CarriedLine)
def carried(owner: Person, vault: Vault) -> Iterator[Kept]:
    """The sentences that lie in circles."""
    lines = CarriedLine.objects.filter(owner=owner).select_related("circle")
    for line in lines.order_by("carried_at", "pk"):
        title = _("Into %(name)s") % {"name": str(line.circle)}
        url = reverse("selfwork:carried")
        yield Kept(_("sentence"), title, line.carried_at, line.words, url)

"""Practices, check-ins and whom one would call, for taking along and searching."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from selfwork.entry_words import opened_entry
from selfwork.models import CheckIn, Door, Entry
from selfwork.showing.check_ins import open_check_in
from selfwork.showing.entries import open_entry
from selfwork.showing.kept import Kept, labelled, names_of, opened, source
from selfwork.vault import Vault


@source(gettext_lazy("Practices"), Entry)
def entries(owner: Person, vault: Vault) -> Iterator[Kept]:
    """Guided practices as they were done, each answer under its question."""
    mine = Entry.objects.filter(owner=owner).select_related("part", "comes_from")
    for entry in mine.order_by("begun_at", "pk"):
        if entry.words is not None:
            shown = open_entry(entry, vault)
            url = reverse("selfwork:entry", args=[entry.pk])
            yield Kept(_("practice"), shown.title, entry.begun_at, _answers(entry, vault), url)


def _answers(entry: Entry, vault: Vault) -> str:
    shown, words = open_entry(entry, vault), opened_entry(vault, entry.words)
    known = {one.step.name for one in shown.steps}
    pairs = [(one.step.question, _on(one.choice, one.sheet.said)) for one in shown.steps]
    beside = [kept for one in shown.steps for kept in one.sheet.also.values()]
    others = [sheet.said for name, sheet in words.sheets.items() if name not in known]
    return "\n\n".join(part for part in (shown.prompt, labelled(*pairs), *beside, *others) if part)


def _on(choice: str, said: str) -> str:
    return ". ".join(part for part in (choice, said) if part)


@source(gettext_lazy("Check-ins"), CheckIn)
def check_ins(owner: Person, vault: Vault) -> Iterator[Kept]:
    """How I was, day by day."""
    names, url = names_of(owner, vault), reverse("selfwork:check_ins")
    for one in CheckIn.objects.filter(owner=owner).order_by("at", "pk"):
        shown = open_check_in(one, vault, names)
        words = labelled((_("Here were"), ", ".join(shown.parts)))
        said = "\n\n".join(part for part in (words, shown.note) if part)
        yield Kept(_("check-in"), shown.label or _("How I was"), one.at, said, url)


@source(gettext_lazy("Whom I would call"), Door)
def would_call(owner: Person, vault: Vault) -> Iterator[Kept]:
    """The people written down for a hard hour."""
    url = reverse("selfwork:would_call")
    for door in Door.objects.filter(owner=owner, would_call__isnull=False):
        words = opened(vault, door.would_call)
        yield Kept(_("people"), _("Whom I would call"), None, words, url)

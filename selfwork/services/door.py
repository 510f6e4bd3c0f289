"""How the private place is opened, and whom its owner would call."""

from collections.abc import Iterable

from django.db import transaction

from people.models import Person
from selfwork.entry_words import opened_lines
from selfwork.models import Door
from selfwork.services.keys import sealed, vault_for_writing


def set_door(*, owner: Person, asks_after: int | None) -> None:
    """Ask for a second look after these minutes; 0 each time, None never."""
    Door.objects.update_or_create(owner=owner, defaults={"asks_after": asks_after})


@transaction.atomic
def set_would_call(*, owner: Person, people: Iterable[str], seen: Iterable[str]) -> list[str]:
    """Keep whom one would call, one a line; returns who is kept.

    Somebody whom another window wrote down since (`seen` is what this one had before it) stays.
    """
    vault = vault_for_writing(owner)
    door, _is_new = Door.objects.get_or_create(owner=owner)
    known = set(seen)
    before = [one for one in opened_lines(vault, door.would_call) if one not in known]
    kept = list(dict.fromkeys([*people, *before]))
    Door.objects.filter(pk=door.pk).update(would_call=sealed(vault, "\n".join(kept)))
    return kept

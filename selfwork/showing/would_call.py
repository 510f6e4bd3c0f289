"""Whom somebody would call in a hard hour."""

from people.models import Person
from selfwork.entry_words import opened_lines
from selfwork.models import Door
from selfwork.vault import Vault


def would_call(owner: Person, vault: Vault) -> list[str]:
    """In their own words, one each."""
    door = Door.objects.filter(owner=owner, would_call__isnull=False).first()
    return opened_lines(vault, door.would_call) if door else []

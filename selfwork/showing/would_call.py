"""Whom somebody would call in a hard hour."""

from people.models import Person
from selfwork.entry_words import opened_lines
from selfwork.models import Door
from selfwork.services import vault_of
from selfwork.vault import Vault


def would_call(owner: Person, vault: Vault | None = None) -> list[str]:
    """In their own words, one each. Raises VaultError."""
    door = Door.objects.filter(owner=owner, would_call__isnull=False).first()
    return opened_lines(vault or vault_of(owner), door.would_call) if door else []

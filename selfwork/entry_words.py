"""The words of an entry and of a check-in, between sealed JSON and what the rules know."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from selfwork.rules.sheets import Sheet
from selfwork.vault import Sealed, Vault


@dataclass(frozen=True, slots=True)
class EntryWords:
    """The question of a journal, and a sheet for each step that was written on."""

    prompt: str = field(default="", repr=False)
    sheets: dict[str, Sheet] = field(default_factory=dict, repr=False)

    def sheet(self, name: str) -> Sheet:
        """One step's sheet, an empty one when nothing was written."""
        return self.sheets.get(name, Sheet())


def opened_entry(vault: Vault, sealed: Sealed | None) -> EntryWords:
    """Raises VaultError. Words that are no such JSON stand on one sheet as they are."""
    text = vault.open(sealed) if sealed else ""
    kept = _as_object(text)
    if kept is None:
        return EntryWords(sheets={"": Sheet(said=text)} if text else {})
    sheets = {name: Sheet(**sheet) for name, sheet in kept.get("sheets", {}).items()}
    return EntryWords(str(kept.get("prompt", "")), sheets)


def sealed_entry(vault: Vault, words: EntryWords) -> Sealed:
    """The words as cipher text."""
    sheets = {name: asdict(sheet) for name, sheet in words.sheets.items() if not sheet.is_empty}
    return vault.seal(json.dumps({"prompt": words.prompt, "sheets": sheets}))


@dataclass(frozen=True, slots=True)
class CheckInWords:
    """How one was, which parts were there, a word."""

    how: str = ""
    parts: list[int] = field(default_factory=list)
    note: str = field(default="", repr=False)


def opened_check_in(vault: Vault, sealed: Sealed) -> CheckInWords:
    """Raises VaultError."""
    text = vault.open(sealed)
    kept = _as_object(text)
    return CheckInWords(note=text) if kept is None else CheckInWords(**kept)


def sealed_check_in(vault: Vault, words: CheckInWords) -> Sealed:
    """The words as cipher text."""
    return vault.seal(json.dumps(asdict(words)))


def opened_lines(vault: Vault, sealed: Sealed | None) -> list[str]:
    """Names of people, one a line. Raises VaultError."""
    return vault.open(sealed).split("\n") if sealed else []


def _as_object(text: str) -> dict[str, Any] | None:
    try:
        kept = json.loads(text)
    except ValueError:
        return None
    return kept if isinstance(kept, dict) else None

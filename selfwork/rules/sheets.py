"""What is written on one step of a guided practice, when one or two windows write on it."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of one step.

    `by`: the window that wrote them, `at`: the version in which it did. `also`: what another
    window wrote beside them without having seen them, by window.
    """

    said: str = field(default="", repr=False)
    choice: str = ""
    by: str = ""
    at: int = 0
    also: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.said.strip() or self.choice or self.also)


def written(sheet: Sheet, *, said: str, choice: str, by: str, seen: int, version: int) -> Sheet:
    """The sheet after a window that has `seen` that version wrote on it, which makes `version`.

    Words that this window has not seen are never overwritten: its own are kept beside them, and
    go on there as it types on.
    """
    is_seen = by == sheet.by or seen >= sheet.at or not sheet.said.strip() or sheet.said == said
    also = {window: words for window, words in sheet.also.items() if window != by}
    if is_seen:
        return Sheet(said, choice, by, version, also)
    if said.strip():
        also[by] = said
    return replace(sheet, also=also)


def is_beside(sheet: Sheet, by: str) -> bool:
    """Whether this window's words are kept beside those of another."""
    return by in sheet.also


def joined(sheet: Sheet, *, window: str, version: int) -> Sheet:
    """What was kept beside, put under the rest."""
    words = sheet.also.get(window)
    if words is None:
        return sheet
    also = {one: kept for one, kept in sheet.also.items() if one != window}
    said = "\n\n".join(part for part in (sheet.said.rstrip(), words) if part)
    return replace(sheet, said=said, by="", at=version, also=also)


def without(sheet: Sheet, *, window: str) -> Sheet:
    """The sheet without what was kept beside."""
    return replace(sheet, also={one: kept for one, kept in sheet.also.items() if one != window})

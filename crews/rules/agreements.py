"""What a crew agreed: three texts, and how two who write at once are brought together. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Texts:
    """What came of the three conversations, one a line."""

    together: str = ""
    meeting: str = ""
    commitment: str = ""

    @property
    def marks(self) -> dict[str, str]:
        """A short mark of each text: whoever writes sends back the marks of what they saw."""
        return {name: mark(text) for name, text in asdict(self).items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not any(text.strip() for text in asdict(self).values())


FIELDS = ("together", "meeting", "commitment")


def mark(text: str) -> str:
    """Tells two texts apart, however lines end and whatever space surrounds them."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be kept; and the fields in which two wrote something else at once."""

    texts: Texts
    clashes: tuple[str, ...]


def merge(now: Texts, mine: Texts, seen: Mapping[str, str]) -> Merged:
    """Puts what somebody wrote over what stands now; `seen` are the marks of what they began from.

    A text that they left alone stays as it is now, whoever changed it. One that both changed is
    a clash, unless both wrote the same.
    """
    kept, clashes = {}, []
    for name in FIELDS:
        theirs, wish = getattr(now, name), getattr(mine, name)
        if mark(wish) == seen.get(name, mark(theirs)):
            kept[name] = theirs
        elif mark(theirs) in {seen.get(name, mark(theirs)), mark(wish)}:
            kept[name] = wish
        else:
            kept[name] = theirs
            clashes.append(name)
    return Merged(Texts(**kept), tuple(clashes))

"""Where high apps say what they have for the pages that look over all scales.

A low app never imports a high one; the high one registers itself in its `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something on Today that waits for the reader: one sentence and one way to go on."""

    scale: str
    heading: str
    url: str
    action: str
    words: str = ""
    said: str = ""
    # Whether it is reason enough for a weekly letter; a hint to oneself is not.
    in_letter: bool = True
    # Whether somebody waits for the reader's own yes or no; this stands above all else.
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A link in the frame of every page, for those whom it concerns."""

    label: str
    url: str


class NotYet(Exception):
    """Why somebody cannot delete their account yet; `str()` of it is for them to read."""


@dataclass(slots=True)
class Registry[Source]:
    """An ordered list of sources, filled once at start-up."""

    sources: list[Source] = field(default_factory=list)

    def register(self, *sources: Source) -> None:
        """Add sources, each once."""
        self.sources += [source for source in sources if source not in self.sources]


# Each takes the person and returns what waits for them. Bounded: a handful each.
waiting: Registry[Callable[..., Iterable[Waiting]]] = Registry()

# Each takes the person and returns links for the frame. One cheap query at most.
ways: Registry[Callable[..., Iterable[Way]]] = Registry()

# Each takes the person who is about to delete their account and lets go of what is theirs
# among others, or raises NotYet.
farewells: Registry[Callable[..., None]] = Registry()

# Name and source of each app's part of "my data"; the source takes the person.
my_data: Registry[tuple[str, Callable[..., object]]] = Registry()

# Each takes the slug of a practice in the library; the address where one person does it, step by
# step and for themselves, or "".
done_here: Registry[Callable[[str], str]] = Registry()

"""Parts of a congregation's page that apps above hand in from their `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass

from congregation.models import Congregation
from pages.registry import Registry
from people.models import Person


@dataclass(frozen=True, slots=True)
class Part:
    """A template, and what it shows as `shown`; news stands above the crews, the rest below."""

    template: str
    shown: object
    is_news: bool = False


# Takes the congregation, the reader, and whether they steward it; None shows nothing. Bounded,
# and the same few questions to the database however much there is.
parts: Registry[Callable[[Congregation, Person, bool], Part | None]] = Registry()


def parts_of(congregation: Congregation, reader: Person, *, is_steward: bool) -> list[Part]:
    """The parts that have something to show, in order."""
    found = (source(congregation, reader, is_steward) for source in parts.sources)
    return [part for part in found if part is not None]

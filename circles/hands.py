"""What apps above know of a raised hand, for those who answer it."""

from collections.abc import Callable, Iterable

from circles.models import JoinRequest
from pages.registry import Registry
from people.models import Person

# Each takes the hand and its reader, and returns sentences that speak for a yes.
grounds: Registry[Callable[[JoinRequest, Person], Iterable[str]]] = Registry()


def grounds_for(request: JoinRequest, reader: Person) -> list[str]:
    """What speaks for a yes, in the reader's words and hours."""
    return [sentence for source in grounds.sources for sentence in source(request, reader)]

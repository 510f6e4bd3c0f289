"""What apps above know of a place that somebody is invited to, for those who are invited."""

from collections.abc import Callable, Iterable

from circles.models import Invitation
from pages.registry import Registry

# Each takes the invitation, and returns sentences for whoever reads it.
particulars: Registry[Callable[[Invitation], Iterable[str]]] = Registry()


def particulars_of(invitation: Invitation) -> list[str]:
    """What kind of place it is, and how often one would meet there."""
    return [sentence for source in particulars.sources for sentence in source(invitation)]

"""What the two agreed and what one of them carried here, on their page."""

from dyads.showing.now import DyadNow
from selfwork.models import CarriedLine
from selfwork.showing.lines import lines_in


def agreements(now: DyadNow) -> list[str] | None:
    """A line each; nothing before both have sat down."""
    if not now.is_complete:
        return None
    agreed = [line.strip() for line in now.dyad.agreements.splitlines() if line.strip()]
    return None if now.closes and not agreed else agreed


def carried_here(now: DyadNow) -> list[CarriedLine] | None:
    """Sentences that one chose to tell the other; None for nothing."""
    return lines_in(now.dyad, now.reader)

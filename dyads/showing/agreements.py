"""What the two agreed, on their page."""

from dyads.showing.now import DyadNow


def agreements(now: DyadNow) -> list[str] | None:
    """A line each; nothing before both have sat down."""
    if not now.is_complete:
        return None
    return [line.strip() for line in now.dyad.agreements.splitlines() if line.strip()]

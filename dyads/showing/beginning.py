"""The meetings of a dyad on its page."""

from dyads.showing.now import DyadNow
from practice.showing.meetings import Meetings


def meetings(now: DyadNow) -> Meetings | None:
    """When they meet, once both have sat down."""
    return now.meetings if now.is_complete else None

"""Who speaks first at the next meeting."""

from dyads.rules.turns import speaks_first
from dyads.showing.now import DyadNow
from people.models import Person


def first_voice(now: DyadNow) -> Person | None:
    """Who begins next time; None before a meeting is set."""
    if not now.is_complete or now.meetings.next is None:
        return None
    return speaks_first(*now.people[:2], number=now.meetings.next.session.number)

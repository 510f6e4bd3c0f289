"""The latest that a crew wrote down for itself, and what one of them carried here."""

from collections.abc import Sequence
from dataclasses import dataclass

from crews.showing.now import CrewNow
from practice.models import PracticeSession, SessionNote
from selfwork.models import CarriedLine
from selfwork.showing.lines import lines_in

MOST_NOTES = 2


@dataclass(frozen=True, slots=True)
class LatestNotes:
    """The last one or two notes, the latest first, and the meeting the latest is of."""

    notes: Sequence[SessionNote]

    @property
    def session(self) -> PracticeSession:
        """Where the others stand."""
        return self.notes[0].session


def latest_notes(now: CrewNow) -> LatestNotes | None:
    """None for a crew without any."""
    notes = SessionNote.objects.filter(session__circle=now.crew).select_related("by", "session")
    found = list(notes.order_by("-written_at", "-pk")[:MOST_NOTES])
    return LatestNotes(found) if found else None


def carried_here(now: CrewNow) -> list[CarriedLine] | None:
    """Sentences that crewmates chose to tell the others; None for nothing."""
    return lines_in(now.crew, now.reader)

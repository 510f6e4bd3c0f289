"""What a circle writes down about a meeting."""

from django.db import transaction
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from people.models import Person
from practice.models import PracticeSession, SessionNote
from practice.services.permission import require_company, require_seat


@transaction.atomic
def write_note(*, session: PracticeSession, by: Person, words: str) -> SessionNote:
    """Put a note beside a meeting, before it or after; the same words twice are one note.

    Raises NotAllowed, CircleClosed.
    """
    _require_open_seat(session, by)
    said = {"session": session, "by": by, "words": words}
    return SessionNote.objects.filter(**said).first() or SessionNote.objects.create(**said)


@transaction.atomic
def change_note(*, note: SessionNote, by: Person, words: str) -> SessionNote:
    """Write one's own note anew. Raises NotAllowed, CircleClosed."""
    _require_own(note, by)
    _require_open_seat(note.session, by)
    if words != note.words:
        note.words, note.edited_at = words, timezone.now()
        note.save(update_fields=["words", "edited_at"])
    return note


@transaction.atomic
def delete_note(*, note: SessionNote, by: Person) -> None:
    """Take one's own note away, also when the circle has ended. Raises NotAllowed."""
    _require_own(note, by)
    require_seat(note.session.circle, by)
    note.delete()


def _require_own(note: SessionNote, by: Person) -> None:
    if note.by_id != by.pk:
        raise NotAllowed


def _require_open_seat(session: PracticeSession, by: Person) -> None:
    # Locked, so that nobody writes at a table that they leave at the same moment.
    circle = Circle.objects.select_for_update().get(pk=session.circle_id)
    require_seat(circle, by)
    require_company(circle)
    if not circle.is_open:
        raise CircleClosed

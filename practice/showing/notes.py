"""What a page shows of a meeting's notes.

    context["notes"] = notes_of(session, person)
    {% include "practice/_notes.html" %}

Only for those who sit in the circle: for anybody else `notes_of` finds None, not even how many.
"""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from circles.access import seat_of
from people.models import Person
from practice.forms import NoteForm
from practice.models import PracticeSession, SessionNote

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Notes:
    """A page of notes, and the sheet for the next one."""

    session: PracticeSession
    shown: Page[SessionNote]
    form: NoteForm
    # Whether the sheet lies open.
    is_open: bool

    @property
    def in_order(self) -> list[SessionNote]:
        """As they were written; the latest page comes first, and on it the latest stands last."""
        return list(self.shown)[::-1]


def notes_of(
    session: PracticeSession,
    reader: Person,
    *,
    number: str | None = None,
    form: NoteForm | None = None,
    is_open: bool = False,
) -> Notes | None:
    """The latest notes, or the page with that number; None for whoever has no seat here."""
    if seat_of(reader, session.circle) is None:
        return None
    found = SessionNote.objects.staying().filter(session=session).select_related("by")
    pages = Paginator(found.order_by("-written_at", "-pk"), A_PAGE)
    return Notes(
        session=session,
        shown=pages.get_page(number),
        form=form or NoteForm(),
        is_open=is_open or bool(form and form.errors),
    )

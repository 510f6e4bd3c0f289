"""Who was there."""

from django.db import transaction

from people.models import Person
from practice import errors
from practice.models import Attendance, PracticeSession
from practice.services.permission import require_seat


@transaction.atomic
def note_attendance(
    *, session: PracticeSession, by: Person, there: set[int], asked: set[int]
) -> None:
    """Note who of those `asked` about was there (ids of people). Any member may, once it began.

    Raises NotAllowed, NotYet, SessionCancelled.
    """
    require_seat(session.circle, by)
    if session.is_cancelled:
        raise errors.SessionCancelled
    if not session.has_begun:
        raise errors.NotYet
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, person_id=pk, was_there=pk in there, noted_by=by)
            for pk in sorted(asked)
        ],
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=["was_there", "noted_by", "noted_at"],
    )

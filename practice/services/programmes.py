"""Taking on a programme, and putting it back."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from circles.models import Circle
from library.models import Practice, Programme, ProgrammePart
from people.models import Person
from practice import errors
from practice.models import PracticeSession
from practice.services.permission import planning, require_company
from practice.showing.programmes import plan_for


class Before(NamedTuple):
    """What a meeting held before it was given a part, and its `sequence` since then."""

    session: int
    practice: int | None
    programme_part: int | None
    sequence: int


@transaction.atomic
def take_on(
    *,
    circle: Circle,
    by: Person,
    programme: Programme,
    first: int = 1,
    over: Collection[int] | None = None,
    seen: str | None = None,
) -> list[Before]:
    """Give the coming meetings their parts of a programme; returns what `put_back` needs.

    No mail: the reminders tell. `first` and `over` as in `plan_for`; `seen` is the state that
    was looked at. Raises NotAllowed, CircleClosed, MeetingsChanged, TooFewMeetings.
    """
    require_company(circle)
    plan = plan_for(planning(circle.pk, by), programme, first=first, over=over)
    if seen is not None and seen != plan.seen:
        raise errors.MeetingsChanged
    if plan.missing:
        raise errors.TooFewMeetings
    before, changed = [], []
    for slot in plan.slots:
        session, part = slot.meeting, slot.part
        if part is None or _holds(session, part):
            continue
        before.append(
            Before(session.pk, session.practice_id, session.programme_part_id, session.sequence + 1)
        )
        session.practice, session.programme_part = part.practice, part
        session.revise()
        changed.append(session)
    _save(changed)
    return before


@transaction.atomic
def put_back(*, circle: Circle, by: Person, before: Sequence[Before]) -> int:
    """Give meetings back what they held before `take_on`; returns how many.

    Leaves alone what was changed since, called off or has begun. Raises NotAllowed,
    CircleClosed.
    """
    circle = planning(circle.pk, by)
    sessions = circle.sessions.filter(starts_at__gt=timezone.now(), cancelled_at=None)
    found = sessions.in_bulk([one.session for one in before])
    # What has been deleted since cannot be given back.
    practices = Practice.objects.in_bulk([one.practice for one in before if one.practice])
    parts = ProgrammePart.objects.in_bulk(
        [one.programme_part for one in before if one.programme_part]
    )
    changed = []
    for one in before:
        session = found.get(one.session)
        if session is None or session.sequence != one.sequence:
            continue
        session.practice = practices.get(one.practice or 0)
        session.programme_part = parts.get(one.programme_part or 0)
        session.revise()
        changed.append(session)
    _save(changed)
    return len(changed)


def _holds(session: PracticeSession, part: ProgrammePart) -> bool:
    return (session.practice_id, session.programme_part_id) == (part.practice_id, part.pk)


def _save(sessions: list[PracticeSession]) -> None:
    fields = ["practice", "programme_part", "sequence", "changed_at"]
    PracticeSession.objects.bulk_update(sessions, fields)

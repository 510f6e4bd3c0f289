"""Whom a meeting concerns: who is told of it, reminded of it, and may answer.

Those with a seat in its circle. Whoever else comes to concern themselves with single meetings
(a guest) is added here, in both functions, and in `practice.reminders.silent`.
"""

from django.db.models import Exists, OuterRef, Q

from circles.models import Membership
from people.models import Person
from practice.models import PracticeSession


def is_concerned(*, person: str, circle: str, session: str) -> Q:
    """A condition on rows that name a person, a meeting and its circle by these fields."""
    seats = Membership.objects.present().filter(circle=OuterRef(circle), person=OuterRef(person))
    return Q(Exists(seats))


def concerned_by(session: PracticeSession) -> list[int]:
    """Ids of the people whom one meeting concerns."""
    seats = Membership.objects.present().filter(circle=session.circle_id)
    return list(seats.values_list("person", flat=True))


def concerns(session: PracticeSession, person: Person | None) -> bool:
    """Whether a meeting concerns somebody."""
    return person is not None and person.pk in concerned_by(session)

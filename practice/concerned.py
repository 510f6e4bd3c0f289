"""Whom a meeting concerns: who is told of it, reminded of it, and may answer.

Those with a seat in its circle, and guests of this one meeting until they decline. Whoever else
comes to concern themselves with single meetings is added here, and in `practice.reminders.silent`.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from circles.models import Membership
from people.models import Person
from practice.models import Guest, PracticeSession


def is_concerned(*, person: str, circle: str, session: str) -> Q:
    """A condition on rows that name a person, a meeting and its circle by these fields."""
    seats = Membership.objects.present().filter(circle=OuterRef(circle), person=OuterRef(person))
    guests = Guest.objects.filter(session=OuterRef(session), person=OuterRef(person))
    return Q(Exists(seats)) | Q(Exists(guests))


def concerned_by(session: PracticeSession) -> set[int]:
    """Ids of the people whom one meeting concerns."""
    return concerned_by_each([session])[session.pk]


def concerned_by_each(sessions: Collection[PracticeSession]) -> dict[int, set[int]]:
    """The same for many meetings, by the meeting's id."""
    seats = Membership.objects.present().filter(circle__sessions__in=sessions)
    guests = Guest.objects.interested().filter(session__in=sessions)
    found: dict[int, set[int]] = {session.pk: set() for session in sessions}
    for session, person in [
        *seats.values_list("circle__sessions", "person"),
        *guests.values_list("session", "person"),
    ]:
        found[session].add(person)
    return found


def concerns(session: PracticeSession, person: Person | None) -> bool:
    """Whether a meeting concerns somebody."""
    return person is not None and person.pk in concerned_by(session)


def guests_of(session: PracticeSession) -> list[Guest]:
    """Those invited to this one meeting, in that order."""
    return list(session.guests.select_related("person", "invited_by").order_by("invited_at", "pk"))


def people_at(session: PracticeSession) -> list[Person]:
    """Those with a seat in the circle, in the order of the seats, then the guests."""
    seats = Membership.objects.present().filter(circle=session.circle_id).at_table()
    return [seat.person for seat in seats] + [guest.person for guest in guests_of(session)]

"""Who may change what of a circle's meetings, asked again behind the lock."""

from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle, Membership
from circles.scales import Scale
from circles.services import present
from people.models import Person
from practice import errors
from practice.models import PracticeSession


def people_of(circle: Circle) -> list[Person]:
    seats = circle.memberships.present().at_table()
    return [seat.person for seat in seats]


def require_seat(circle: Circle, person: Person) -> None:
    if not present(circle, person):
        raise NotAllowed


def takes_part(session: PracticeSession, person: Person) -> bool:
    """Whether the person may answer: with a seat in the circle, or as a guest of this meeting."""
    return (
        present(session.circle, person)
        or session.guests.filter(person=person).welcome(timezone.now()).exists()
    )


def may_plan(circle: Circle, person: Person) -> bool:
    """Whether the person may set, move and call off meetings: any crewmate; for a gathering of a
    whole congregation its stewards."""
    seats = Membership.objects.present().filter(circle=circle, person=person)
    if circle.scale == Scale.CONGREGATION:
        seats = seats.stewards()
    return seats.exists()


def require_plan(circle: Circle, person: Person) -> None:
    if not may_plan(circle, person):
        raise NotAllowed


def changing(session: PracticeSession, by: Person, seen: int | None) -> PracticeSession:
    """The meeting, locked with its circle, if `by` may still change what they saw of it."""
    circle = Circle.objects.select_for_update().get(pk=session.circle_id)
    locked = PracticeSession.objects.get(pk=session.pk)
    require_plan(circle, by)
    if not circle.is_open:
        raise CircleClosed
    if locked.is_cancelled:
        raise errors.SessionCancelled
    if locked.is_over:
        raise errors.SessionOver
    if seen is not None and seen != locked.sequence:
        raise errors.ChangedMeanwhile
    return locked

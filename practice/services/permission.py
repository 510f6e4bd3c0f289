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
    """Those with a seat, in the order of the seats."""
    seats = circle.memberships.present().at_table()
    return [seat.person for seat in seats]


def require_seat(circle: Circle, person: Person) -> None:
    if not present(circle, person):
        raise NotAllowed


def require_company(circle: Circle) -> None:
    """Raise NotAllowed where somebody sits alone: nothing is asked there, and no word about it is
    kept in plain text."""
    if circle.scale == Scale.SELF:
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


def planning(circle_id: int, by: Person) -> Circle:
    """The circle, locked and open, if `by` may plan its meetings."""
    circle = Circle.objects.select_for_update().get(pk=circle_id)
    require_plan(circle, by)
    if not circle.is_open:
        raise CircleClosed
    return circle


def changing(
    session: PracticeSession, by: Person, seen: int | None, *, called_off: bool = False
) -> PracticeSession:
    """The meeting, its circle locked, if `by` may still change what they saw of it.

    A meeting that takes place; or, for taking that back, one that a person called off.
    """
    planning(session.circle_id, by)
    locked = PracticeSession.objects.get(pk=session.pk)
    if locked.skipped and called_off:
        raise errors.Rests
    if locked.is_cancelled and not called_off:
        raise errors.SessionCancelled
    if called_off and not locked.is_cancelled:
        raise errors.NotCalledOff
    if locked.is_over:
        raise errors.SessionOver
    if seen is not None and seen != locked.sequence:
        raise errors.ChangedMeanwhile
    return locked

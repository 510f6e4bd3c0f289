"""Inviting somebody to a single meeting, and taking it back."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from circles.errors import AlreadyInside, CircleClosed
from circles.models import Circle, Membership
from circles.scales import Scale
from circles.services import present
from notifications.models import Notice
from notifications.services import owe
from people.models import Person
from practice import errors
from practice.models import Answer, Guest, PracticeSession, SessionRole
from practice.models.guest import MOST_AT_TABLE
from practice.services.news import SECOND_THOUGHTS
from practice.services.permission import require_seat

INVITED = "practice.guest"
TAKEN_BACK = "practice.guest_taken_back"


def welcomes_guests(circle: Circle) -> bool:
    """Whether guests can come to its meetings: a crew's, from the congregation it stands in."""
    return circle.scale == Scale.CREW and circle.parent_id is not None


def may_be_guests(session: PracticeSession) -> QuerySet[Person]:
    """Who could be invited: the congregation, without those who come anyway."""
    circle = session.circle
    seated = Membership.objects.present()
    return (
        Person.objects.filter(
            pk__in=seated.filter(circle=circle.parent_id).values("person"), is_active=True
        )
        .exclude(pk__in=seated.filter(circle=circle).values("person"))
        .exclude(pk__in=Guest.objects.filter(session=session).values("person"))
        .order_by("name", "pk")
    )


def at_table(session: PracticeSession) -> int:
    """How many have a place at this meeting, guests among them."""
    seated = Membership.objects.present().filter(circle=session.circle_id)
    return seated.count() + session.guests.count()


@transaction.atomic
def invite_guest(*, session: PracticeSession, by: Person, person: Person, word: str = "") -> Guest:
    """Invite somebody of the congregation to this one meeting; they hear by mail.

    Any crewmate may. Raises NotAllowed, NoGuestsHere, CircleClosed, SessionCancelled,
    SessionOver, AlreadyInside, AlreadyGuest, NotOfTheCongregation, TableFull.
    """
    session = _open(session, by)
    circle = session.circle
    if not welcomes_guests(circle):
        raise errors.NoGuestsHere
    if present(circle, person):
        raise AlreadyInside
    if session.guests.filter(person=person).exists():
        raise errors.AlreadyGuest
    # Locked, so that nobody is invited who leaves the congregation at the same moment.
    Circle.objects.select_for_update().get(children=circle)
    if not may_be_guests(session).filter(pk=person.pk).exists():
        raise errors.NotOfTheCongregation
    if at_table(session) >= MOST_AT_TABLE:
        raise errors.TableFull
    guest = Guest.objects.create(session=session, person=person, invited_by=by, word=word)
    owe(
        kind=INVITED,
        key=key_of_guest(guest),
        person=person,
        ref=guest.pk,
        due_at=timezone.now() + SECOND_THOUGHTS,
    )
    return guest


@transaction.atomic
def take_back_guest(*, guest: Guest, by: Person) -> None:
    """Take the invitation back; the guest hears of it if they heard of the invitation.

    Any crewmate may, until the meeting is over. Raises NotAllowed, CircleClosed, SessionOver.
    """
    session = _open(guest.session, by, even_cancelled=True)
    key = key_of_guest(guest)
    if Notice.objects.filter(
        kind=INVITED, person=guest.person, key=key, sent_at__isnull=False
    ).exists():
        owe(kind=TAKEN_BACK, key=key, person=guest.person, ref=session.pk)
    _end(Guest.objects.filter(pk=guest.pk))


def let_guests_go(seat: Membership) -> None:
    """When somebody leaves a congregation: they are no guest of its crews any more."""
    _end(Guest.objects.filter(session__circle__parent=seat.circle, person=seat.person))


def seat_the_guest(seat: Membership) -> None:
    """When a guest takes a seat in the crew: they are at its meetings as one of it."""
    if seat.scale == Scale.CREW:
        Guest.objects.filter(session__circle=seat.circle, person=seat.person).delete()


def key_of_guest(guest: Guest) -> str:
    """What makes the mail about an invitation this one."""
    return f"session {guest.session_id} {guest.invited_at:%Y%m%dT%H%M%S%f}"


def _open(session: PracticeSession, by: Person, *, even_cancelled: bool = False) -> PracticeSession:
    """The meeting behind its circle's lock, if `by` may still ask people to it."""
    circle = Circle.objects.select_for_update().get(pk=session.circle_id)
    session = PracticeSession.objects.select_related("circle").get(pk=session.pk)
    require_seat(circle, by)
    if not circle.is_open:
        raise CircleClosed
    if session.is_cancelled and not even_cancelled:
        raise errors.SessionCancelled
    if session.is_over:
        raise errors.SessionOver
    return session


def _end(guests: QuerySet[Guest]) -> None:
    """Forget guests, with what they answered and would do at meetings that are still to come."""
    for guest in guests.select_related("session"):
        if not guest.session.is_over:
            Answer.objects.filter(session=guest.session, person=guest.person).delete()
            SessionRole.objects.filter(session=guest.session, person=guest.person).delete()
    guests.delete()

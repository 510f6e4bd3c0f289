"""Sitting down, leaving, making room, ending."""

from collections.abc import Callable, Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circles import errors
from circles.models import Circle, Invitation, JoinRequest, Membership
from circles.scales import Scale
from notifications.services import owe
from pages.registry import NotYet, Registry
from people.models import Person

# What apps above do when somebody has sat down (they may refuse with a CircleError), and when
# somebody has left.
after_seating: Registry[Callable[[Membership], None]] = Registry()
after_leaving: Registry[Callable[[Membership], None]] = Registry()


def locked(circle: Circle) -> Circle:
    """The circle as it is now, so that two who press at once take their turns."""
    found = Circle.objects.select_for_update().get(pk=circle.pk)
    if not found.is_open:
        raise errors.CircleClosed
    return found


def present(circle: Circle, person: Person) -> bool:
    """Whether the person has a seat in the circle now."""
    return Membership.objects.present().filter(circle=circle, person=person).exists()


def is_steward(circle: Circle, person: Person) -> bool:
    """Whether the person looks after the congregation."""
    return circle.memberships.present().stewards().of(person).exists()


@transaction.atomic
def take_seat(*, circle: Circle, person: Person, is_steward: bool = False) -> Membership:
    """Seat the person on the first free chair and return the seat.

    Raises AlreadyInside, NoSeatLeft, CircleClosed, or what `after_seating` does. Whoever calls
    this has decided that the person may: a founder, an accepted hand, an accepted invitation.
    """
    circle = locked(circle)
    seated = dict(circle.memberships.present().values_list("seat", "person_id"))
    if person.pk in seated.values():
        raise errors.AlreadyInside
    free = next((seat for seat in range(1, circle.seats + 1) if seat not in seated), None)
    if free is None:
        raise errors.NoSeatLeft
    try:
        with transaction.atomic():
            seat = Membership.objects.create(
                circle=circle, person=person, scale=circle.scale, seat=free, is_steward=is_steward
            )
    except IntegrityError as error:
        raise errors.NoSeatLeft from error
    for source in after_seating.sources:
        source(seat)
    now = timezone.now()
    JoinRequest.objects.waiting().filter(circle=circle, person=person).update(
        state=JoinRequest.State.WITHDRAWN, answered_at=now
    )
    Invitation.objects.waiting().filter(circle=circle).to(person).update(
        answered_at=now, accepted_by=person
    )
    return seat


def seat_at_new(tables: Iterable[tuple[Circle, Sequence[Person]]]) -> None:
    """Seat people at tables laid a moment ago, in this transaction, all in one query.

    Nothing has happened at such a table: no meeting, no hand, no invitation. So nobody has to do
    anything after the seating but whoever laid it.
    """
    Membership.objects.bulk_create(
        Membership(circle=circle, person=person, scale=circle.scale, seat=seat)
        for circle, people in tables
        for seat, person in enumerate(people, start=1)
    )


def make_room(circle: Circle, seats: int) -> None:
    """Ready a locked circle for fewer seats: people on higher chairs move up to free ones.

    Raises TooFewSeats when more people sit there.
    """
    present = list(circle.memberships.present().order_by("seat"))
    if len(present) > seats:
        raise errors.TooFewSeats
    taken = {seat.seat for seat in present}
    free = (number for number in range(1, seats + 1) if number not in taken)
    for seat in present:
        if seat.seat > seats:
            seat.seat = next(free)
            seat.save(update_fields=["seat"])


@transaction.atomic
def leave(*, circle: Circle, by: Person, words: str = "") -> None:
    """Give up one's own seat; the others read `words` in the mail that tells them so.

    Raises NotAllowed without a seat, LastSteward for the only steward.

    A congregation's last person may leave; the circle then comes to its end, as does a dyad
    whose second has gone and a crew with nobody left. Hands raised for a congregation's crews
    come down with the seat.
    """
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    seats = circle.memberships.present()
    mine = seats.filter(person=by).first()
    if mine is None:
        raise errors.NotAllowed
    others = seats.exclude(pk=mine.pk)
    if mine.is_steward and others.exists() and not others.stewards().exists():
        raise errors.LastSteward
    end_seat(mine)
    if circle.scale != Scale.CONGREGATION and circle.is_open:
        for other in others.select_related("person"):
            owe(
                kind="circles.left",
                key=f"seat {mine.pk}",
                person=other.person,
                ref=circle.pk,
                # The seat itself goes with an account that is deleted.
                payload={"who": str(by), "seat": str(mine.pk), "words": words},
            )
    if circle.scale == Scale.DYAD or not others.exists():
        _close(circle)


def end_seat(seat: Membership) -> None:
    """Free a seat, inside the transaction of whoever decided that it ends.

    Hands that the person has raised for a congregation's crews come down with it.
    """
    seat.left_at = timezone.now()
    seat.save(update_fields=["left_at"])
    JoinRequest.objects.waiting().filter(circle__parent=seat.circle, person=seat.person).update(
        state=JoinRequest.State.WITHDRAWN, answered_at=seat.left_at
    )
    for source in after_leaving.sources:
        source(seat)


@transaction.atomic
def leave_everything(person: Person) -> None:
    """Give up every seat, before an account is deleted. Raises NotYet for an only steward."""
    # A congregation is older than its circles: whoever locks both begins with it, too.
    for circle in Circle.objects.of(person).order_by("pk"):
        try:
            leave(circle=circle, by=person)
        except errors.LastSteward as error:
            raise NotYet(
                _("You are the only steward of {circle}. Ask somebody to be one first.").format(
                    circle=circle
                )
            ) from error


@transaction.atomic
def close(*, circle: Circle, by: Person) -> None:
    """Bring a circle to its end. Its people keep what they have; nothing new can be begun.

    Raises NotAllowed without a seat, and for a congregation without being its steward.
    """
    seats = circle.memberships.present().of(by)
    if circle.scale == Scale.CONGREGATION:
        seats = seats.stewards()
    if not seats.exists():
        raise errors.NotAllowed
    _close(circle)


@transaction.atomic
def reopen(*, circle: Circle, by: Person) -> None:
    """Take an end back: everything is as it was. Raises NotAllowed without a seat.

    Whoever calls this has decided that it is not too late.
    """
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    if not present(circle, by):
        raise errors.NotAllowed
    Circle.objects.filter(pk=circle.pk).update(closed_at=None)


def _close(circle: Circle) -> None:
    Circle.objects.filter(pk=circle.pk, closed_at__isnull=True).update(closed_at=timezone.now())


def tell_joined(seat: Membership, *, besides: Person) -> None:
    """Tell those at a small table that somebody has sat down; a congregation is too large."""
    if seat.scale == Scale.CONGREGATION:
        return
    others = Membership.objects.present().filter(circle=seat.circle)
    for other in others.exclude(person__in=[seat.person, besides]).select_related("person"):
        owe(kind="circles.joined", key=f"seat {seat.pk}", person=other.person, ref=seat.pk)

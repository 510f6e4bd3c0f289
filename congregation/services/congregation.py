"""Every write about a congregation itself. Seats, asking and inviting are in `circles.services`."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from circles import services as circles
from circles.errors import AlreadyInside, CircleClosed, NotAllowed
from circles.models import Circle, Membership
from circles.services import is_steward
from congregation.errors import OnlySteward, StillSteward
from congregation.models import MOST, Congregation, check_bounds
from notifications.services import owe
from people.models import Person


@transaction.atomic
def found(
    *,
    by: Person,
    name: str,
    intention: str = "",
    about: str = "",
    is_listed: bool = False,
    least: int | None = None,
    seats: int = MOST,
) -> Congregation:
    """Begin a congregation; the founder has its first seat and is its first steward.

    Raises ValidationError when the bounds are not 15 ≤ least ≤ seats ≤ 200.
    """
    congregation = Congregation(
        name=name,
        intention=intention,
        about=about,
        is_listed=is_listed,
        seats=seats,
        created_by=by,
    )
    if least is not None:
        congregation.least = least
    check_bounds(least=congregation.least, seats=congregation.seats)
    congregation.save(force_insert=True)
    circles.take_seat(circle=congregation, person=by, is_steward=True)
    return congregation


def may_steward(circle: Circle, person: Person) -> bool:
    """Whether the person looks after the congregation, or after the whole installation."""
    return person.is_staff or is_steward(circle, person)


def _locked(congregation: Circle, by: Person) -> Circle:
    circle = Circle.objects.select_for_update().get(pk=congregation.pk)
    if not may_steward(circle, by):
        raise NotAllowed
    if not circle.is_open:
        raise CircleClosed
    return circle


@transaction.atomic
def change(*, congregation: Congregation, by: Person, **fields: Any) -> Congregation:
    """Change name, intention, about, is_listed, least or seats.

    Raises NotAllowed, CircleClosed; TooFewSeats below the number of people there; and
    ValidationError when the bounds are not 15 ≤ least ≤ seats ≤ 200.
    """
    circle = _locked(congregation, by)
    now = Congregation.objects.get(pk=congregation.pk)
    for field in ("name", "intention", "about", "is_listed", "least", "seats"):
        setattr(now, field, fields.get(field, getattr(now, field)))
    check_bounds(least=now.least, seats=now.seats)
    circles.make_room(circle, now.seats)
    now.save()
    return now


def _seat(circle: Circle, person: Person) -> Membership:
    seat = circle.memberships.present().of(person).first()
    if seat is None:
        raise NotAllowed
    return seat


@transaction.atomic
def make_steward(*, congregation: Circle, person: Person, by: Person) -> None:
    """Ask a member to look after the congregation too; they are told by mail.

    Raises NotAllowed, CircleClosed; AlreadyInside for somebody who is a steward.
    """
    seat = _seat(_locked(congregation, by), person)
    if seat.is_steward:
        raise AlreadyInside
    seat.is_steward = True
    seat.save(update_fields=["is_steward"])
    if person != by:
        _tell("congregation.made_steward", seat)


@transaction.atomic
def release_steward(*, congregation: Circle, person: Person, by: Person) -> None:
    """End somebody's stewarding; they keep their seat, and are told unless it was themselves.

    Raises NotAllowed, CircleClosed; OnlySteward for the last one.
    """
    circle = _locked(congregation, by)
    seat = _seat(circle, person)
    if not seat.is_steward:
        raise NotAllowed
    if not circle.memberships.present().stewards().exclude(pk=seat.pk).exists():
        raise OnlySteward
    seat.is_steward = False
    seat.save(update_fields=["is_steward"])
    if person != by:
        _tell("congregation.released_steward", seat)


@transaction.atomic
def release_member(*, congregation: Circle, person: Person, by: Person) -> None:
    """End somebody's membership; they are told, kindly, by mail.

    Their seats in crews and dyads are not the steward's to end and stay; hands they have raised
    for its crews come down, and the congregation's link ends, because they may hold it.

    Raises NotAllowed (also for oneself: that is leaving), CircleClosed, and StillSteward for a
    steward.
    """
    circle = _locked(congregation, by)
    seat = _seat(circle, person)
    if person == by:
        raise NotAllowed
    if seat.is_steward:
        raise StillSteward
    circles.end_seat(seat)
    # The link that everybody holds, and a seat that is kept, would lead straight back in.
    now = timezone.now()
    circle.links.filter(ended_at__isnull=True).update(ended_at=now)
    circle.invitations.waiting().to(person).update(withdrawn_at=now)
    _tell("congregation.released", seat)


def _tell(kind: str, seat: Membership) -> None:
    # The moment is part of the key: somebody can be made a steward a second time.
    key = f"seat {seat.pk} {timezone.now():%Y%m%dT%H%M%S%f}"
    owe(kind=kind, key=key, person=seat.person, ref=seat.pk)

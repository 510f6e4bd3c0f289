"""Raising a hand, and answering one."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from circles import errors
from circles.models import Circle, JoinRequest, Membership
from circles.scales import LAWS, Scale
from circles.services.seats import locked, present, take_seat, tell_joined
from notifications.models import Notice
from notifications.services import owe, owe_all
from pages.registry import Registry
from people.models import Person

# What apps above ask when somebody raises a hand; they may refuse with a CircleError.
before_asking: Registry[Callable[[Circle], None]] = Registry()

# A hand that goes up and down again and again mails everybody each time.
MOST_A_DAY = 3


@transaction.atomic
def ask_to_join(*, circle: Circle, by: Person, message: str = "") -> JoinRequest:
    """Raise a hand for a crew, or ask to join a congregation; those inside are told by mail.

    Raises AlreadyInside, AlreadyAsked, NoSeatLeft, TooManyToday, CircleClosed, or what
    `before_asking` does; NotAllowed for a dyad, and for a crew of a congregation that the person
    does not belong to.
    """
    circle = locked(circle)
    if circle.scale not in {Scale.CREW, Scale.CONGREGATION}:
        raise errors.NotAllowed
    if circle.scale == Scale.CREW and not (circle.parent and present(circle.parent, by)):
        raise errors.NotAllowed
    seats = circle.memberships.present()
    if seats.of(by).exists():
        raise errors.AlreadyInside
    if seats.count() >= circle.seats and not may_become_two(circle):
        raise errors.NoSeatLeft
    for source in before_asking.sources:
        source(circle)
    day_ago = timezone.now() - timedelta(days=1)
    if circle.requests.filter(person=by, asked_at__gt=day_ago).count() >= MOST_A_DAY:
        raise errors.TooManyToday
    request, is_new = JoinRequest.objects.get_or_create(
        circle=circle,
        person=by,
        state=JoinRequest.State.WAITING,
        defaults={"message": message},
    )
    if not is_new:
        raise errors.AlreadyAsked
    answering = seats.stewards() if circle.scale == Scale.CONGREGATION else seats
    about = {"kind": "circles.asked", "key": f"request {request.pk}", "ref": request.pk}
    owe_all(Notice(person=seat.person, **about) for seat in answering.select_related("person"))
    return request


def may_become_two(circle: Circle) -> bool:
    """Whether a full table may hear of a seventh: one with as many chairs as a crew can have.
    A smaller one could set another chair instead."""
    return circle.scale == Scale.CREW and circle.seats == LAWS[Scale.CREW].most


def is_full_table(circle: Circle) -> bool:
    """Whether it has as many people as a crew can have, so that one more would be a seventh."""
    return may_become_two(circle) and circle.memberships.present().count() >= circle.seats


@transaction.atomic
def accept_request(*, request: JoinRequest, by: Person) -> Membership:
    """Say yes: the asker has a seat and is told by mail, as are those at the table.

    Raises NotAllowed, AlreadyAnswered, NoSeatLeft, CircleClosed.
    """
    _answer(request, by, JoinRequest.State.ACCEPTED)
    seat = take_seat(circle=request.circle, person=request.person)
    tell_joined(seat, besides=by)
    return seat


@transaction.atomic
def decline_request(*, request: JoinRequest, by: Person) -> None:
    """Say "not now"; the asker is told by mail.

    Raises NotAllowed, AlreadyAnswered, CircleClosed.
    """
    _answer(request, by, JoinRequest.State.DECLINED)


def _answer(request: JoinRequest, by: Person, state: str) -> None:
    # The circle is locked before the row, here as everywhere: whoever waits then looks anew.
    locked(request.circle)
    open_ones = JoinRequest.objects.filter(pk=request.pk)
    if not open_ones.answerable_by(by).exists():
        raise errors.NotAllowed
    if not open_ones.waiting().update(state=state, answered_by=by, answered_at=timezone.now()):
        raise errors.AlreadyAnswered
    owe(
        kind="circles.answered",
        key=f"request {request.pk}",
        person=request.person,
        ref=request.pk,
    )


@transaction.atomic
def withdraw_request(*, request: JoinRequest, by: Person) -> None:
    """Take one's own hand down. Raises NotAllowed, AlreadyAnswered."""
    if request.person_id != by.pk:
        raise errors.NotAllowed
    waiting = JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.WAITING)
    if not waiting.update(state=JoinRequest.State.WITHDRAWN, answered_at=timezone.now()):
        raise errors.AlreadyAnswered

"""Asking somebody to be a dyad, and the two becoming one."""

from django.db import IntegrityError, transaction

from circles import services as seats
from circles.errors import NotAllowed
from circles.models import Circle, Invitation, Membership
from circles.scales import LAWS, Scale
from dyads.errors import AlreadyADyad, NotWithOneself
from dyads.models import Dyad, pair_of
from people.models import Person


@transaction.atomic
def begin(
    *,
    by: Person,
    person: Person | None = None,
    email: str = "",
    message: str = "",
    intention: str = "",
    parent: Circle | None = None,
) -> Dyad:
    """Ask somebody to be a dyad: one's own seat is taken, the other is kept for them.

    `person` must share the congregation `parent`; an `email` needs none. Raises AlreadyADyad,
    NotWithOneself, NotAllowed, TooManyToday.
    """
    if by in {person} or email.strip().lower() == by.email:
        raise NotWithOneself
    if person is not None and not (
        parent
        and parent.scale == Scale.CONGREGATION
        and parent.is_open
        and seats.present(parent, by)
        and seats.present(parent, person)
    ):
        raise NotAllowed
    if person is not None and Dyad.objects.open().of(by).of(person).exists():
        raise AlreadyADyad
    pair = pair_of(by, person) if person else ""
    _free_ended(pair)
    try:
        with transaction.atomic():
            dyad = Dyad.objects.create(
                scale=Scale.DYAD,
                name=_name(by, person, email),
                intention=intention,
                seats=LAWS[Scale.DYAD].most,
                parent=parent,
                created_by=by,
                pair=pair,
            )
    except IntegrityError as error:
        raise AlreadyADyad from error
    seats.take_seat(circle=dyad, person=by)
    seats.invite(circle=dyad, by=by, person=person, email=email, message=message)
    return dyad


def keep_pair(seat: Membership) -> None:
    """When the second sits down, whoever it is: the two are this dyad, and no other.

    Raises AlreadyADyad.
    """
    if seat.scale != Scale.DYAD:
        return
    people = [one.person for one in seat.circle.memberships.present().at_table()]
    if len(people) < 2:
        return
    pair = pair_of(people[0], people[1])
    _free_ended(pair)
    try:
        with transaction.atomic():
            Dyad.objects.filter(pk=seat.circle_id).update(
                pair=pair, name=_name(people[0], people[1], "")
            )
    except IntegrityError as error:
        raise AlreadyADyad from error


def _free_ended(pair: str) -> None:
    """A pair whose dyad has ended, or whose invitation came to nothing, may begin anew."""
    if not pair:
        return
    for dyad in Dyad.objects.select_for_update().filter(pair=pair):
        waiting = Invitation.objects.waiting().filter(circle=dyad).exists()
        if not dyad.is_open or (dyad.memberships.present().count() < 2 and not waiting):
            dyad.pair = ""
            dyad.save(update_fields=["pair"])


def _name(by: Person, person: Person | None, email: str) -> str:
    other = person.first_name if person else email.partition("@")[0]
    return f"{by.first_name} & {other}"[:80]

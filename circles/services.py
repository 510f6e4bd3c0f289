"""Every write about who sits where. The database has the last word (see `Membership`)."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from circles import errors
from circles.models import Circle, Invitation, InvitationLink, JoinRequest, Membership
from circles.scales import Scale
from notifications.services import owe
from pages.registry import NotYet, Registry
from people.models import Person

# What apps above do when somebody has sat down (they may refuse with a CircleError), and when
# somebody has left.
after_seating: Registry[Callable[[Membership], None]] = Registry()
after_leaving: Registry[Callable[[Membership], None]] = Registry()


def _locked(circle: Circle) -> Circle:
    """The circle as it is now, so that two who press at once take their turns."""
    locked = Circle.objects.select_for_update().get(pk=circle.pk)
    if not locked.is_open:
        raise errors.CircleClosed
    return locked


def present(circle: Circle, person: Person) -> bool:
    """Whether the person has a seat in the circle now."""
    return Membership.objects.present().filter(circle=circle, person=person).exists()


@transaction.atomic
def take_seat(*, circle: Circle, person: Person, is_steward: bool = False) -> Membership:
    """Seat the person on the first free chair and return the seat.

    Raises AlreadyInside, NoSeatLeft or CircleClosed. Whoever calls this has decided that the
    person may: a founder, an accepted hand, an accepted invitation.
    """
    circle = _locked(circle)
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
    Invitation.objects.waiting().filter(circle=circle).for_person(person).update(
        answered_at=now, accepted_by=person
    )
    return seat


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
def leave(*, circle: Circle, by: Person) -> None:
    """Give up one's own seat. Raises NotAllowed without one, LastSteward for the only steward.

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
    if circle.scale != Scale.CONGREGATION:
        for other in others.select_related("person"):
            owe(
                kind="circles.left",
                key=f"seat {mine.pk}",
                person=other.person,
                ref=circle.pk,
                # The seat itself goes with an account that is deleted.
                payload={"who": str(by), "seat": str(mine.pk)},
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
    for circle in Circle.objects.of(person):
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
    """Bring a circle to its end. Its people keep what they have; nothing new can be begun."""
    if not present(circle, by):
        raise errors.NotAllowed
    _close(circle)


def _close(circle: Circle) -> None:
    Circle.objects.filter(pk=circle.pk, closed_at__isnull=True).update(closed_at=timezone.now())


# --- asking ---------------------------------------------------------------------------------


@transaction.atomic
def ask_to_join(*, circle: Circle, by: Person, message: str = "") -> JoinRequest:
    """Raise a hand for a crew, or ask to join a congregation; those inside are told by mail.

    Raises AlreadyInside, AlreadyAsked, NoSeatLeft, CircleClosed; NotAllowed for a dyad, and for
    a crew of a congregation that the person does not belong to.
    """
    circle = _locked(circle)
    if circle.scale not in {Scale.CREW, Scale.CONGREGATION}:
        raise errors.NotAllowed
    if circle.scale == Scale.CREW and not (circle.parent and present(circle.parent, by)):
        raise errors.NotAllowed
    seats = circle.memberships.present()
    if seats.of(by).exists():
        raise errors.AlreadyInside
    if seats.count() >= circle.seats:
        raise errors.NoSeatLeft
    request, is_new = JoinRequest.objects.get_or_create(
        circle=circle,
        person=by,
        state=JoinRequest.State.WAITING,
        defaults={"message": message},
    )
    if not is_new:
        raise errors.AlreadyAsked
    answering = seats.stewards() if circle.scale == Scale.CONGREGATION else seats
    for seat in answering.select_related("person"):
        owe(kind="circles.asked", key=f"request {request.pk}", person=seat.person, ref=request.pk)
    return request


@transaction.atomic
def accept_request(*, request: JoinRequest, by: Person) -> Membership:
    """Say yes: the asker has a seat and is told by mail, as are those at the table.

    Raises NotAllowed, AlreadyAnswered, NoSeatLeft, CircleClosed.
    """
    _answer(request, by, JoinRequest.State.ACCEPTED)
    seat = take_seat(circle=request.circle, person=request.person)
    _tell_joined(seat, besides=by)
    return seat


@transaction.atomic
def decline_request(*, request: JoinRequest, by: Person) -> None:
    """Say "not now"; the asker is told by mail. Raises NotAllowed, AlreadyAnswered."""
    _answer(request, by, JoinRequest.State.DECLINED)


def _answer(request: JoinRequest, by: Person, state: str) -> None:
    # The circle is locked before the row, here as everywhere: whoever waits then looks anew.
    _locked(request.circle)
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


# --- inviting -------------------------------------------------------------------------------


@transaction.atomic
def invite(
    *,
    circle: Circle,
    by: Person,
    email: str = "",
    person: Person | None = None,
    message: str = "",
) -> Invitation:
    """Invite a person who is here, or an e-mail address, by mail.

    An address that belongs to somebody here is kept as an address all the same, so that the
    answer tells nobody who has an account. Raises NotAllowed, AlreadyInside, AlreadyInvited,
    NoSeatLeft, TooManyInvitations.
    """
    circle = _locked(circle)
    email = email.strip().lower()
    seats = circle.memberships.present()
    mine = seats.of(by).first()
    if mine is None:
        raise errors.NotAllowed
    here = Q(person=person) if person else Q(person__email=email)
    if seats.filter(here).exists():
        raise errors.AlreadyInside
    taken = seats.count()
    if taken >= circle.seats:
        raise errors.NoSeatLeft
    whom = Q(person=person) if person else Q(email=email)
    unanswered = Invitation.objects.filter(
        circle=circle, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    unanswered.filter(whom, expires_at__lte=timezone.now()).update(withdrawn_at=timezone.now())
    waiting = Invitation.objects.waiting().filter(circle=circle)
    if waiting.filter(whom).exists():
        raise errors.AlreadyInvited
    if waiting.count() >= circle.seats - taken:
        raise errors.TooManyInvitations
    invitation = Invitation.objects.create(
        circle=circle, person=person, email="" if person else email, invited_by=by, message=message
    )
    owe(
        kind="circles.invited",
        key=f"invitation {invitation.pk}",
        person=person,
        address=invitation.email,
        ref=invitation.pk,
    )
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: Person) -> Membership:
    """Take the seat one was invited to; those at the table are told by mail.

    An invitation to an address is whoever's who holds its link: people sign up with another
    address than the one a friend knows. Raises NotAllowed, AlreadyAnswered, NoSeatLeft,
    AlreadyInside, CircleClosed; OutsideParent for a crew of a congregation that the person does
    not belong to.
    """
    _settle_invitation(invitation, by, accepted_by=by)
    parent = invitation.circle.parent
    if parent and not present(parent, by):
        raise errors.OutsideParent(errors.OutsideParent.text.format(parent=parent))
    seat = take_seat(circle=invitation.circle, person=by)
    _tell_joined(seat, besides=by)
    return seat


@transaction.atomic
def decline_invitation(*, invitation: Invitation, by: Person) -> None:
    """Say no, thank you; the one who invited is told. Raises NotAllowed, AlreadyAnswered."""
    _settle_invitation(invitation, by, accepted_by=None)
    owe(
        kind="circles.not_now",
        key=f"invitation {invitation.pk}",
        person=invitation.invited_by,
        ref=invitation.pk,
    )


def _settle_invitation(invitation: Invitation, by: Person, accepted_by: Person | None) -> None:
    if invitation.person_id not in {None, by.pk}:
        raise errors.NotAllowed
    Circle.objects.select_for_update().get(pk=invitation.circle_id)
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not waiting.update(answered_at=timezone.now(), accepted_by=accepted_by):
        raise errors.AlreadyAnswered


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person) -> None:
    """Take an invitation back; anyone in the circle may. Raises NotAllowed, AlreadyAnswered."""
    if not present(invitation.circle, by):
        raise errors.NotAllowed
    open_ones = Invitation.objects.filter(pk=invitation.pk, answered_at__isnull=True)
    if not open_ones.update(withdrawn_at=timezone.now()):
        raise errors.AlreadyAnswered


def _tell_joined(seat: Membership, *, besides: Person) -> None:
    """Tell those at a small table that somebody has sat down; a congregation is too large."""
    if seat.scale == Scale.CONGREGATION:
        return
    others = Membership.objects.present().filter(circle=seat.circle)
    for other in others.exclude(person__in=[seat.person, besides]).select_related("person"):
        owe(kind="circles.joined", key=f"seat {seat.pk}", person=other.person, ref=seat.pk)


# --- a congregation's link ------------------------------------------------------------------


@transaction.atomic
def renew_link(*, circle: Circle, by: Person) -> InvitationLink:
    """Make a new link for a congregation; the old one ends. Stewards only, else NotAllowed."""
    circle = _locked(circle)
    if not circle.memberships.present().stewards().of(by).exists():
        raise errors.NotAllowed
    end_link(circle=circle, by=by)
    return InvitationLink.objects.create(circle=circle, made_by=by)


@transaction.atomic
def end_link(*, circle: Circle, by: Person) -> None:
    """End the congregation's link. Stewards only, else NotAllowed."""
    if not circle.memberships.present().stewards().of(by).exists():
        raise errors.NotAllowed
    circle.links.filter(ended_at__isnull=True).update(ended_at=timezone.now())


@transaction.atomic
def join_by_link(*, link: InvitationLink, by: Person) -> Membership:
    """Take a seat in the congregation whose link one holds.

    Raises NotAllowed for an ended link, AlreadyInside, NoSeatLeft, CircleClosed.
    """
    if not InvitationLink.objects.filter(pk=link.pk, ended_at__isnull=True).exists():
        raise errors.NotAllowed
    return take_seat(circle=link.circle, person=by)

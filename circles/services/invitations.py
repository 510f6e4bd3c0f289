"""Inviting by mail or by a congregation's link, and answering an invitation."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from circles import errors
from circles.models import Circle, Invitation, InvitationLink, Membership
from circles.scales import Scale
from circles.services.seats import is_steward, leave, locked, present, take_seat, tell_joined
from notifications.services import owe
from people.addresses import addresses_of
from people.models import Person

# So many invitations one person may send a day, so many of them to the same person, and so many
# one address may get.
MOST_A_DAY, MOST_TO_ONE_PERSON, MOST_TO_ONE_ADDRESS = 100, 3, 3


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
    answer tells nobody who has an account. Raises NotAllowed, AlreadyInside (for a person),
    AlreadyInvited, NoSeatLeft, TooManyInvitations, TooManyToday, CircleClosed.
    """
    circle = locked(circle)
    email = email.strip().lower()
    seats = circle.memberships.present()
    mine = seats.of(by).first()
    if mine is None:
        raise errors.NotAllowed
    # Whether an address belongs to somebody here is nobody's to test: the mail finds out.
    if email in addresses_of(by) or (person and seats.of(person).exists()):
        raise errors.AlreadyInside
    _require_measure(by, person, email)
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


def _require_measure(by: Person, person: Person | None, email: str) -> None:
    """Nobody is flooded with mail that somebody else words, also not by taking it back and
    asking again. Raises TooManyToday."""
    today = Invitation.objects.filter(invited_at__gt=timezone.now() - timedelta(days=1))
    mine = today.filter(invited_by=by)
    if mine.count() >= MOST_A_DAY:
        raise errors.TooManyToday
    if person and mine.filter(person=person).count() >= MOST_TO_ONE_PERSON:
        raise errors.TooManyToday
    if email and today.filter(email=email).count() >= MOST_TO_ONE_ADDRESS:
        raise errors.TooManyToday


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: Person) -> Membership:
    """Take the seat one was invited to; those at the table are told by mail.

    An invitation to an address is whoever's who holds its link: people sign up with another
    address than the one a friend knows. Raises NotAllowed, AlreadyAnswered, NoSeatLeft,
    AlreadyInside, CircleClosed, or what `after_seating` raises; OutsideParent for a crew of a
    congregation that the person does not belong to.
    """
    _settle_invitation(invitation, by, accepted_by=by)
    parent = invitation.circle.parent
    if parent and parent.is_open and not present(parent, by):
        raise errors.OutsideParent(errors.OutsideParent.text.format(parent=parent))
    seat = take_seat(circle=invitation.circle, person=by)
    tell_joined(seat, besides=by)
    return seat


@transaction.atomic
def decline_invitation(*, invitation: Invitation, by: Person | None) -> None:
    """Say no, thank you; the one who invited is told.

    Without signing in (`by` None) by whoever holds the link, which only the mail has. Raises
    NotAllowed, AlreadyAnswered, CircleClosed.
    """
    _settle_invitation(invitation, by, accepted_by=None)
    owe(
        kind="circles.not_now",
        key=f"invitation {invitation.pk}",
        person=invitation.invited_by,
        ref=invitation.pk,
    )


def _settle_invitation(
    invitation: Invitation, by: Person | None, accepted_by: Person | None
) -> None:
    if by is not None and invitation.person_id not in {None, by.pk}:
        raise errors.NotAllowed
    try:
        locked(invitation.circle)
    except errors.CircleClosed as error:
        # A dyad that is put away with its invitation has not been anything yet.
        if Invitation.objects.filter(pk=invitation.pk, withdrawn_at__isnull=False).exists():
            raise errors.AlreadyAnswered from error
        raise
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not waiting.update(answered_at=timezone.now(), accepted_by=accepted_by):
        raise errors.AlreadyAnswered


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person) -> None:
    """Take an invitation back; see `managed_by` for who may. Raises NotAllowed, AlreadyAnswered.

    A dyad that nobody else has sat down in yet is put away with it.
    """
    if not Invitation.objects.managed_by(by).filter(pk=invitation.pk).exists():
        raise errors.NotAllowed
    # The circle is locked before the row, as by whoever says yes at this moment.
    Circle.objects.select_for_update().get(pk=invitation.circle_id)
    open_ones = Invitation.objects.filter(
        pk=invitation.pk, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    if not open_ones.update(withdrawn_at=timezone.now()):
        raise errors.AlreadyAnswered
    if invitation.circle.scale == Scale.DYAD:
        leave(circle=invitation.circle, by=by)


@transaction.atomic
def renew_link(*, circle: Circle, by: Person) -> InvitationLink:
    """Make a new link for a congregation; the old one ends. Stewards only, else NotAllowed."""
    circle = locked(circle)
    if not is_steward(circle, by):
        raise errors.NotAllowed
    end_link(circle=circle, by=by)
    return InvitationLink.objects.create(circle=circle, made_by=by)


@transaction.atomic
def end_link(*, circle: Circle, by: Person) -> None:
    """End the congregation's link. Stewards only, else NotAllowed."""
    if not is_steward(circle, by):
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

"""Asking somebody to be a dyad, and the two becoming one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from circles import services as seats
from circles.models import Circle, Invitation, Membership
from circles.scales import LAWS, Scale
from dyads.errors import (
    AlreadyADyad,
    AskedByThem,
    AskedNotLongAgo,
    AskedThem,
    AtTheSameMoment,
    NoLongerTogether,
    NotLooking,
    NotWithOneself,
)
from dyads.models import Dyad, pair_of
from dyads.rules.plan import NO_STANDS, Plan
from dyads.services.openness import with_enough
from people.addresses import addresses_of
from people.models import Person

USUAL = Plan()


@transaction.atomic
def begin(
    *,
    by: Person,
    person: Person | None = None,
    email: str = "",
    message: str = "",
    intention: str = "",
    plan: Plan = USUAL,
    parent: Circle | None = None,
) -> Dyad:
    """Ask somebody to be a dyad: one's own seat is taken, the other is kept for them.

    `person` must share the congregation `parent`; an `email` needs none. Raises AlreadyADyad,
    AskedThem, or AskedByThem where the other was quicker; NotLooking for a person with as many
    dyads as they want; AskedNotLongAgo after a no; NotWithOneself, NoLongerTogether, TooManyToday.
    """
    if by in {person} or email.strip().lower() in addresses_of(by):
        raise NotWithOneself
    if person is not None:
        _require_shared(parent, by, person)
        set_free([pair_of(by, person)])
        require_none_yet(by, person)
        if person.pk in with_enough([person.pk]):
            raise NotLooking(person)
    _require_no_fresh_no(by, person, email)
    try:
        with transaction.atomic():
            dyad = Dyad.objects.create(
                scale=Scale.DYAD,
                name=name_of(by, person, email),
                intention=intention,
                seats=LAWS[Scale.DYAD].most,
                parent=parent,
                created_by=by,
                pair=pair_of(by, person) if person else "",
                **asdict(plan),
            )
    except IntegrityError:
        # Somebody was quicker by a moment: whoever asks second hears how it stands now.
        if person is not None:
            require_none_yet(by, person)
        raise
    seats.take_seat(circle=dyad, person=by)
    seats.invite(circle=dyad, by=by, person=person, email=email, message=message)
    return dyad


def _require_shared(parent: Circle | None, by: Person, person: Person) -> None:
    if not (
        parent
        and parent.scale == Scale.CONGREGATION
        and parent.is_open
        and person.is_active
        and seats.present(parent, by)
        and seats.present(parent, person)
    ):
        raise NoLongerTogether


def _require_no_fresh_no(by: Person, person: Person | None, email: str) -> None:
    """A no needs no second one soon. Asked by the same way only: that an address belongs to
    somebody here must not show. Raises AskedNotLongAgo."""
    asked = Invitation.objects.filter(circle__scale=Scale.DYAD, invited_by=by)
    asked = asked.filter(person=person) if person else asked.filter(email=email.strip().lower())
    since = timezone.now() - NO_STANDS
    if asked.filter(answered_at__gt=since, accepted_by__isnull=True).exists():
        raise AskedNotLongAgo


def require_none_yet(by: Person, person: Person) -> None:
    """Whether the two could begin one. Raises AlreadyADyad, AskedThem, AskedByThem."""
    for dyad in Dyad.objects.open().filter(pair=pair_of(by, person)):
        if dyad.memberships.present().count() > 1:
            raise AlreadyADyad(dyad)
        waiting = dyad.invitations.waiting().select_related("circle", "invited_by")
        invitation = waiting.first()
        if invitation is not None:
            raise AskedThem(dyad) if invitation.invited_by_id == by.pk else AskedByThem(invitation)


def keep_pair(seat: Membership) -> None:
    """When the second sits down, whoever it is: the two are this dyad, and no other.

    Where they had asked each other, what was asked for besides is put away. Raises AlreadyADyad,
    AtTheSameMoment.
    """
    if seat.scale != Scale.DYAD:
        return
    people = [one.person for one in seat.circle.memberships.present().at_table()]
    if len(people) < 2:
        return
    one, other = people
    pair = pair_of(one, other)
    set_free([pair])
    put_away_besides(seat.circle, people)
    try:
        with transaction.atomic():
            Dyad.objects.filter(pk=seat.circle_id).update(pair=pair, name=name_of(one, other))
    except IntegrityError as error:
        raise AlreadyADyad from error


def asking_by_mail(people: Iterable[Person]) -> set[int]:
    """Which of these people (ids) have asked one of them by the address, and wait."""
    everybody = list(people)
    asked = Invitation.objects.waiting().filter(
        circle__scale=Scale.DYAD,
        person__isnull=True,
        invited_by__in=everybody,
        email__in=[one.email for one in everybody],
    )
    return {by for by in asked.values_list("invited_by", flat=True) if by}


def put_away_besides(circle: Circle, people: Sequence[Person]) -> None:
    """Dyads of the same two that wait for an answer: with this one they are answered.

    Raises AlreadyADyad, AtTheSameMoment.
    """
    one, other = people
    asked = Invitation.objects.waiting().filter(circle__scale=Scale.DYAD)
    crossing = asked.filter(invited_by=one).to(other) | asked.filter(invited_by=other).to(one)
    besides = Dyad.objects.open().filter(
        Q(pair=pair_of(one, other)) | Q(pk__in=crossing.values("circle"))
    )
    for pk in besides.exclude(pk=circle.pk).order_by("pk").values_list("pk", flat=True):
        # Two who accept each other’s at once hold one dyad each: the later dyad gives way, so
        # that neither waits for the other without an end.
        try:
            with transaction.atomic():
                Circle.objects.select_for_update(nowait=pk < circle.pk).get(pk=pk)
        except OperationalError as error:
            raise AtTheSameMoment from error
        put_away = Dyad.objects.get(pk=pk)
        if put_away.memberships.present().count() > 1:
            raise AlreadyADyad(put_away)
        put_away.invitations.waiting().update(withdrawn_at=timezone.now())
        put_away.pair, put_away.closed_at = "", timezone.now()
        put_away.save(update_fields=["pair", "closed_at"])


def set_free(pairs: Collection[str]) -> None:
    """Pairs whose dyad has ended, or whose invitation came to nothing, may begin anew."""
    waiting = Invitation.objects.waiting().filter(circle=OuterRef("pk"))
    alone = Q(("size__lt", 2)) & ~Exists(waiting)
    over = Dyad.objects.with_size().filter(Q(closed_at__isnull=False) | alone, pair__in=pairs)
    if found := list(over.values_list("pk", flat=True)):
        Dyad.objects.filter(pk__in=found).update(pair="")


def name_of(by: Person, person: Person | None, email: str = "") -> str:
    """What a dyad is called after its two, while the second is known by an address, too."""
    other = person.first_name if person else email.partition("@")[0]
    return f"{by.first_name} & {other}"[:80]

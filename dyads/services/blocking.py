"""No more contact with somebody: the dyad ends at once, and nobody hears why."""

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle, Invitation, Membership
from circles.services import leave, present
from circles.services.preferences import refuse
from dyads.models import Dyad
from people.models import Person


def other_of(dyad: Circle, person: Person) -> Person | None:
    """Who sits there, or sat there last, besides the person; None for an empty seat."""
    seats = Membership.objects.filter(circle=dyad.pk).exclude(person=person)
    seat = seats.select_related("person").order_by("-joined_at", "-pk").first()
    return seat.person if seat else None


@transaction.atomic
def block(*, dyad: Circle, by: Person) -> None:
    """End contact with the other of a dyad: it ends as if `by` had left without a word, the two
    are put together nowhere, and what they had asked each other is let go.

    The other hears of an end and of nothing else. Works in a dyad that has ended, too. Raises
    NotAllowed without a seat.
    """
    other = other_of(dyad, by)
    asked = _asked(by, other) if other else []
    # The older dyad first, as whoever says yes to one of them does.
    every = Circle.objects.select_for_update().filter(pk__in=[dyad.pk, *asked]).order_by("pk")
    circle = next(one for one in list(every) if one.pk == dyad.pk)
    if not present(circle, by):
        raise NotAllowed
    if other is not None:
        refuse(by=by, whom=other)
        _take_back_invitations(by, other)
    leave(circle=circle, by=by)


def _asked(by: Person, other: Person) -> list[int]:
    """Dyads (ids) to which `by` has asked the other, by name or by their address."""
    waiting = Invitation.objects.waiting().to(other).filter(invited_by=by)
    asked = Dyad.objects.open().of(by).filter(invitations__in=waiting)
    return list(asked.distinct().values_list("pk", flat=True))


def _take_back_invitations(by: Person, other: Person) -> None:
    """What `by` has asked the other is taken back, and dyads that were only asked are put away.

    What the other has asked stays as it stands for them: they must not see that anything changed.
    For `by` it is hidden by the refusal.
    """
    alone = list(Dyad.objects.filter(pk__in=_asked(by, other)))
    Invitation.objects.waiting().to(other).filter(invited_by=by).update(withdrawn_at=timezone.now())
    for dyad in alone:
        leave(circle=dyad, by=by)

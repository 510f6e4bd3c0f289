"""What waits on Today, whatever the scale."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from circles.models import Invitation, JoinRequest
from circles.scales import Scale
from circles.seats import seats_of
from pages.registry import Waiting
from people.models import Person

MOST = 5


def invitations(person: Person) -> Iterator[Waiting]:
    """Seats that are kept for the reader."""
    here = [seat.circle_id for seat in seats_of(person)]
    waiting = Invitation.objects.waiting().for_person(person).exclude(circle__in=here)
    kept = waiting.order_by("invited_at")
    for invitation in kept.select_related("circle", "invited_by")[:MOST]:
        heading = {
            Scale.DYAD: _("{who} asks to be a dyad with you"),
            Scale.CREW: _("{who} keeps a seat for you at {circle}"),
            Scale.CONGREGATION: _("{who} invites you to {circle}"),
        }[Scale(invitation.circle.scale)]
        yield Waiting(
            scale=invitation.circle.scale,
            heading=heading.format(who=invitation.invited_by, circle=invitation.circle),
            said=invitation.message,
            url=invitation.get_absolute_url(),
            action=_("Read the invitation"),
            asks=True,
        )


def asked(person: Person) -> Iterator[Waiting]:
    """Hands of the reader's own that are still up."""
    waiting = JoinRequest.objects.waiting().filter(person=person).order_by("asked_at")
    for request in waiting.select_related("circle")[:MOST]:
        is_crew = request.circle.scale == Scale.CREW
        yield Waiting(
            scale=request.circle.scale,
            heading=_("You have asked {circle}").format(circle=request.circle),
            words=_("Somebody at the table answers, and you hear by mail.")
            if is_crew
            else _("A steward answers, and you hear by mail."),
            url=reverse("circles:ask" if is_crew else "congregation:ask", args=[request.circle_id]),
            action=_("Look at it"),
            in_letter=False,
        )

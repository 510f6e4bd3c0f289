"""What waits on Today, whatever the scale."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from circles.models import Invitation
from circles.scales import Scale
from pages.registry import Waiting
from people.models import Person

MOST = 5


def invitations(person: Person) -> Iterator[Waiting]:
    """Seats that are kept for the reader."""
    kept = Invitation.objects.waiting().for_person(person).order_by("invited_at")
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
        )

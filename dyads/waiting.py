"""What waits for somebody in their dyads, on Today."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from circles.models import Membership
from circles.scales import Scale
from dyads.models import Mirror
from pages.registry import Waiting
from people.models import Person

MOST_SHOWN = 3


def mirrors_wait(person: Person) -> Iterable[Waiting]:
    """Partnership mirrors that they have neither answered nor put aside. One question."""
    seats = Membership.objects.present().filter(person=person, scale=Scale.DYAD)
    mirrors = (
        Mirror.objects.waiting()
        .filter(dyad__in=seats.values("circle"), dyad__closed_at__isnull=True)
        .exclude(answers__person=person)
        .exclude(not_now__person=person)
        .select_related("dyad")
        .order_by("asked_at")
    )
    return [
        Waiting(
            scale=Scale.DYAD,
            heading=_("{dyad}: your partnership mirror").format(dyad=mirror.dyad),
            url=reverse("dyads:mirror", args=[mirror.dyad_id, mirror.pk]),
            action=_("Look into it"),
            words=_("Four questions, each of you alone. You don’t have to."),
            in_letter=False,
        )
        for mirror in mirrors[:MOST_SHOWN]
    ]

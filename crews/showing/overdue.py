"""For a steward's pulse: crews whose cycle has ended, and nobody has said how they go on."""

from collections.abc import Collection, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from congregation.pulse import MOST, Need, PulseRow
from crews.models import Cycle
from crews.rules.cycles import OVERDUE


def overdue(congregations: Collection[int]) -> Iterator[PulseRow]:
    """That it is so, since when; nothing of what was answered."""
    before = timezone.now() - OVERDUE
    waiting = Cycle.objects.waiting().filter(
        crew__parent__in=congregations, revealed_at__lte=before
    )
    for cycle in waiting.select_related("crew").order_by("revealed_at", "pk")[:MOST]:
        yield PulseRow(
            need=Need.RETROSPECTIVE,
            since=cycle.revealed_at or before,
            heading=_("{crew}: a cycle has ended").format(crew=cycle.crew),
            words=_("For two weeks nothing was decided. A kind word may help, or nothing at all."),
            url=cycle.crew.get_absolute_url(),
            action=_("Open {crew}").format(crew=cycle.crew),
        )

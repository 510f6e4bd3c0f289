"""The last page of a crew that has ended: thanks, what we keep, what each is open to next."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.services import present
from crews import errors
from crews.models import Crew, Parting
from crews.models.cycle import GOODBYES
from people.models import Person


def page_is_open(crew: Crew, now: datetime) -> bool:
    """Whether words may still be written on it: for two weeks from the end."""
    return crew.closed_at is not None and now < crew.closed_at + GOODBYES


@transaction.atomic
def part(
    *,
    crew: Crew,
    by: Person,
    thanks: str = "",
    thanked: Person | None = None,
    keeps: str = "",
    open_to: str = "",
    word: str = "",
    tells_stewards: bool = False,
) -> Parting:
    """Say goodbye; it may be changed while the page is open. All who sat there read it.

    Raises NotAllowed (also for thanks to somebody without a seat), NotEnded, LastPageClosed.
    """
    crew = Crew.objects.select_for_update().get(pk=crew.pk)
    if not present(crew, by) or (thanked is not None and not present(crew, thanked)):
        raise NotAllowed
    if crew.is_open:
        raise errors.NotEnded
    now = timezone.now()
    if not page_is_open(crew, now):
        raise errors.LastPageClosed
    said = {
        "thanks": thanks,
        "thanked": thanked,
        "keeps": keeps,
        "open_to": open_to,
        "word": word,
        "tells_stewards": tells_stewards and bool(open_to),
        "said_at": now,
    }
    parting, _ = Parting.objects.update_or_create(crew=crew, person=by, defaults=said)
    return parting

"""Calling a crew."""

from collections.abc import Sequence

from django.db import transaction

from circles.errors import NotAllowed
from circles.models import Circle
from circles.scales import Scale
from circles.services import present, take_seat
from crews.models import Crew
from crews.rules.lengths import USUAL_MEETINGS
from people.models import Person


@transaction.atomic
def call(
    *,
    by: Person,
    name: str,
    intention: str,
    seats: int,
    rhythm_in_words: str = "",
    languages: Sequence[str] = (),
    hours: Sequence[int] = (),
    meetings: int = USUAL_MEETINGS,
    parent: Circle | None = None,
) -> Crew:
    """Call a crew: the caller takes the first seat.

    `hours` are hours of the week (`people.week`) by the caller's clock. Raises NotAllowed for a
    congregation that the caller does not belong to.
    """
    if parent is not None and not (
        parent.scale == Scale.CONGREGATION and parent.is_open and present(parent, by)
    ):
        raise NotAllowed
    crew = Crew.objects.create(
        scale=Scale.CREW,
        name=name,
        intention=intention,
        seats=seats,
        rhythm_in_words=rhythm_in_words,
        languages=list(languages),
        hours=list(hours),
        time_zone=by.time_zone,
        meetings=meetings,
        parent=parent,
        created_by=by,
        caller=by,
    )
    take_seat(circle=crew, person=by)
    return crew

"""Every write that is a crew's own."""

from django.db import transaction

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.scales import Scale
from circles.services import make_room, present, take_seat
from crews.models import Crew
from people.models import Person


@transaction.atomic
def call(
    *,
    by: Person,
    name: str,
    intention: str,
    seats: int,
    rhythm_in_words: str = "",
    parent: Circle | None = None,
) -> Crew:
    """Call a crew: the caller takes the first seat. Raises NotAllowed for a congregation that
    the caller does not belong to."""
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
        parent=parent,
        created_by=by,
        caller=by,
    )
    take_seat(circle=crew, person=by)
    return crew


@transaction.atomic
def change(
    *, crew: Crew, by: Person, name: str, intention: str, seats: int, rhythm_in_words: str
) -> Crew:
    """Change what the crew is for. Any crewmate may.

    Raises NotAllowed, CircleClosed, TooFewSeats.
    """
    crew = _for_change(crew, by)
    make_room(crew, seats)
    crew.name, crew.intention = name, intention
    crew.seats, crew.rhythm_in_words = seats, rhythm_in_words
    crew.save(update_fields=["name", "intention", "seats", "rhythm_in_words"])
    return crew


@transaction.atomic
def agree(*, crew: Crew, by: Person, agreements: str) -> Crew:
    """Write down what the crew agreed. Any crewmate may. Raises NotAllowed, CircleClosed."""
    crew = _for_change(crew, by)
    crew.agreements = agreements
    crew.save(update_fields=["agreements"])
    return crew


def _for_change(crew: Crew, by: Person) -> Crew:
    locked = Crew.objects.select_for_update().get(pk=crew.pk)
    if not present(locked, by):
        raise NotAllowed
    if not locked.is_open:
        raise CircleClosed
    return locked

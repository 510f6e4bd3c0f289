"""Changing what a crew is, by anybody who sits in it."""

from django.db import transaction

from circles.errors import CircleClosed, NotAllowed
from circles.services import make_room, present
from crews.models import Crew
from people.models import Person


@transaction.atomic
def change(
    *,
    crew: Crew,
    by: Person,
    name: str,
    intention: str,
    seats: int,
    rhythm_in_words: str,
    takes_newcomers: bool = True,
) -> Crew:
    """Change what the crew is for, and whether its free seats are offered. Any crewmate may.

    Raises NotAllowed, CircleClosed, TooFewSeats.
    """
    crew = changing(crew, by)
    make_room(crew, seats)
    crew.name, crew.intention = name, intention
    crew.seats, crew.rhythm_in_words = seats, rhythm_in_words
    crew.takes_newcomers = takes_newcomers
    crew.save(update_fields=["name", "intention", "seats", "rhythm_in_words", "takes_newcomers"])
    return crew


@transaction.atomic
def agree(*, crew: Crew, by: Person, agreements: str) -> Crew:
    """Write down what the crew agreed. Any crewmate may. Raises NotAllowed, CircleClosed."""
    crew = changing(crew, by)
    crew.agreements = agreements
    crew.save(update_fields=["agreements"])
    return crew


def changing(crew: Crew, by: Person) -> Crew:
    """The crew, locked and open, if `by` sits in it. Raises NotAllowed, CircleClosed."""
    locked = Crew.objects.select_for_update().get(pk=crew.pk)
    if not present(locked, by):
        raise NotAllowed
    if not locked.is_open:
        raise CircleClosed
    return locked

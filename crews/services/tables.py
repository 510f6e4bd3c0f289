"""Changing what a crew is, by anybody who sits in it."""

from collections.abc import Sequence

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
    languages: Sequence[str] | None = None,
    hours: Sequence[int] | None = None,
    meetings: int | None = None,
    takes_newcomers: bool = True,
) -> Crew:
    """Change what the crew is for, and whether its free seats are offered. Any crewmate may.
    What is None stays.

    Hours are by the clock of the crew (`Crew.time_zone`); the first to say some sets it.
    Raises NotAllowed, CircleClosed, TooFewSeats.
    """
    crew = changing(crew, by)
    make_room(crew, seats)
    if hours and not crew.hours:
        crew.time_zone = by.time_zone
    changed = {
        "name": name,
        "intention": intention,
        "seats": seats,
        "rhythm_in_words": rhythm_in_words,
        "languages": None if languages is None else list(languages),
        "hours": None if hours is None else list(hours),
        "meetings": meetings,
        "takes_newcomers": takes_newcomers,
    }
    for field, value in changed.items():
        if value is not None:
            setattr(crew, field, value)
    crew.save(update_fields=[*changed, "time_zone"])
    return crew


def changing(crew: Crew, by: Person) -> Crew:
    """The crew, locked and open, if `by` sits in it. Raises NotAllowed, CircleClosed."""
    locked = Crew.objects.select_for_update().get(pk=crew.pk)
    if not present(locked, by):
        raise NotAllowed
    if not locked.is_open:
        raise CircleClosed
    return locked

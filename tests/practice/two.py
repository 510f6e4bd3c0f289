"""Two at their table, and what the tests of equal turns share."""

from datetime import datetime, timedelta

from time_machine import Traveller

from circles.models import Circle
from circles.scales import Scale
from circles.services import take_seat
from library.models import Practice
from practice.models import PracticeSession
from practice.services.sessions import cancel
from tests.factories import make_person
from tests.practice.held import begun, press
from tests.practice.tables import people_of


def make_two(one: str = "Inês", other: str = "Mere") -> Circle:
    """A circle for two with nothing of its own; `one` sits first."""
    dyad = Circle.objects.create(scale=Scale.DYAD, seats=2, name=f"{one} & {other}")
    for name in (one, other):
        take_seat(circle=dyad, person=make_person(name))
    return dyad


def first_at(session: PracticeSession, clock: Traveller, here: list[int] | None = None) -> str:
    """Holds the meeting for a moment; who began."""
    people = people_of(session.circle)
    there = here or [person.pk for person in people]
    by = next(person for person in people if person.pk in there)
    found = begun(session, clock, by=by, here=there)
    clock.shift(timedelta(minutes=3))
    press(session, "end", by=by)
    return next(person.first_name for person in people if person.pk == found.there[0])


def call_off(session: PracticeSession) -> None:
    cancel(session=session, by=people_of(session.circle)[0])


def seconds(session: PracticeSession, now: datetime) -> dict[str, float]:
    """How long each of the two has really spoken in turns of their own, by the first name."""
    held = session.holding
    held.refresh_from_db()
    people = {str(person.pk): person.first_name for person in people_of(session.circle)}
    found: dict[str, float] = {}
    for key, length in held.spent_by(now).items():
        name = people.get(key.rpartition(":")[2])
        if name:
            found[name] = found.get(name, 0) + length
    return found


def looping() -> Practice:
    return Practice.objects.get(slug="listen-and-loop")

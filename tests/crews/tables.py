"""A real crew, with real people at it."""

from circles.models import Circle
from circles.services import take_seat
from crews import services
from crews.models import Crew
from notifications.kinds import find
from notifications.letters import Letter
from notifications.models import Notice
from people.models import Person
from tests.factories import make_person, sit


def make_crew(
    by: Person | None = None, parent: Circle | None = None, people: int = 0, seats: int = 6
) -> Crew:
    """Called by `by`, with `people` more around the table."""
    caller = by or make_person("Wanjiru")
    if parent is not None and not parent.memberships.present().of(caller).exists():
        sit(parent, caller)
    crew = services.call(
        by=caller, name="Slow Kettle 🫖", intention="Slowly.", seats=seats, parent=parent
    )
    others = [make_person() for _ in range(people)]
    if parent is not None:
        sit(parent, *others)
    sit(crew, *others)
    return crew


def join(crew: Circle, person: Person) -> None:
    """Seat the person, and before that in the congregation that the crew stands in."""
    if crew.parent is not None:
        take_seat(circle=crew.parent, person=person)
    take_seat(circle=crew, person=person)


def begin(crew: Crew) -> Crew:
    """Let three who are in say “go”; returns the crew that has begun."""
    for seat in list(crew.memberships.present().at_table()[:3]):
        services.say_go(crew=crew, by=seat.person)
    crew.refresh_from_db()
    return crew


def letter_of(notice: Notice | None) -> Letter:
    """What would be sent for a notice now."""
    kind = find(notice.kind) if notice else None
    assert notice is not None
    assert kind is not None
    letter = kind.build(notice)
    assert isinstance(letter, Letter)
    return letter

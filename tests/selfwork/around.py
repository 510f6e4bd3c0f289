"""Tables around somebody: a meeting to note something of, and a circle to carry a sentence into."""

from datetime import timedelta

from django.utils import timezone

from circles import services as circles
from circles.models import Circle
from crews import services as crews
from people.models import Person
from practice.models import PracticeSession
from selfwork import services
from selfwork.models import CarriedLine

NOTED = "The pelican took the chair 🦩"
LINE = "I would rather be asked than guessed at."


def met(circle: Circle) -> PracticeSession:
    """A meeting of the circle that is over."""
    begun = timezone.now() - timedelta(hours=3)
    return PracticeSession.objects.create(
        circle=circle, starts_at=begun, ends_at=begun + timedelta(hours=1)
    )


def crew_of(*people: Person) -> Circle:
    crew = crews.call(by=people[0], name="Lamplighters", intention="To light.", seats=6)
    for person in people[1:]:
        circles.take_seat(circle=crew, person=person)
    return crew


def sheet(session: PracticeSession) -> str:
    return f"/self/meetings/{session.pk}/"


def carry(owner: Person, circle: Circle, words: str = LINE) -> CarriedLine:
    readers = {person.pk for person in services.readers_in(circle, owner)}
    return services.carry(owner=owner, circle=circle, words=words, readers=readers)

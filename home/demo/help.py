"""Help from outside in the demo: who is glad to, one visitor asked for, one mediator offered.
And a crew that has gone quiet."""

from datetime import datetime, timedelta

from circles.models import Circle
from circles.services import take_seat
from congregation.models import HelpRequest
from congregation.services import help as services
from crews import services as crews
from crews.models import Crew
from people.models import Person
from practice.models import PracticeSession


def ask_for_help(
    estuary: Circle, crew: Circle, dyad: Circle, people: list[Person], now: datetime
) -> None:
    """The first of `people` is glad to visit, the second to mediate; the crew asks for a visitor
    to its next meeting, and to the dyad the second has offered to sit between them."""
    visitor, mediator = people
    services.be_glad(congregation=estuary, by=visitor, to_visit=True, to_mediate=False)
    services.be_glad(congregation=estuary, by=mediator, to_visit=True, to_mediate=True)
    session = PracticeSession.objects.filter(circle=crew, starts_at__gt=now).earliest("starts_at")
    services.ask_visitor(
        session=session,
        by=_first(crew),
        words="We drift. Would somebody keep time for us and ask the question we all avoid?",
    )
    asked = services.ask_mediator(
        circle=dyad,
        by=_first(dyad),
        words="We talk past each other lately, and both of us are tired of it.",
    )
    services.offer(request=asked, by=mediator)
    before = now - timedelta(days=2)
    HelpRequest.objects.update(asked_at=before, looking_since=before)


def _first(circle: Circle) -> Person:
    return circle.memberships.present().at_table()[0].person


def let_one_go_quiet(estuary: Circle, people: list[Person], now: datetime) -> None:
    """These people began a crew ten weeks ago, and have set no meeting since."""
    caller, *others = people
    crew = crews.call(
        by=caller,
        name="Tea at Noon",
        intention="A cup of tea in the middle of the day, wherever we are.",
        seats=5,
        rhythm_in_words="Now and then, at noon",
        parent=estuary,
    )
    for person in others:
        take_seat(circle=crew, person=person)
    long_ago = now - timedelta(weeks=10)
    Crew.objects.filter(pk=crew.pk).update(begun_at=long_ago, created_at=long_ago)
    crews.ask_the_quiet(now - timedelta(days=1))

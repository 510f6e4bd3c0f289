"""Crews near the end of a cycle, and what the tests of that share."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller

from circles.models import Circle
from crews import services
from crews.models import Crew, Cycle
from crews.tasks import keep_cycles
from notifications.models import Notice
from notifications.services import queue_due_notices, send_due
from people.models import Person
from practice.models import PracticeSession
from tests.crews.tables import make_crew
from tests.factories import make_person, sit
from tests.practice.tables import NOW, SOON, meet, people_of, signed_in, text

__all__ = ["NOW", "SOON", "meet", "people_of", "signed_in", "text"]

DAY = timedelta(days=1)


def make_going(*people: Person, parent: Circle | None = None, count: int = 3) -> Crew:
    """A crew that has begun, around a table of these people, or of `count` new ones."""
    first, *others = people or tuple(make_person() for _ in range(count))
    crew = make_crew(by=first, parent=parent)
    if parent is not None:
        inside = set(parent.memberships.present().values_list("person", flat=True))
        sit(parent, *(person for person in others if person.pk not in inside))
    sit(crew, *others)
    Crew.objects.filter(pk=crew.pk).update(begun_at=timezone.now())
    crew.refresh_from_db()
    return crew


def tick(clock: Traveller, moment: datetime | None = None) -> None:
    """The clock's work at a moment: cycles, then mail."""
    if moment is not None:
        clock.move_to(moment)
    keep_cycles()
    queue_due_notices(timezone.now())
    send_due(seconds=60)


def asked(crew: Crew, clock: Traveller, **fields: object) -> Cycle:
    """Its meetings are set, and the last but one is over: everybody is asked."""
    sessions = meet(crew, SOON, **fields)
    tick(clock)
    tick(clock, sessions[-2].ends_at + timedelta(hours=1))
    cycle = now(crew)
    assert cycle.is_asking
    return cycle


def answered(cycle: Cycle, *choices: str) -> None:
    """The first who sits there says the first, and so on."""
    for person, choice in zip(people_of(cycle.crew), choices, strict=False):
        if choice:
            services.answer(cycle=cycle, by=person, choice=choice, word=f"My word: {choice}.")


def opened(crew: Crew, clock: Traveller, *choices: str) -> Cycle:
    """Everybody has answered, or the date has come: the answers are open."""
    cycle = asked(crew, clock)
    answered(cycle, *choices)
    assert cycle.answers_due is not None
    tick(clock, cycle.answers_due)
    cycle = now(crew)
    assert cycle.is_open
    return cycle


def now(crew: Crew) -> Cycle:
    """The crew's last cycle as it stands."""
    return crew.cycles.select_related("crew", "last").order_by("-number")[0]


def page(crew: Crew, name: str, *args: object) -> str:
    return reverse(f"crews:{name}", args=[crew.pk, *args])


def told(kind: str) -> list[Person]:
    """Who got a mail of this kind, each as often as they got one."""
    sent = Notice.objects.filter(kind=f"crews.{kind}", sent_at__isnull=False)
    return [notice.person for notice in sent.order_by("pk") if notice.person]


def owed(kind: str) -> list[Person]:
    """Who is owed a mail of this kind, or was."""
    found = Notice.objects.filter(kind=f"crews.{kind}").order_by("pk")
    return [notice.person for notice in found if notice.person]


def coming(crew: Crew) -> int:
    """How many meetings are to come."""
    return PracticeSession.objects.filter(circle=crew).to_come(timezone.now()).count()

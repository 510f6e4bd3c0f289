"""Dyads near their end, and what the tests of that share."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller

from circles.models import Circle
from circles.services import take_seat
from dyads import services
from dyads.models import Dyad, LookBack
from dyads.tasks import keep_look_backs
from notifications.models import Notice
from notifications.services import queue_due_notices, send_due
from people.models import Person
from practice.models import PracticeSession
from tests.factories import make_person
from tests.practice.tables import DAY, NOW, SOON, WEEK, meet, people_of, signed_in, text

__all__ = ["DAY", "NOW", "SOON", "WEEK", "meet", "people_of", "signed_in", "text"]


def make_pair(*people: Person, parent: Circle | None = None) -> Dyad:
    """A dyad with both seats taken; of two new people unless told."""
    one, other = people or (make_person("Ana Ruiz"), make_person("Ben Okoro"))
    if parent is not None:
        for person in (one, other):
            if not parent.memberships.present().of(person).exists():
                take_seat(circle=parent, person=person)
        dyad = services.begin(by=one, person=other, parent=parent)
    else:
        dyad = services.begin(by=one, email=other.email)
    take_seat(circle=dyad, person=other)
    dyad.refresh_from_db()
    return dyad


def tick(clock: Traveller, moment: datetime | None = None) -> None:
    """The clock's work at a moment: look backs, then mail."""
    if moment is not None:
        clock.move_to(moment)
    keep_look_backs()
    queue_due_notices(timezone.now())
    send_due(seconds=5)


def asked(dyad: Dyad, clock: Traveller) -> LookBack:
    """Their two meetings are over: both are asked."""
    last = meet(dyad, SOON, meetings=2)[-1]
    tick(clock, last.ends_at + timedelta(hours=1))
    look_back = now(dyad)
    assert look_back.is_asking
    return look_back


def say(look_back: LookBack, number: int, choice: str, **words: str) -> LookBack:
    """The first or second of the two (0, 1) answers."""
    person = people_of(look_back.dyad)[number]
    words.setdefault("received", f"Received by {person.first_name}.")
    return services.answer_look_back(look_back=look_back, by=person, choice=choice, **words)


def opened(dyad: Dyad, clock: Traveller, one: str, other: str) -> LookBack:
    """Both have answered."""
    look_back = asked(dyad, clock)
    say(look_back, 0, one)
    say(look_back, 1, other)
    return now(dyad)


def now(dyad: Dyad) -> LookBack:
    """The last look back as it stands."""
    return dyad.look_backs.select_related("dyad").latest("asked_at", "pk")


def page(look_back: LookBack, name: str) -> str:
    return reverse(f"dyads:{name}", args=[look_back.dyad_id, look_back.pk])


def told(kind: str) -> list[Person]:
    """Who got a mail of this kind, each as often as they got one."""
    sent = Notice.objects.filter(kind=f"dyads.{kind}", sent_at__isnull=False)
    return [notice.person for notice in sent.order_by("pk") if notice.person]


def coming(dyad: Dyad) -> int:
    """How many meetings are to come."""
    return PracticeSession.objects.filter(circle=dyad).to_come(timezone.now()).count()

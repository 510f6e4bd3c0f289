"""Two who were paired and introduced, for tests of what follows."""

from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from circles.models import Circle
from dyads.models import Introduction, Place, ProposedPair
from dyads.services.introducing import introduce, offered
from dyads.services.pairing_up import pair_up
from library.models import Practice
from notifications.services import queue_due_notices, send_due
from people.models import Person
from people.week import hour_of_week
from tests.dyads.pairings import make_pairing
from tests.factories import make_person

# By each one's own clock: in Dublin the morning, which is the evening in Auckland.
MORNINGS = [hour_of_week(day, hour) for day in range(7) for hour in (7, 8, 9)]
EVENINGS = [hour_of_week(day, hour) for day in range(7) for hour in (19, 20, 21)]


def make_two() -> tuple[Person, Person]:
    """Oisín in Dublin and Mere in Auckland."""
    oisin = make_person("Oisín Ó Briain", time_zone="Europe/Dublin", suitable_hours=MORNINGS)
    mere = make_person(
        "Mere Tāmati",
        time_zone="Pacific/Auckland",
        suitable_hours=EVENINGS,
        pronouns="she/her",
        about="I keep bees & listen.",
    )
    return oisin, mere


def introduce_two(
    one: Person,
    other: Person,
    *,
    congregation: Circle | None = None,
    **plan: Any,
) -> Introduction:
    """They are paired in a published round, and introduced with the times that suit them."""
    now = timezone.now()
    pairing = make_pairing(
        [one, other], congregation, proposed_at=now, published_at=now, pairs_at=now, **plan
    )
    pair = ProposedPair.objects.create(round=pairing)
    for side, person in enumerate((one, other), 1):
        Place.objects.filter(round=pairing, person=person).update(pair=pair, side=side, was_in=True)
    (introduction,) = introduce(round=pairing, twos=pair_up(round=pairing, pairs=[pair]))
    return introduction


def times_of(introduction: Introduction) -> list[datetime]:
    introduction.refresh_from_db()
    return offered(introduction, timezone.now())


def practice(slug: str = "listen-and-loop") -> Practice:
    return Practice.objects.get(slug=slug)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(client: Client, url: str) -> str:
    """What a page says, on one line."""
    return " ".join(client.get(url).content.decode().split())


def clock_brings(moment: datetime) -> None:
    """What is due by then is written and sent."""
    with time_machine.travel(moment, tick=False):
        queue_due_notices(timezone.now())
        send_due(seconds=10)


def letters_to(person: Person) -> list[Any]:
    """The mails that reached somebody."""
    return [one for one in mail.outbox if person.email in one.to[0]]


def subjects(person: Person) -> list[str]:
    return [str(one.subject) for one in letters_to(person)]


def body(letter: Any) -> str:
    """Its plain text, on one line."""
    return " ".join(str(letter.body).split())


def html(letter: Any) -> str:
    """Its other half, on one line."""
    return " ".join(str(letter.alternatives[0][0]).split())


WEEK = timedelta(days=7)

"""Meetings that are held, and what the tests of that share."""

from typing import Any

from django.test import Client
from django.utils import timezone
from time_machine import Traveller

from library.models import Practice
from people.models import Person
from practice import services
from practice.models import Holding, PracticeSession
from tests.practice.tables import page, people_of, text

CLINIC = "case-clinic"


def practice(slug: str = CLINIC) -> Practice:
    return Practice.objects.get(slug=slug)


def held(session: PracticeSession) -> Holding:
    return Holding.objects.get(session=session)


def begun(session: PracticeSession, clock: Traveller, **fields: Any) -> Holding:
    """Everybody has sat down on time, and who sits first pressed."""
    clock.move_to(session.starts_at)
    people = people_of(session.circle)
    fields.setdefault("by", people[0])
    fields.setdefault("here", [person.pk for person in people])
    return services.begin(session=session, **fields)


def titles(session: PracticeSession) -> list[str]:
    return [stretch.title for stretch in held(session).order]


def wish(session: PracticeSession, do: str, **fields: Any) -> dict[str, Any]:
    """What a page that is drawn now would send."""
    found = held(session)
    step = found.place(timezone.now()).step
    return {"do": do, "seen": found.version, "step": step, **fields}


def press(session: PracticeSession, do: str, by: Person | None = None, **fields: Any) -> Holding:
    by = by or people_of(session.circle)[0]
    return services.press(session=session, by=by, **wish(session, do, **fields))


def seen(client: Client, session: PracticeSession) -> str:
    """The mark of what the page shows, as its script sends it."""
    words = text(client.get(page("hold", session)))
    return words.split('data-seen="')[1].split('"')[0]


def state(client: Client, session: PracticeSession, mark: str) -> Any:
    return client.get(page("hold_state", session), {"seen": mark}, headers={"HX-Request": "true"})

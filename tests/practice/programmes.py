"""A programme over a table's meetings, and what its tests share."""

from collections.abc import Sequence

from django.test import Client
from django.urls import reverse

from circles.models import Circle
from library.models import Practice, Programme
from practice.models import PracticeSession
from tests.practice.tables import stand

PARTS = (
    "Begin with three conversations",
    "The first case",
    "A case from everybody else",
    "Look back",
)


def programme(slug: str = "first-four-weeks") -> Programme:
    return Programme.objects.with_parts().get(slug=slug)


def way(circle: Circle, slug: str = "first-four-weeks", part: int = 0) -> str:
    url = reverse("practice:take_on", args=[circle.pk, slug])
    return f"{url}?part={part}" if part else url


def back(circle: Circle) -> str:
    return reverse("practice:taken_on", args=[circle.pk])


def titles(sessions: Sequence[PracticeSession]) -> list[str]:
    return [str(stand(session).programme_part or "") for session in sessions]


def practices(sessions: Sequence[PracticeSession]) -> list[str]:
    return [str(stand(session).practice or "") for session in sessions]


def choose(session: PracticeSession, slug: str = "troika") -> PracticeSession:
    """Somebody chose a practice for one meeting before."""
    session = stand(session)
    session.practice = Practice.objects.get(slug=slug)
    session.save()
    return session


def seen(client: Client, url: str) -> str:
    """The state that the page was drawn from, as its form sends it along."""
    state = client.get(url).context["plan"].seen
    assert isinstance(state, str)
    return state

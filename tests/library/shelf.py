"""Practices, drafts and what the tests of the library share."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from circles.models import Circle
from library.models import Draft, Practice
from library.services import begin_draft
from library.services.storing import keep_edition, store
from people.models import Person
from practice.models import PracticeSession
from tests.reading import signed_in as signed_in
from tests.reading import text as text

STEPS = [
    {"minutes": "5", "kind": "each", "who": "", "title": "Open", "words": "How do you come?"},
    {
        "minutes": "20",
        "kind": "talk",
        "who": "giver",
        "title": "The walk",
        "words": "One walks and tells.",
    },
    {"minutes": "5", "kind": "silent", "who": "", "title": "Sit", "words": "Let it sink."},
]
# What is typed into the form; five people at most: 5 × 5 + 20 + 5 = 50 minutes.
WHOLE: dict[str, Any] = {
    "title": "Slow walk 🚶",
    "scale": "crew",
    "purpose": "To think at the pace of feet.",
    "people_least": "3",
    "people_most": "5",
    "roles": "giver, timekeeper",
    "others": "walkers",
    "opening": "You walk side by side.\n\nNobody hurries.",
    "caution": "Mind the traffic.",
    "source": "",
    "steps": STEPS,
}


def typed(content: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    content = {**WHOLE, **(content or {})}
    rows = content.pop("steps")
    steps = {
        f"step-{number}-{name}": value
        for number, row in enumerate(rows, start=1)
        for name, value in row.items()
    }
    return {**content, **steps, **more}


def make_practice(number: int = 1, **fields: Any) -> Practice:
    """A published practice, without steps unless given more."""
    fields = {
        "slug": f"practice-{number}",
        "title": f"Practice {number}",
        "scale": "crew",
        "purpose": "To see.",
        "people_least": 3,
        "people_most": 6,
        "minutes": 30,
        "source": "us",
        "published_at": timezone.now(),
        **fields,
    }
    practice = Practice.objects.create(**fields)
    return store(practice, practice.text)


def make_whole(home: Circle | None, by: Person | None = None, **fields: Any) -> Practice:
    """A published practice with steps and a first edition."""
    practice = make_practice(home=home, written_by=by, minutes=10, **fields)
    practice.steps.create(position=1, title="Walk", words="Slowly.", minutes=10)
    keep_edition(practice, practice.text, by=by)
    return practice


def make_draft(by: Person, content: dict[str, Any] | None = None, **fields: Any) -> Draft:
    """Something somebody has written, complete unless told."""
    return begin_draft(by=by, content={**WHOLE, **(content or {})}, **fields)


def hold(circle: Circle, practice: Practice, *, days_ago: int = 1, **fields: Any) -> Any:
    """A meeting of this circle that is over."""
    begun = timezone.now() - timedelta(days=days_ago, hours=2)
    return PracticeSession.objects.create(
        circle=circle,
        practice=practice,
        starts_at=begun,
        ends_at=begun + timedelta(hours=1),
        time_zone="UTC",
        **fields,
    )

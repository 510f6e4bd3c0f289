"""What the library keeps about somebody, for "everything kept about you"."""

from typing import Any

from library.models import Draft, Edition, Learning
from people.models import Person

Rows = list[Any]


def drafts(person: Person) -> Rows:
    """What they are writing."""
    rows = Draft.objects.filter(written_by=person).order_by("pk")
    return list(rows.values("content", "what_changed", "home__name", "offered_at", "word"))


def editions(person: Person) -> Rows:
    """What they wrote that was published."""
    rows = Edition.objects.filter(written_by=person).order_by("published_at", "pk")
    return list(rows.values("practice__title", "number", "body", "what_changed", "published_at"))


def learnings(person: Person) -> Rows:
    """What they shared about practices."""
    rows = Learning.objects.filter(person=person).order_by("shared_at", "pk")
    return list(
        rows.values("practice__title", "circle__name", "words", "names_circle", "shared_at")
    )


# What it is called there, and who finds it.
SOURCES = (
    ("practices you are writing", drafts),
    ("practices you wrote", editions),
    ("what you learned about practices", learnings),
)

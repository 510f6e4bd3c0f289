"""Bringing the shipped practices into the database."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from library.models import Practice, Step
from library.reading import PracticeText, read

TEXTS = Path(__file__).parent.parent / "texts"


def shipped_texts() -> dict[str, PracticeText]:
    """Every practice that comes with the software, by slug (the file's name)."""
    return {
        file.stem: read(file.read_text(encoding="utf-8")) for file in sorted(TEXTS.glob("*.md"))
    }


@transaction.atomic
def ship_practices() -> int:
    """Store or update the shipped practices; returns how many. Leaves all others alone.

    A practice that is no longer shipped stays: sessions may point to it.
    """
    texts = shipped_texts()
    taken = set(Practice.objects.filter(is_shipped=False).values_list("slug", flat=True))
    for slug, text in texts.items():
        if slug in taken:
            continue
        fields = {
            name: getattr(text, name)
            for name in (
                "title",
                "scale",
                "purpose",
                "opening",
                "caution",
                "people_least",
                "people_most",
                "minutes",
                "others",
                "source",
            )
        }
        practice, _ = Practice.objects.update_or_create(
            slug=slug,
            defaults={**fields, "roles": list(text.roles), "is_shipped": True},
            create_defaults={
                **fields,
                "roles": list(text.roles),
                "is_shipped": True,
                "published_at": timezone.now(),
            },
        )
        practice.steps.all().delete()
        Step.objects.bulk_create(
            Step(
                practice=practice,
                position=position,
                title=step.title,
                words=step.words,
                minutes=step.minutes,
                kind=step.kind,
                who=step.who,
            )
            for position, step in enumerate(text.steps, start=1)
        )
    return len(texts)

"""Bringing the shipped practices into the database."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from library.models import Practice
from library.reading import PracticeText, read
from library.services.storing import keep_edition, store

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
    known = {practice.slug: practice for practice in Practice.objects.filter(slug__in=texts)}
    for slug, text in texts.items():
        practice = known.get(slug) or Practice(
            slug=slug, is_shipped=True, published_at=timezone.now()
        )
        if practice.is_shipped:
            store(practice, text)
            keep_edition(practice, text)
    return len(texts)

"""Bringing the shipped programmes into the database."""

from pathlib import Path

from django.db import transaction

from library.models import Practice, Programme, ProgrammePart
from library.programme_reading import ProgrammeText, read_programme

PROGRAMMES = Path(__file__).parent.parent / "programmes"


def shipped_programmes() -> dict[str, ProgrammeText]:
    """Every programme that comes with the software, by slug (the file's name)."""
    return {
        file.stem: read_programme(file.read_text(encoding="utf-8"))
        for file in sorted(PROGRAMMES.glob("*.md"))
    }


@transaction.atomic
def ship_programmes() -> int:
    """Store or update the shipped programmes, after the practices; returns how many.

    Parts are updated in place, since meetings point to them.
    """
    texts = shipped_programmes()
    taken = set(Programme.objects.filter(is_shipped=False).values_list("slug", flat=True))
    slugs = [part.practice for text in texts.values() for part in text.parts]
    practices = Practice.objects.in_bulk(slugs, field_name="slug")
    for slug, text in texts.items():
        if slug in taken:
            continue
        fields = ("title", "scale", "purpose", "opening", "source")
        programme, _ = Programme.objects.update_or_create(
            slug=slug,
            defaults={"is_shipped": True, **{name: getattr(text, name) for name in fields}},
        )
        for position, part in enumerate(text.parts, start=1):
            ProgrammePart.objects.update_or_create(
                programme=programme,
                position=position,
                defaults={
                    "title": part.title,
                    "practice": practices.get(part.practice),
                    "minutes": part.minutes,
                    "words": part.words,
                },
            )
        programme.parts.filter(position__gt=len(text.parts)).delete()
    return len(texts)

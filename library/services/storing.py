"""A written practice becomes rows, and each published state is kept."""

from django.utils.text import slugify

from library.models import Edition, Practice, Step
from library.reading import PracticeText
from library.writing import write
from people.models import Person

# Of `PracticeText`; the columns have the same names.
FIELDS = (
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
# Words that other pages of the library have in their addresses.
NO_SLUGS = {"desk", "programmes"}
LONGEST_SLUG = 44


def store(practice: Practice, text: PracticeText) -> Practice:
    """Save what a text says, steps too, inside the transaction of whoever decided it."""
    for name in FIELDS:
        setattr(practice, name, getattr(text, name))
    practice.roles = list(text.roles)
    practice.found_by = _found_by(text)
    practice.save()
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
    return practice


def keep_edition(
    practice: Practice, text: PracticeText, *, by: Person | None = None, what_changed: str = ""
) -> Edition | None:
    """Keep a published state in the history; None when it says what the latest one says."""
    body = write(text)
    latest = practice.editions.first()
    if latest is not None and latest.body == body:
        return None
    return Edition.objects.create(
        practice=practice,
        number=latest.number + 1 if latest else 1,
        body=body,
        written_by=by,
        what_changed=what_changed,
    )


def free_slug(title: str) -> str:
    """An address that no practice has yet, from the title's own words where they are Latin."""
    wanted = slugify(title)[:LONGEST_SLUG].strip("-_") or "practice"
    alike = Practice.objects.filter(slug__startswith=wanted)
    taken = NO_SLUGS | set(alike.values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    numbers = range(2, len(taken) + 3)
    return next(slug for number in numbers if (slug := f"{wanted}-{number}") not in taken)


def _found_by(text: PracticeText) -> str:
    """Every word that a search looks through."""
    pieces = [text.title, text.purpose, text.opening, text.caution, *text.roles, text.others]
    for step in text.steps:
        pieces += [step.title, step.words]
    return "\n".join(filter(None, pieces)).casefold()

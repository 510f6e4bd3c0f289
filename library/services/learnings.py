"""Saying what one learned, taking it back, hiding what does not belong there."""

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle
from circles.scales import Scale
from circles.services import present
from library import errors
from library.models import Learning, Practice, circles_that_held
from library.services.permission import may_publish
from people.models import Person


@transaction.atomic
def share(
    *, practice: Practice, circle: Circle, by: Person, words: str, names_circle: bool
) -> Learning:
    """Put a sentence beside a practice that one's circle has held; a second one replaces it.

    Raises NotAllowed without a seat there, NotHeld before the circle has tried it.
    """
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    if not present(circle, by):
        raise NotAllowed
    if not circles_that_held(practice, timezone.now()).filter(pk=circle.pk).exists():
        raise errors.NotHeld
    said = {
        "words": words,
        "names_circle": names_circle and circle.scale != Scale.DYAD,
        "shared_at": timezone.now(),
    }
    learning, _ = Learning.objects.update_or_create(
        practice=practice, circle=circle, person=by, defaults=said
    )
    return learning


@transaction.atomic
def take_learning_back(*, learning: Learning, by: Person) -> None:
    """Remove what one has said oneself. Raises NotAllowed."""
    if learning.person_id != by.pk:
        raise NotAllowed
    learning.delete()


@transaction.atomic
def hide_learning(*, learning: Learning, by: Person) -> None:
    """For those who publish there: take it off the page. Its writer keeps it.

    Raises NotAllowed.
    """
    if not may_publish(learning.circle.parent or learning.circle, by):
        raise NotAllowed
    Learning.objects.filter(pk=learning.pk, hidden_at__isnull=True).update(hidden_at=timezone.now())

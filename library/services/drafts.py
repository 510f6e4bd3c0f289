"""Writing for oneself: keep, change, delete."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Membership
from library import errors
from library.models import Draft, Practice
from people.models import Person

MOST_DRAFTS = 60


@transaction.atomic
def begin_draft(
    *,
    by: Person,
    content: dict[str, Any],
    practice: Practice | None = None,
    variation_of: Practice | None = None,
    what_changed: str = "",
) -> Draft:
    """Keep what somebody has begun to write, for them alone. Raises TooManyDrafts."""
    by = Person.objects.select_for_update().get(pk=by.pk)
    if by.drafts.count() >= MOST_DRAFTS:
        raise errors.TooManyDrafts
    return Draft.objects.create(
        written_by=by,
        content=content,
        practice=practice,
        variation_of=variation_of,
        what_changed=what_changed,
    )


@transaction.atomic
def change_draft(
    *, draft: Draft, by: Person, content: dict[str, Any], what_changed: str = ""
) -> Draft:
    """Keep what was changed. Raises Offered while it lies with those who publish."""
    draft = _own(draft, by)
    if draft.is_offered:
        raise errors.Offered
    draft.content, draft.what_changed = content, what_changed
    draft.changed_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def delete_draft(*, draft: Draft, by: Person) -> None:
    """Throw away what one has written. Raises NotAllowed."""
    _own(draft, by).delete()


def let_go(seat: Membership) -> None:
    """Whoever leaves takes what they have offered there back to their own desk."""
    Draft.objects.filter(home=seat.circle, written_by=seat.person).update(
        home=None, offered_at=None
    )


def _own(draft: Draft, by: Person) -> Draft:
    found = Draft.objects.select_for_update().filter(pk=draft.pk, written_by=by).first()
    if found is None:
        raise NotAllowed
    return found

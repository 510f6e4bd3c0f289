"""Going back to an earlier edition."""

from django.db import transaction
from django.utils.translation import gettext as _

from circles.errors import NotAllowed
from circles.models import Circle
from library import errors
from library.models import Edition
from library.services.permission import may_publish
from library.services.storing import keep_edition, store
from people.models import Person


@transaction.atomic
def bring_back(*, edition: Edition, by: Person) -> Edition:
    """Make an earlier edition the newest; nothing in between is lost.

    Raises NotAllowed, LatestAlready.
    """
    practice = edition.practice
    if practice.home_id is None:
        raise NotAllowed
    home = Circle.objects.select_for_update().get(pk=practice.home_id)
    if not may_publish(home, by):
        raise NotAllowed
    text = edition.text
    kept = keep_edition(
        practice,
        text,
        by=by,
        what_changed=_("Edition {number} again").format(number=edition.number),
    )
    if kept is None:
        raise errors.LatestAlready
    store(practice, text)
    return kept

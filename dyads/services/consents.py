"""Whether the congregation may know that two practise together. Each says so for themselves."""

from django.db import transaction

from circles.errors import NotAllowed
from circles.models import Circle
from circles.services import locked, present
from dyads.models import Consent
from people.models import Person


@transaction.atomic
def allow_to_be_seen(*, dyad: Circle, by: Person, allows: bool) -> None:
    """Keep one's own word; it takes both, and each may take it back at any time.

    Raises NotAllowed, CircleClosed.
    """
    locked(dyad)
    if not present(dyad, by):
        raise NotAllowed
    if allows:
        Consent.objects.get_or_create(dyad_id=dyad.pk, person=by)
    else:
        Consent.objects.filter(dyad=dyad.pk, person=by).delete()

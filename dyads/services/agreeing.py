"""What the two are for, and what they agreed."""

from django.db import transaction

from circles import services as seats
from circles.errors import CircleClosed, NotAllowed
from dyads.models import Dyad
from people.models import Person


@transaction.atomic
def change(*, dyad: Dyad, by: Person, intention: str, agreements: str) -> Dyad:
    """Change what the two are for and what they agreed. Raises NotAllowed, CircleClosed."""
    dyad = Dyad.objects.select_for_update().get(pk=dyad.pk)
    if not seats.present(dyad, by):
        raise NotAllowed
    if not dyad.is_open:
        raise CircleClosed
    dyad.intention, dyad.agreements = intention, agreements
    dyad.save(update_fields=["intention", "agreements"])
    return dyad

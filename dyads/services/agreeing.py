"""What the two are for, what they agreed, and how they mean to meet."""

from dataclasses import asdict

from django.db import transaction

from circles import services as seats
from circles.errors import CircleClosed, NotAllowed
from dyads.errors import StewardingStays
from dyads.models import Dyad
from dyads.rules.plan import Plan
from people.models import Person


@transaction.atomic
def change(
    *, dyad: Dyad, by: Person, intention: str, agreements: str, plan: Plan | None = None
) -> Dyad:
    """Change what the two are for, what they agreed, and with `plan` how they mean to meet.

    Who supports whom stays: nobody comes to steward the person who stewards them. Raises
    NotAllowed, CircleClosed, StewardingStays.
    """
    dyad = Dyad.objects.select_for_update().get(pk=dyad.pk)
    if not seats.present(dyad, by):
        raise NotAllowed
    if not dyad.is_open:
        raise CircleClosed
    dyad.intention, dyad.agreements = intention, agreements
    changed = ["intention", "agreements"]
    if plan is not None:
        changed += _take_over(dyad, plan)
    dyad.save(update_fields=changed)
    return dyad


def _take_over(dyad: Dyad, plan: Plan) -> list[str]:
    """Returns the names of what it may have changed."""
    goes_one_way = Dyad.Kind.STEWARDING in {dyad.kind, plan.kind}
    if goes_one_way and (plan.kind, plan.steward_seat) != (dyad.kind, dyad.steward_seat):
        raise StewardingStays
    for name, value in asdict(plan).items():
        setattr(dyad, name, value)
    return list(asdict(plan))

"""What a congregation's page shows of its crews' endings: sentences, and who is open to what."""

from datetime import timedelta

from django.utils import timezone

from circles.models import Membership
from congregation.models import Congregation
from congregation.showing.parts import Part
from crews.models import Learned, Parting
from people.models import Person

MOST_SENTENCES = 6
MOST_OPEN = 12
# What somebody is open to holds for a while.
HOLDS = timedelta(days=60)


def learned_here(congregation: Congregation, reader: Person, is_steward: bool) -> Part | None:
    """The newest sentences of its crews. A hidden one nobody sees here, not even its writer."""
    shared = Learned.objects.filter(crew__parent=congregation, hidden_at__isnull=True)
    found = list(shared.select_related("crew")[:MOST_SENTENCES])
    if not found:
        return None
    sentences = [
        {
            "one": one,
            "crew": one.crew.name if one.names_crew else "",
            "is_mine": one.person_id == reader.pk,
            "may_hide": is_steward and one.person_id != reader.pk,
        }
        for one in found
    ]
    return Part("crews/_learned_here.html", sentences)


def open_to_something(congregation: Congregation, reader: Person, is_steward: bool) -> Part | None:
    """For stewards: who of a crew that has ended said that they may know what comes next."""
    if not is_steward:
        return None
    here = Membership.objects.present().filter(circle=congregation).values("person")
    said = Parting.objects.filter(
        crew__parent=congregation,
        crew__closed_at__isnull=False,
        tells_stewards=True,
        person__in=here,
        said_at__gt=timezone.now() - HOLDS,
    )
    found = list(said.select_related("person").order_by("-said_at", "-pk")[:MOST_OPEN])
    return Part("crews/_open_to.html", found) if found else None

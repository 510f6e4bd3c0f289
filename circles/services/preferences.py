"""Saying with whom one would like to sit, and with whom rather not. Nobody is told, ever."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from circles.errors import NotAllowed, TooManyRefusals, TooManyWishes, WishedAndRefused
from circles.models import Circle, Membership, Preference
from circles.scales import Scale
from people.models import Person

MOST_WISHES, MOST_REFUSALS = 5, 10


def people_known_to(person: Person) -> set[int]:
    """Ids of everybody who sits in a circle with the person, without themselves."""
    mine = Membership.objects.present().filter(person=person, circle__closed_at__isnull=True)
    beside = Membership.objects.present().filter(circle__in=mine.values("circle"))
    known = set(beside.filter(person__is_active=True).values_list("person", flat=True))
    return known - {person.pk}


@transaction.atomic
def prefer(
    *,
    by: Person,
    wishes: Collection[int],
    refusals: Collection[int],
    among: Circle | None = None,
) -> None:
    """Keep whom `by` would like to sit with and whom rather not (ids), instead of what they said
    before; with `among`, only about the people of that circle: the rest stays as it is.

    Raises WishedAndRefused, TooManyWishes, TooManyRefusals; NotAllowed for somebody whom they
    do not sit with anywhere and have said nothing about before.
    """
    wanted = dict.fromkeys(wishes, Preference.Kind.WISH)
    refused = dict.fromkeys(refusals, Preference.Kind.RATHER_NOT)
    if wanted.keys() & refused.keys():
        raise WishedAndRefused
    # Whoever presses twice takes turns with themselves.
    Person.objects.select_for_update().get(pk=by.pk)
    known = people_known_to(by) if among is None else _people_of(among, by)
    said = {one.whom_id: one for one in Preference.objects.of(by)}
    if any(whom not in known and whom not in said for whom in wanted | refused):
        raise NotAllowed
    stays = said.keys() - known if among is not None else set()
    after = {whom: Preference.Kind(said[whom].kind) for whom in stays} | wanted | refused
    _require_few(after, list(said.values()))
    # What stands already keeps its date.
    gone = [one.pk for whom, one in said.items() if after.get(whom) != one.kind]
    Preference.objects.filter(pk__in=gone).delete()
    Preference.objects.bulk_create(
        Preference(by=by, whom_id=whom, kind=kind)
        for whom, kind in after.items()
        if whom not in said or said[whom].kind != kind
    )


def _people_of(circle: Circle, by: Person) -> set[int]:
    here = circle.memberships.present().filter(person__is_active=True)
    return set(here.values_list("person", flat=True)) - {by.pk}


def _require_few(after: dict[int, Preference.Kind], before: list[Preference]) -> None:
    """So many at most; those who stand already by `refuse` may stay, and no more be added."""
    kinds, stood = list(after.values()), [one.kind for one in before]
    most = max(MOST_REFUSALS, stood.count(Preference.Kind.RATHER_NOT))
    if kinds.count(Preference.Kind.WISH) > MOST_WISHES:
        raise TooManyWishes
    if kinds.count(Preference.Kind.RATHER_NOT) > most:
        raise TooManyRefusals


@transaction.atomic
def refuse(*, by: Person, whom: Person) -> None:
    """Rather not with this one, from now on, also beyond the usual ten: who wants no contact must
    not have to choose whom to let back in. A wish that stood is gone."""
    Person.objects.select_for_update().get(pk=by.pk)
    Preference.objects.filter(by=by, whom=whom, kind=Preference.Kind.WISH).delete()
    Preference.objects.get_or_create(by=by, whom=whom, kind=Preference.Kind.RATHER_NOT)


def refused_partners(person: Person) -> QuerySet[Circle]:
    """Open dyads of the person with somebody with whom they would rather not sit."""
    seats = Membership.objects.present().filter(circle=OuterRef("pk"))
    refused = Preference.objects.of(person).refusals().values("whom")
    dyads = Circle.objects.open().of(person).filter(scale=Scale.DYAD)
    return dyads.filter(Exists(seats.filter(person__in=refused)))

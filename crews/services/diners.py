"""Who would sit at two tables, as the rule of splitting sees them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from circles.models import Membership, Preference
from circles.scales import Scale
from crews.models import Crew
from crews.rules.splitting import Diner, Pair, Ties
from people.models import Person
from practice.hours import member_of
from practice.met import pairs_from_crews
from practice.rules import slots

# How long the two will meet is theirs to say; an hour is the least.
MINUTES = 60


def diners_of(people: Sequence[Person], now: datetime) -> list[Diner]:
    """Their hours, wishes and refusals: for the rule, never for a page. One query."""
    free = slots_of(people, now)
    said: dict[str, dict[int, set[int]]] = {
        kind: defaultdict(set) for kind in Preference.Kind.values
    }
    among = Preference.objects.among(person.pk for person in people)
    for by, whom, kind in among.values_list("by", "whom", "kind"):
        said[kind][by].add(whom)
    return [
        Diner(
            id=person.pk,
            slots=free[person.pk],
            wishes=frozenset(said[Preference.Kind.WISH][person.pk]),
            rather_not=frozenset(said[Preference.Kind.RATHER_NOT][person.pk]),
        )
        for person in people
    ]


def slots_of(people: Sequence[Person], now: datetime) -> dict[int, frozenset[int]]:
    """The beginnings in the coming week that suit each of them."""
    members = [member_of(person) for person in people]
    return slots.slots(members, slots.week_after(now), MINUTES)


def ties_of(crew: Crew, people: Collection[Person]) -> Ties:
    """Who is a dyad, and who sat in another crew together before. Two queries."""
    ids = [person.pk for person in people]
    known = pairs_from_crews(ids, crew.parent_id, besides=crew.pk) if crew.parent_id else set()
    return Ties(frozenset(dyads_among(ids)), frozenset(known))


def dyads_among(people: Collection[int]) -> set[Pair]:
    """Pairs of them who are a dyad now: for the rule, and for the two themselves."""
    seats = Membership.objects.present().filter(
        person__in=people, scale=Scale.DYAD, circle__closed_at__isnull=True
    )
    tables: dict[int, set[int]] = defaultdict(set)
    for circle, person in seats.values_list("circle", "person"):
        tables[circle].add(person)
    return {frozenset(pair) for pair in tables.values() if len(pair) == 2}

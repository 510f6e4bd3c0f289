"""Two who were paired become a dyad: all pairs of a round at once, while its congregation waits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from circles.scales import LAWS, Scale
from circles.services import seat_at_new
from dyads.models import Dyad, PairingRound, Place, ProposedPair, pair_of
from dyads.services.beginning import asking_by_mail, name_of, put_away_besides, set_free
from people.models import Person


@dataclass(frozen=True, slots=True)
class Two:
    """A dyad that a round has made, and its two by their seats."""

    dyad: Dyad
    people: Sequence[Person]


def pair_up(*, round: PairingRound, pairs: Sequence[ProposedPair]) -> list[Two]:
    """The dyads of these pairs, with the round's plan, begun by nobody: both are asked by the
    round. One query a dyad and its circle, besides as many as for one pair.

    Raises IntegrityError when two became a dyad elsewhere at this very moment.
    """
    sides: dict[int, list[Person]] = defaultdict(list)
    places = Place.objects.filter(pair__in=pairs).select_related("person")
    for place in places.order_by("pair", "side"):
        sides[place.pair_id or 0].append(place.person)
    people = [sides[pair.pk] for pair in pairs]
    set_free({pair_of(*two) for two in people})
    asking = asking_by_mail(person for two in people for person in two)
    twos = [Two(_dyad(round, *two), two) for two in people]
    seat_at_new((two.dyad, two.people) for two in twos)
    for two in twos:
        if any(one.pk in asking for one in two.people):
            put_away_besides(two.dyad, two.people)
    for pair, two in zip(pairs, twos, strict=True):
        pair.dyad = two.dyad
    ProposedPair.objects.bulk_update(pairs, ["dyad"])
    return twos


def _dyad(round: PairingRound, one: Person, other: Person) -> Dyad:
    return Dyad.objects.create(
        scale=Scale.DYAD,
        name=name_of(one, other),
        pair=pair_of(one, other),
        kind=Dyad.Kind.PRACTICE,
        seats=LAWS[Scale.DYAD].most,
        parent=round.congregation,
        weeks=round.weeks,
        minutes=round.minutes,
        meetings=round.meetings,
    )

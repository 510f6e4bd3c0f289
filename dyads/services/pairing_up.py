"""Two who were paired become a dyad."""

from circles.scales import LAWS, Scale
from circles.services import take_seat
from dyads.models import Dyad, ProposedPair


def pair_up(*, pair: ProposedPair) -> Dyad:
    """The dyad of a pair, with the round's plan, begun by nobody: both are asked by the round.

    Raises AlreadyADyad, and what taking a seat raises.
    """
    pairing = pair.round
    places = pair.places.order_by("side").select_related("person")
    one, other = (place.person for place in places)
    dyad = Dyad.objects.create(
        scale=Scale.DYAD,
        name=f"{one.first_name} & {other.first_name}"[:80],
        kind=Dyad.Kind.PRACTICE,
        seats=LAWS[Scale.DYAD].most,
        parent=pairing.congregation,
        weeks=pairing.weeks,
        minutes=pairing.minutes,
        meetings=pairing.meetings,
    )
    for person in (one, other):
        take_seat(circle=dyad, person=person)
    pair.dyad = dyad
    pair.save(update_fields=["dyad"])
    return dyad

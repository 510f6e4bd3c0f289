"""What came of a round, once it is published: for each reader only what concerns themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dyads.models import Dyad, PairingRound, Place
from dyads.rules.explaining import explain_to
from dyads.services.seekers import gather
from dyads.showing.desk import kindest
from dyads.showing.lacking import kept_facts, to_them
from dyads.showing.why import why_you
from people.models import Person


@dataclass(frozen=True, slots=True)
class Result:
    """What the reader reads. Stewards read besides who was paired with whom, as they published.

    `dyad` is the page of the two, for as long as the reader has a seat there; `other_is_gone`
    when there is no account any more with whom they were paired. `place` is the reader's, when
    they were left over.
    """

    other: Person | None = None
    other_is_gone: bool = False
    dyad: Dyad | None = None
    why: Sequence[str] = ()
    place: Place | None = None
    lacking: Sequence[str] = ()
    pairs: Sequence[tuple[Person, Person]] = ()
    left_over: Sequence[Person] = ()


def result_of(
    round: PairingRound, reader: Person, place: Place | None, *, is_steward: bool
) -> Result:
    """The result for one reader. The same number of queries for few pairs and many."""
    result = _of(round, reader, place)
    if not is_steward:
        return result
    pairs, left_over = _published(round)
    return replace(result, pairs=pairs, left_over=left_over)


def _of(round: PairingRound, reader: Person, place: Place | None) -> Result:
    if place is None or not place.was_in:
        return Result()
    if place.pair_id is None:
        lacking = to_them(kept_facts(place), reader.zone, round.minutes)
        return Result(place=place, lacking=lacking)
    others = round.places.filter(pair=place.pair_id).exclude(pk=place.pk)
    other = others.select_related("person").first()
    if other is None:
        return Result(other_is_gone=True)
    dyad = Dyad.objects.of(reader).filter(proposal=place.pair_id).first()
    return Result(other=other.person, dyad=dyad, why=_why(round, reader, other.person))


def _why(round: PairingRound, reader: Person, other: Person) -> list[str]:
    published_at = round.published_at
    if published_at is None:
        return []
    gathered = gather(round, published_at, only=(reader.pk, other.pk))
    told = explain_to(gathered.seekers[reader.pk], gathered.seekers[other.pk])
    return why_you(told, reader, other, kindest(gathered, reader.pk, other.pk))


def _published(round: PairingRound) -> tuple[list[tuple[Person, Person]], list[Person]]:
    places = round.places.filter(was_in=True).select_related("person").order_by("pair", "side")
    by_pair: dict[int, list[Person]] = {}
    left_over = []
    for place in places:
        if place.pair_id is None:
            left_over.append(place.person)
        else:
            by_pair.setdefault(place.pair_id, []).append(place.person)
    return [(two[0], two[1]) for two in by_pair.values() if len(two) > 1], left_over

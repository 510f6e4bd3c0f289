"""Rounds of pairing whose hands are down, for tests of what follows."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from circles.models import Circle
from circles.services import present, take_seat
from dyads import services
from dyads.models import PairingRound, Place, TakingPart
from people.models import Person
from people.week import hour_of_week
from tests.factories import make_congregation, make_person

# Tuesday, seven to nine in the evening.
EVENING = [hour_of_week(1, hour) for hour in (19, 20)]


def make_people(count: int, hours: Sequence[int] = EVENING, **fields: Any) -> list[Person]:
    """So many people whom these hours suit, in UTC unless another zone is given."""
    return [make_person(suitable_hours=list(hours), **fields) for _ in range(count)]


def make_pairing(
    people: Iterable[Person], congregation: Circle | None = None, **fields: Any
) -> PairingRound:
    """A round whose day has come, with these people in it; nothing is paired yet."""
    congregation = congregation or make_congregation()
    fields.setdefault("pairs_at", timezone.now() - timedelta(minutes=5))
    fields.setdefault("time_zone", "UTC")
    pairing = PairingRound.objects.create(congregation=congregation, **fields)
    for person in people:
        if not present(congregation, person):
            take_seat(circle=congregation, person=person)
        TakingPart.objects.get_or_create(congregation=congregation, person=person)
        Place.objects.create(round=pairing, person=person, answer=Place.Answer.IN)
    return pairing


def paired(pairing: PairingRound) -> PairingRound:
    """The same round once the job is done."""
    services.draw(pairing.pk)
    return PairingRound.objects.select_related("congregation").get(pk=pairing.pk)


def published(pairing: PairingRound) -> PairingRound:
    """The same round, paired and published by its congregation's steward."""
    pairing = paired(pairing)
    if pairing.published_at is None:
        publish(pairing, pairing.congregation.memberships.present().stewards().get().person)
        pairing.refresh_from_db()
    return pairing


def publish(pairing: PairingRound, steward: Person, version: int | None = None) -> None:
    """A steward presses, having seen the pairs as they stand, and a worker does it."""
    seen = pairing.version if version is None else version
    services.ask_to_publish(round=pairing, by=steward, version=seen)
    services.publish(round=pairing)


def pairs_of(pairing: PairingRound) -> set[frozenset[int]]:
    """Who is paired with whom, by id."""
    by_pair: dict[int, set[int]] = {}
    places = pairing.places.filter(pair__isnull=False)
    for pair, person in places.values_list("pair", "person"):
        by_pair.setdefault(pair, set()).add(person)
    return {frozenset(two) for two in by_pair.values()}

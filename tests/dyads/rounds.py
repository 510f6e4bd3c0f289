"""Rounds of pairing opened, and answered, through the services that people use."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from circles.models import Circle
from circles.services import take_seat
from dyads.models import PairingRound
from dyads.services import places, rounds
from people.models import Person
from people.services import set_hours
from people.week import hour_of_week
from tests.factories import make_congregation, make_person

# Tuesday, seven to ten in the evening.
EVENING = [hour_of_week(1, hour) for hour in (19, 20, 21)]


def taking_part(congregation: Circle, name: str = "", **fields: Any) -> Person:
    """Somebody new in the congregation who takes part in its pairing, with hours that suit."""
    person = make_person(name, **fields)
    set_hours(person=person, hours=EVENING)
    take_seat(circle=congregation, person=person)
    places.take_part(congregation=congregation, by=person)
    return person


def make_round(congregation: Circle | None = None, days: float = 5, **fields: Any) -> PairingRound:
    """An open round, opened by the congregation's founder."""
    congregation = congregation or make_congregation()
    assert congregation.created_by is not None
    fields.setdefault("pairs_at", timezone.now() + timedelta(days=days))
    return rounds.open_round(congregation=congregation, by=congregation.created_by, **fields)


def due(round: PairingRound) -> PairingRound:
    """The same round a minute after its day has come."""
    round.pairs_at = timezone.now() - timedelta(minutes=1)
    round.save(update_fields=["pairs_at"])
    return round

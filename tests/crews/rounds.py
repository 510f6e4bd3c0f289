"""Rounds opened and hands raised through the services that people use."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from circles.models import Circle
from crews.models import FormingRound, Participant
from crews.services import round_hands, rounds
from people.models import Person
from people.week import hour_of_week
from tests.factories import make_congregation, make_person, sit

# Tuesday, seven to ten in the evening.
EVENING = [hour_of_week(1, hour) for hour in (19, 20, 21)]


def make_round(
    congregation: Circle | None = None, by: Person | None = None, days: float = 14, **fields: Any
) -> FormingRound:
    """An open round, of the congregation's founder unless somebody else opens or asks for it."""
    congregation = congregation or make_congregation()
    by = by or congregation.created_by
    assert by is not None
    fields.setdefault("title", "Winter round")
    fields.setdefault("closes_at", timezone.now() + timedelta(days=days))
    return rounds.open_round(congregation=congregation, by=by, **fields)


def raise_hands(
    forming: FormingRound,
    people: Iterable[Person] | int,
    hours: Sequence[int] = EVENING,
    **said: Any,
) -> list[Participant]:
    """These people's hands, or those of so many new ones; seated in the congregation first."""
    if isinstance(people, int):
        people = [make_person() for _ in range(people)]
    up = []
    for person in people:
        if not forming.congregation.memberships.present().of(person).exists():
            sit(forming.congregation, person)
        up.append(round_hands.raise_hand(forming=forming, by=person, hours=hours, **said))
    return up


def closed(forming: FormingRound) -> FormingRound:
    """The same round an hour after its hands came down."""
    forming.closes_at = timezone.now() - timedelta(hours=1)
    forming.save(update_fields=["closes_at"])
    return forming

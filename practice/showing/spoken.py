"""How long each of two was listened to at the meetings they held. For the two only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from circles.models import Circle
from people.models import Person
from practice.models import Holding

MOST_SHOWN = 12
# Less than this is nobody's turn: somebody pressed, and thought better of it.
LEAST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Spoken:
    """One meeting they held: when, and for how many seconds each was listened to, by id."""

    held_from: datetime
    seconds: Mapping[int, float]


def spoken(circle: Circle, people: Sequence[Person]) -> list[Spoken]:
    """The last meetings at which both were there, in the order of time; those only at which
    somebody had a turn. Two questions to the database, however many there were."""
    now = timezone.now()
    held = (
        Holding.objects.filter(session__circle=circle, session__cancelled_at__isnull=True)
        .prefetch_related("session__roles")
        .select_related("session")
        .order_by("-held_from")
    )
    pair = [person.pk for person in people]
    found = []
    for holding in held[:MOST_SHOWN]:
        if not {*pair} <= {*holding.there} or not holding.place(now).is_over:
            continue
        seconds = _seconds(holding, pair, now)
        if sum(seconds.values()) >= LEAST_SECONDS:
            found.append(Spoken(holding.held_from, seconds))
    return found[::-1]


def _seconds(holding: Holding, pair: Sequence[int], now: datetime) -> dict[int, float]:
    roles = {row.role: row.person_id for row in holding.session.roles.all()}
    whose = {step.key: roles.get(step.who) for step in holding.planned if step.who}
    found = dict.fromkeys(pair, 0.0)
    for key, length in holding.spent_by(now).items():
        # The key of somebody's own turn ends with their id.
        own = key.rpartition(":")[2]
        person = whose.get(key, int(own) if own.isdecimal() else None)
        if person in found:
            found[person] += length
    return found

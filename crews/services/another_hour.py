"""Asking somebody without a seat for one more hour, while tables are set; and their yes."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.services.seats import locked
from crews import errors
from crews.models import FormingRound, Participant
from crews.services.seating import deciding
from notifications.services import owe
from people.models import Person
from people.week import cleaned

ANOTHER_HOUR = "crews.another_hour"


@transaction.atomic
def ask_for_another_hour(
    *, forming: FormingRound, by: Person, participant: Participant, hours: Collection[int]
) -> None:
    """Ask whether these hours of the week, by their own clock, would do, once for the same ones.

    Raises NotAllowed, NotBeingSet.
    """
    deciding(forming, by)
    said = "-".join(map(str, cleaned(hours)))
    owe(
        kind=ANOTHER_HOUR,
        key=f"hand {participant.pk} {said}",
        person=participant.person,
        ref=participant.pk,
        payload={"hours": said},
    )


@transaction.atomic
def add_hours(*, forming: FormingRound, by: Person, hours: Collection[int]) -> Participant:
    """Add hours of the week to one's own hand, also while tables are set: it stands in nobody's
    way. Raises NotAllowed, CircleClosed, NotBeingSet."""
    locked(forming.congregation)
    hand = Participant.objects.up().select_related("round").filter(round=forming, person=by).first()
    if hand is None:
        raise NotAllowed
    if hand.round.state(timezone.now()) != FormingRound.State.DRAWING:
        raise errors.NotBeingSet
    hand.hours = cleaned([*hand.hours, *hours])
    hand.save(update_fields=["hours"])
    return hand

"""What the crews app keeps about somebody, for "everything kept about you"."""

from typing import Any

from crews.models import ProposedSeat, SeatOffer
from people.models import Person

Rows = list[Any]


def proposed_seats(person: Person) -> Rows:
    """Seats that rounds proposed to them, and what they said."""
    rows = ProposedSeat.objects.filter(participant__person=person).order_by("pk")
    fields = ("proposed__round__title", "proposed__name", "answer", "answered_at", "told_at")
    return list(rows.values(*fields))


def offers(person: Person) -> Rows:
    """Seats that were offered to them."""
    rows = SeatOffer.objects.filter(person=person).order_by("offered_at")
    return list(rows.values("crew__name", "answer", "offered_at", "answered_at"))

"""Who is near for somebody who has just ended contact with another."""

from dataclasses import dataclass

from circles.models import Circle, Membership, Preference
from circles.scales import Scale
from circles.seats import circles_with_seat, seats_of
from people.models import Person

MOST = 6


@dataclass(frozen=True, slots=True)
class Near:
    """Stewards of the reader's congregations, and their crews of one, where help can be asked."""

    stewards: list[Membership]
    crews: list[Circle]


def hands_near(reader: Person) -> Near:
    """Whom they might talk to. Nobody is named with whom they would rather not be."""
    congregations = circles_with_seat(reader, Scale.CONGREGATION)
    refused = Preference.objects.of(reader).refusals().values("whom")
    stewards = Membership.objects.present().stewards().filter(circle__in=congregations)
    stewards = stewards.exclude(person=reader).exclude(person__in=refused)
    crews = [
        seat.circle
        for seat in seats_of(reader)
        if seat.scale == Scale.CREW and seat.circle.is_open and seat.circle.parent_id
    ]
    return Near(
        list(stewards.select_related("person", "circle").order_by("person__name", "pk")[:MOST]),
        crews[:MOST],
    )

"""A round whose hands are down in rows, and tables set by hand: without any page."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from circles.models import Circle, Preference
from crews.models import FormingRound, Participant, ProposedCrew, ProposedSeat
from people.models import Person
from people.week import hour_of_week
from tests.factories import make_congregation, make_person, sit

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def on(day: int, first: int = 19, after: int = 22) -> list[int]:
    """The hours of one day from `first` to `after`, local."""
    return [hour_of_week(day, hour) for hour in range(first, after)]


def make_round(congregation: Circle | None = None, **fields: Any) -> FormingRound:
    """A round of a congregation whose tables are being set: hands were up until an hour ago."""
    congregation = congregation or make_congregation()
    now = timezone.now()
    fields = {
        "title": "Winter round",
        "opened_by": congregation.created_by,
        "opened_at": now - timedelta(days=10),
        "closes_at": now - timedelta(hours=1),
        "time_zone": "UTC",
        **fields,
    }
    return FormingRound.objects.create(congregation=congregation, **fields)


def hand(
    forming: FormingRound,
    name: str = "",
    hours: Iterable[int] = (),
    zone: str = "UTC",
    person: Person | None = None,
    **fields: Any,
) -> Participant:
    """Somebody of the congregation whose hand is up."""
    person = person or make_person(name, time_zone=zone)
    if not forming.congregation.memberships.present().of(person).exists():
        sit(forming.congregation, person)
    return Participant.objects.create(
        round=forming, person=person, hours=sorted(hours), time_zone=zone, **fields
    )


def hands(forming: FormingRound, count: int, hours: Iterable[int] = (), **fields: Any) -> list[Any]:
    """Several at once."""
    return [hand(forming, hours=hours, **fields) for _ in range(count)]


def table(
    forming: FormingRound,
    people: Iterable[Participant],
    also: Iterable[Participant] = (),
    **fields: Any,
) -> ProposedCrew:
    """A proposed table with these people, as a drawing would have set it.

    It had put there `also` others, who have been moved since: so none of them is a blank.
    """
    seated = list(people)
    position = forming.proposed.count()
    proposed = ProposedCrew.objects.create(
        round=forming, position=position, drawn=[one.pk for one in (*seated, *also)], **fields
    )
    for one in seated:
        ProposedSeat.objects.create(proposed=proposed, participant=one)
    return proposed


def wish(by: Participant, whom: Participant) -> None:
    """`by` would like to sit with `whom`."""
    Preference.objects.create(by=by.person, whom=whom.person, kind=Preference.Kind.WISH)


def refuse(by: Participant, whom: Participant) -> None:
    """`by` would rather not sit with `whom`."""
    Preference.objects.create(by=by.person, whom=whom.person, kind=Preference.Kind.RATHER_NOT)

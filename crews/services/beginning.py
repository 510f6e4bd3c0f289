"""A proposed table with three yeses becomes a crew."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from circles.scales import LAWS, Scale
from circles.services import take_seat
from crews.models import Crew, FormingRound, ProposedCrew
from crews.rules.points import shared_slots
from crews.services.seekers import Gathered, gather
from notifications.services import owe
from people.models import Person
from people.time_zones import city, zone_info
from practice.showing.often import hour, how_often

LAW = LAWS[Scale.CREW]
BEGUN = "crews.begun"


def begin(table: ProposedCrew) -> Crew:
    """The crew of a table, inside the transaction and behind the lock of whoever said yes.

    Those who said yes sit down in that order, and each is told. Nobody has called it; its name,
    its purpose and its seats are for anyone in it to change.
    """
    forming = table.round
    seats = table.seats.taken().select_related("participant__person")
    people = [seat.participant.person for seat in seats.order_by("answered_at", "pk")]
    table.meets_at = first_evening(table)
    crew = Crew.objects.create(
        scale=Scale.CREW,
        name=table.name or _("Table {number}").format(number=table.position + 1),
        intention=_("What for? You decide it together on your first evening."),
        seats=max(LAW.ideal, table.seats.kept().count()),
        parent=forming.congregation,
        rhythm_in_words=_rhythm(forming, table.meets_at),
        languages=shared_languages(people),
        time_zone=forming.time_zone,
        meetings=forming.meetings,
        begun_at=timezone.now(),
    )
    table.crew = crew
    table.save(update_fields=["crew", "meets_at"])
    for person in people:
        take_seat(circle=crew, person=person)
        tell_begun(crew, person)
    return crew


def tell_begun(crew: Crew, person: Person) -> None:
    """Tell somebody once that their crew has begun, and what comes next."""
    owe(kind=BEGUN, key=f"crew {crew.pk}", person=person, ref=crew.pk)


def first_evening(table: ProposedCrew) -> datetime | None:
    """The kindest moment, in the first week after the answers, that suits all who may sit there.

    None where hours have changed since, and nothing suits them all any more.
    """
    kept = table.seats.kept().values_list("participant__person", flat=True)
    return shared_moment(gather(table.round), kept)


def shared_moment(gathered: Gathered, people: Iterable[int]) -> datetime | None:
    """The kindest moment of the first week that suits all these people (ids); None for none."""
    seekers = [gathered.seekers[one] for one in people if one in gathered.seekers]
    slot = gathered.best(seekers, tuple(sorted(shared_slots(seekers))))
    return None if slot is None else gathered.moment(slot)


def _rhythm(forming: FormingRound, at: datetime | None) -> str:
    often = how_often(forming.weeks)
    if at is None:
        return often[:1].upper() + often[1:]
    zone = zone_info(forming.time_zone)
    return _("{hour} in {city}, {often}").format(
        hour=hour(at, zone), city=city(forming.time_zone), often=often
    )


def shared_languages(people: list[Person]) -> list[str]:
    """The languages that all of them speak, in the order of the first."""
    return [one for one in people[0].languages if all(one in who.languages for who in people)]

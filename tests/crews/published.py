"""Rounds that are published: tables set by hand, people who answer, and the clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from circles.models import Circle
from crews import services
from crews.models import Crew, FormingRound, ProposedCrew, ProposedSeat
from notifications.models import Notice
from people.models import Person
from tests.crews.desks import TUESDAY, hand, make_round, on, table
from tests.factories import make_congregation

EVENING = on(TUESDAY)


def make_published(congregation: Circle | None = None, **fields: Any) -> FormingRound:
    """A round published an hour ago, whose people have a week to answer."""
    now = timezone.now()
    fields = {
        "closes_at": now - timedelta(days=2),
        "published_at": now - timedelta(hours=1),
        "answers_due": now + timedelta(days=7),
        **fields,
    }
    return make_round(congregation or make_congregation(), **fields)


def set_table(
    forming: FormingRound, count: int, hours: Iterable[int] = EVENING, **fields: Any
) -> list[ProposedSeat]:
    """A table of so many new people; their seats."""
    hands = [hand(forming, hours=hours) for _ in range(count)]
    return seats_of(table(forming, hands, **fields))


def seats_of(proposed: ProposedCrew) -> list[ProposedSeat]:
    return list(proposed.seats.order_by("pk").select_related("participant__person", "proposed"))


def yes(*seats: ProposedSeat) -> None:
    for seat in seats:
        services.accept_seat(seat=seat, by=seat.participant.person)


def out(*seats: ProposedSeat) -> None:
    for seat in seats:
        services.step_out(seat=seat, by=seat.participant.person)


def the_day_comes(forming: FormingRound) -> datetime:
    """The clock reaches the day to answer."""
    forming.refresh_from_db()
    day = forming.answers_due
    assert day is not None
    services.tend_rounds(day)
    forming.refresh_from_db()
    return day


def crew_of(seat: ProposedSeat) -> Crew:
    crew = ProposedCrew.objects.get(pk=seat.proposed_id).crew
    assert crew is not None
    return crew


def at(crew: Circle) -> set[int]:
    return set(crew.memberships.present().values_list("person", flat=True))


def people(*seats: ProposedSeat) -> set[int]:
    return {seat.participant.person_id for seat in seats}


def told(kind: str) -> list[int]:
    """Who was told, sorted; somebody twice stands here twice."""
    return sorted(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def said(seat: ProposedSeat) -> str:
    return ProposedSeat.objects.get(pk=seat.pk).answer


def seat_in_an_ended_round(congregation: Circle, person: Person) -> ProposedSeat:
    """What was once proposed to somebody, and not answered."""
    forming = make_published(congregation, ended_at=timezone.now())
    return seats_of(table(forming, [hand(forming, person=person)]))[0]

"""Pairing again and again: the beat opens each round in time, once, and never two at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import take_seat
from dyads import errors
from dyads.models import PairingRhythm, PairingRound
from dyads.services import rhythms, rounds
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.dyads.rounds import taking_part
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db

# A Monday in the week before the clocks of Lisbon go forward.
NOW = datetime(2027, 3, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def estuary() -> Circle:
    with time_machine.travel(NOW, tick=False):
        steward = make_person("Steward", time_zone="Europe/Lisbon")
        congregation: Circle = make_congregation(by=steward)
        taking_part(congregation, "Ama")
    return congregation


def steward_of(congregation: Circle) -> Person:
    assert congregation.created_by is not None
    return congregation.created_by


def set_rhythm(congregation: Circle, days: int = 10, **fields: int) -> PairingRhythm:
    """Every four weeks at 20:00 in Lisbon, with five days of notice."""
    with time_machine.travel(NOW, tick=False):
        return rhythms.set_rhythm(
            congregation=congregation,
            by=steward_of(congregation),
            next_at=NOW + timedelta(days=days, hours=8),
            **{"apart": 4, "notice": 5, **fields},
        )


def beat(days: float) -> int:
    """The beat, so many days on."""
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        return rhythms.open_where_due(timezone.now())


def test_a_round_opens_some_days_before_and_the_next_keeps_the_hour(estuary: Circle) -> None:
    rhythm = set_rhythm(estuary, minutes=60, hours_to_look=24)
    assert beat(5) == 0
    assert beat(5.5) == 1
    assert beat(5.6) == 0
    round = PairingRound.objects.get()
    assert round.pairs_at == rhythm.next_at
    assert (round.minutes, round.hours_to_look, round.rhythm) == (60, 24, rhythm)
    assert round.places.count() == 1
    kinds = sorted(Notice.objects.filter(ref=round.pk).values_list("kind", flat=True))
    assert kinds == ["pairing.invited", "pairing.opened"]
    rhythm.refresh_from_db()
    # On the 28th the clocks went forward: four weeks on it is 20:00 again, an hour sooner in UTC.
    assert rhythm.next_at - round.pairs_at == timedelta(weeks=4, hours=-1)


def test_after_a_long_outage_one_round_opens_and_not_five(estuary: Circle) -> None:
    rhythm = set_rhythm(estuary)
    assert beat(150) == 1
    assert beat(150.1) == 0
    round = PairingRound.objects.get()
    late = NOW + timedelta(days=150)
    assert timedelta(days=1) <= round.pairs_at - late <= timedelta(days=8)
    assert round.pairs_at.weekday() == rhythm.next_at.weekday()
    rhythm.refresh_from_db()
    assert rhythm.next_at - round.pairs_at == timedelta(weeks=4)


def test_none_opens_while_one_goes_on_and_stewards_hear(estuary: Circle) -> None:
    rhythm = set_rhythm(estuary)
    with time_machine.travel(NOW, tick=False):
        rounds.open_round(
            congregation=estuary, by=steward_of(estuary), pairs_at=NOW + timedelta(days=3)
        )
    before = rhythm.next_at
    assert beat(6) == 0
    assert beat(6.1) == 0
    assert PairingRound.objects.count() == 1
    told = Notice.objects.get(kind="pairing.passed_over")
    assert told.person == steward_of(estuary)
    rhythm.refresh_from_db()
    assert rhythm.next_at > before
    with time_machine.travel(NOW + timedelta(days=6), tick=False):
        send_due(seconds=10)
    letter = next(one for one in mail.outbox if "passed over" in str(one.subject))
    assert "20:00 (your time, Lisbon)" in " ".join(str(letter.body).split())


def test_none_opens_after_its_end_nor_in_a_closed_congregation(estuary: Circle) -> None:
    set_rhythm(estuary)
    rhythms.end_rhythm(congregation=estuary, by=steward_of(estuary))
    assert beat(6) == 0
    set_rhythm(estuary)
    Circle.objects.filter(pk=estuary.pk).update(closed_at=NOW)
    assert beat(6) == 0
    with pytest.raises(CircleClosed):
        set_rhythm(estuary)


def test_changing_it_keeps_its_clock_and_there_is_one(estuary: Circle) -> None:
    first = set_rhythm(estuary)
    other = make_person(time_zone="Pacific/Auckland")
    take_seat(circle=estuary, person=other, is_steward=True)
    with time_machine.travel(NOW, tick=False):
        again = rhythms.set_rhythm(
            congregation=estuary, by=other, next_at=first.next_at, apart=6, notice=3
        )
    assert (again.pk, again.apart, again.time_zone) == (first.pk, 6, "Europe/Lisbon")


def test_only_stewards_with_a_day_to_come_and_a_notice_that_fits(estuary: Circle) -> None:
    with pytest.raises(errors.NotThatFirstDay):
        set_rhythm(estuary, days=-3)
    with pytest.raises(errors.NotThatFirstDay):
        set_rhythm(estuary, days=400)
    with pytest.raises(errors.NoticeTooLong):
        set_rhythm(estuary, apart=2, notice=14)
    set_rhythm(estuary)
    member = estuary.memberships.present().get(is_steward=False).person
    with pytest.raises(NotAllowed):
        rhythms.end_rhythm(congregation=estuary, by=member)
    estuary.memberships.update(is_steward=False)
    with pytest.raises(NotAllowed):
        set_rhythm(estuary)

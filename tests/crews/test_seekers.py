"""The hands of a round, as the rules see them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circles.services import leave, take_seat
from crews.rules.points import shared_slots
from crews.services.seekers import first_week, gather
from tests.crews.desks import TUESDAY, hand, hands, make_round, on, refuse, wish
from tests.factories import make_bare_crew

pytestmark = pytest.mark.django_db


def test_hours_wishes_refusals_and_who_has_met() -> None:
    forming = make_round()
    crew = make_bare_crew(parent=forming.congregation)
    one = hand(forming, "Inês", on(TUESDAY, 19, 21), "Europe/Lisbon", interests=["grief"])
    other = hand(forming, "Anil", on(TUESDAY, 22, 24), "Asia/Kathmandu")
    third = hand(forming, "Rory")
    for participant in (one, third):
        take_seat(circle=crew, person=participant.person)
    wish(one, other)
    refuse(third, one)
    found = gather(forming).seekers
    ines, anil, rory = (found[one.person_id] for one in (one, other, third))
    assert (set(ines.wishes), set(rory.not_with)) == ({anil.id}, {ines.id})
    assert ines.met == {rory.id}
    assert ines.interests == {"grief"}
    assert not shared_slots([ines, anil])
    assert rory.slots == frozenset()


def test_hands_that_came_down_and_people_who_left_are_not_there() -> None:
    forming = make_round()
    stays, withdrew, left = hands(forming, 3, on(TUESDAY))
    withdrew.withdrawn_at = timezone.now()
    withdrew.save()
    leave(circle=forming.congregation, by=left.person)
    wish(stays, withdrew)
    assert set(gather(forming).seekers) == {stays.person_id}
    assert gather(forming).seekers[stays.person_id].wishes == frozenset()


def test_the_week_that_counts_is_the_first_after_the_answers() -> None:
    closes = datetime(2026, 11, 20, 18, tzinfo=UTC)
    forming = make_round(closes_at=closes, days_to_answer=7)
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    assert first_week(forming, closes - timedelta(days=1)) == monday
    assert first_week(forming, closes + timedelta(days=7)) == monday + timedelta(days=7)
    forming.answers_due = datetime(2026, 12, 14, tzinfo=UTC)
    assert first_week(forming, closes + timedelta(days=90)) == forming.answers_due


def test_summer_time_counts_in_the_week_concerned() -> None:
    """Lisbon's clocks go forward on 28 March 2027, New York's two weeks before."""
    for closes, shares in (
        (datetime(2027, 3, 8, tzinfo=UTC), False),
        (datetime(2027, 3, 22, tzinfo=UTC), True),
    ):
        forming = make_round(closes_at=closes, minutes=60, days_to_answer=7)
        hand(forming, hours=on(TUESDAY, 19, 20), zone="Europe/Lisbon")
        hand(forming, hours=on(TUESDAY, 14, 15), zone="America/New_York")
        found = gather(forming, closes)
        assert bool(shared_slots(found.seekers.values())) is shares


def test_as_many_questions_for_many_as_for_few() -> None:
    asked = []
    for count in (3, 30):
        forming = make_round()
        hands(forming, count, on(TUESDAY))
        with CaptureQueriesContext(connection) as queries:
            assert len(gather(forming).seekers) == count
        asked.append(len(queries))
    assert asked == [5, 5]

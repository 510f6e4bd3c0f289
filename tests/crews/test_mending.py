"""The day to answer comes: counting, a second proposal, and the end of a round."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import JoinRequest
from circles.services import accept_request, take_seat
from crews import services
from crews.errors import StillWaiting, TooLate
from crews.models import Crew, FormingRound, ProposedCrew, ProposedSeat
from crews.services import mending
from crews.services.second import second_proposal
from tests.crews.desks import FRIDAY, hand, on, refuse
from tests.crews.published import (
    EVENING,
    at,
    crew_of,
    make_published,
    out,
    people,
    said,
    set_table,
    the_day_comes,
    told,
    yes,
)
from tests.crews.tables import make_crew

pytestmark = pytest.mark.django_db


def second_seats(forming: FormingRound) -> list[ProposedSeat]:
    found = ProposedSeat.objects.filter(proposed__round=forming, proposed__is_second=True)
    return list(found.select_related("participant__person", "proposed").order_by("pk"))


def test_no_answer_is_no_seat_and_they_are_told_once() -> None:
    forming = make_published()
    seats = set_table(forming, 5)
    yes(*seats[:3])
    out(seats[3])
    the_day_comes(forming)
    assert [said(seat) for seat in seats] == ["yes", "yes", "yes", "out", "out"]
    assert at(crew_of(seats[0])) == people(*seats[:3])
    assert told("crews.silent") == sorted(people(seats[4]))
    assert forming.ended_at
    services.tend_rounds(timezone.now() + timedelta(days=30))
    assert told("crews.silent") == sorted(people(seats[4]))
    assert told("crews.round_no_seat") == []


def test_yeses_of_two_small_tables_make_one() -> None:
    forming = make_published(days_to_answer=7)
    one, other = set_table(forming, 3), set_table(forming, 4)
    yes(*one[:2], *other[:2])
    day = the_day_comes(forming)
    assert (forming.settled_at, forming.mended_at, forming.ended_at) == (day, day, None)
    assert forming.answers_due == day + timedelta(days=3)
    again = second_seats(forming)
    assert people(*again) == people(*one[:2], *other[:2])
    assert {seat.proposed_id for seat in again} == {again[0].proposed_id}
    assert again[0].proposed.name == "Tuesday evenings"
    assert told("crews.second") == sorted(people(*again))
    assert not Crew.objects.exists()
    with time_machine.travel(day + timedelta(hours=1)):
        yes(*again[:3])
        assert at(crew_of(again[0])) == people(*again[:3])
    end = the_day_comes(forming)
    assert forming.ended_at == end
    assert told("crews.silent") == sorted(people(one[2], *other[2:], again[3]))
    assert told("crews.round_no_seat") == []


def test_second_tables_that_come_to_nothing_end_the_round_kindly() -> None:
    forming = make_published()
    seats, alone = set_table(forming, 4), hand(forming, hours=on(FRIDAY))
    yes(*seats[:2])
    hand(forming, hours=EVENING)
    day = the_day_comes(forming)
    again = second_seats(forming)
    with time_machine.travel(day + timedelta(hours=1)):
        yes(*again[:2])
        out(again[2])
    the_day_comes(forming)
    assert forming.ended_at
    assert told("crews.round_no_seat") == sorted([alone.person_id, *people(*again[:2])])
    assert told("crews.second") == sorted([alone.person_id, *people(*again)])


def test_a_crew_with_a_seat_is_asked_and_nobody_in_it_is_moved() -> None:
    forming = make_published()
    seats, late = set_table(forming, 4), hand(forming, hours=EVENING)
    yes(*seats[:3])
    out(seats[3])
    the_day_comes(forming)
    crew = crew_of(seats[0])
    asked = JoinRequest.objects.get()
    assert (asked.circle_id, asked.person) == (crew.pk, late.person)
    assert told("circles.asked") == sorted(people(*seats[:3]))
    assert at(crew) == people(*seats[:3])
    accept_request(request=asked, by=seats[0].participant.person)
    the_day_comes(forming)
    assert at(crew) == {*people(*seats[:3]), late.person_id}
    assert told("crews.no_seat") == []
    assert forming.ended_at


@pytest.mark.parametrize("why", ["refusal", "closed to newcomers", "resting", "full"])
def test_no_crew_is_asked_where_it_would_not_do(why: str) -> None:
    forming = make_published()
    seats, late = set_table(forming, 3), hand(forming, hours=EVENING)
    yes(*seats)
    crew = crew_of(seats[0])
    if why == "refusal":
        refuse(seats[1].participant, late)
    elif why == "closed to newcomers":
        Crew.objects.update(takes_newcomers=False)
    elif why == "resting":
        Crew.objects.update(resting_since=timezone.now())
    else:
        Crew.objects.update(seats=3)
    the_day_comes(forming)
    assert not JoinRequest.objects.exists()
    assert (at(crew), told("crews.round_no_seat")) == (people(*seats), [late.person_id])
    assert forming.ended_at


def test_who_has_stepped_out_or_sat_down_elsewhere_is_not_proposed_again() -> None:
    forming = make_published()
    seats, settled = set_table(forming, 3), hand(forming, hours=EVENING)
    others = [hand(forming, hours=EVENING) for _ in range(2)]
    yes(seats[0])
    out(seats[1])
    crew = make_crew(parent=forming.congregation, people=2)
    take_seat(circle=crew, person=settled.person)
    the_day_comes(forming)
    assert people(*second_seats(forming)) == {seats[0].participant.person_id} | {
        one.person_id for one in others
    }


def test_two_ticks_are_as_one() -> None:
    forming = make_published()
    one, other = set_table(forming, 3), set_table(forming, 3)
    yes(*one[:2], *other[:2])
    day = the_day_comes(forming)
    for _ in range(2):
        services.tend_rounds(day)
        mending.settle(forming, day)
        mending.mend(forming, day)
        mending.end(forming, day)
    forming.refresh_from_db()
    assert forming.ended_at is None
    assert ProposedCrew.objects.filter(is_second=True).count() == 1
    assert told("crews.second") == sorted(people(*one[:2], *other[:2]))


def test_a_worker_killed_between_counting_and_mending_is_followed_by_the_next() -> None:
    forming = make_published()
    one, other = set_table(forming, 3), set_table(forming, 3)
    yes(*one[:2], *other[:2])
    day = forming.answers_due
    assert day is not None
    mending.settle(forming, day)
    with pytest.raises(TooLate):
        yes(one[2])
    services.tend_rounds(day + timedelta(minutes=5))
    assert len(second_seats(forming)) == 4


def test_what_was_searched_for_others_than_now_is_not_proposed() -> None:
    forming = make_published(settled_at=timezone.now())
    late = [hand(forming, hours=EVENING) for _ in range(3)]
    found = second_proposal(forming, timezone.now())
    assert found.still_holds(forming)
    assert [table.people for table in found.tables] == [tuple(one.person_id for one in late)]
    crew = make_crew(parent=forming.congregation, people=2)
    take_seat(circle=crew, person=late[0].person)
    assert not found.still_holds(forming)


def test_a_steward_mends_before_the_day_when_all_have_answered() -> None:
    forming = make_published()
    steward = forming.congregation.memberships.stewards().get().person
    one, other = set_table(forming, 3), set_table(forming, 3)
    yes(*one[:2], *other[:2])
    with pytest.raises(StillWaiting):
        services.settle_early(forming=forming, by=steward)
    out(one[2], other[2])
    with pytest.raises(NotAllowed):
        services.settle_early(forming=forming, by=one[0].participant.person)
    services.settle_early(forming=forming, by=steward)
    services.settle_early(forming=forming, by=steward)
    services.tend_rounds(timezone.now())
    assert len(second_seats(forming)) == 4


def test_a_round_with_nobody_left_ends_at_its_day() -> None:
    forming = make_published()
    out(*set_table(forming, 3))
    the_day_comes(forming)
    assert forming.ended_at
    assert told("crews.round_no_seat") == told("crews.silent") == []


def test_before_the_day_nothing_happens() -> None:
    forming = make_published()
    set_table(forming, 3)
    services.tend_rounds(timezone.now())
    forming.refresh_from_db()
    assert (forming.settled_at, forming.ended_at) == (None, None)

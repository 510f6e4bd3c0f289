"""Saying yes to a proposed seat, stepping out, thinking again; a crew begins with the third yes."""

from datetime import timedelta

import pytest
import time_machine

from circles.errors import NotAllowed
from circles.services import close, leave
from crews import services
from crews.errors import InACrew, TooLate
from crews.models import Crew, ProposedSeat
from tests.crews.desks import TUESDAY, hand, on, table
from tests.crews.published import (
    at,
    crew_of,
    make_published,
    out,
    people,
    said,
    seats_of,
    set_table,
    told,
    yes,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_two_yeses_are_no_crew_and_the_third_begins_it() -> None:
    seats = set_table(make_published(meetings=8, weeks=2), 5, name="Tuesday evenings")
    yes(*seats[:2])
    assert not Crew.objects.exists()
    yes(seats[2])
    crew = crew_of(seats[0])
    assert at(crew) == people(*seats[:3])
    assert (crew.name, crew.caller, crew.meetings, crew.seats) == ("Tuesday evenings", None, 8, 5)
    assert crew.parent == seats[0].proposed.round.congregation
    assert crew.has_begun
    assert crew.rhythm_in_words == "Tuesdays at 19:00 in UTC, every second week"
    assert told("crews.begun") == sorted(people(*seats[:3]))


def test_a_later_yes_joins_the_crew_and_the_others_hear() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats)
    crew = crew_of(seats[0])
    assert at(crew) == people(*seats)
    assert told("crews.begun") == sorted(people(*seats))
    assert told("circles.joined") == sorted(people(*seats[:3]))


def test_who_says_yes_twice_says_it_once() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats[:3], *seats[:3], seats[3], seats[3])
    assert Crew.objects.count() == 1
    assert len(at(crew_of(seats[0]))) == 4


def test_six_may_sit_at_a_table_of_six() -> None:
    seats = set_table(make_published(), 6)
    yes(*seats)
    assert at(crew_of(seats[0])) == people(*seats)


def test_a_yes_can_be_taken_back_until_the_crew_has_begun() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats[:2])
    services.take_back(seat=seats[0], by=seats[0].participant.person)
    assert said(seats[0]) == "waiting"
    yes(seats[2])
    assert not Crew.objects.exists()
    yes(seats[0])
    assert at(crew_of(seats[0])) == people(*seats[:3])
    for change in (services.take_back, services.step_out):
        with pytest.raises(InACrew):
            change(seat=seats[0], by=seats[0].participant.person)
    assert len(at(crew_of(seats[0]))) == 3


def test_stepping_out_tells_nobody_and_can_be_undone() -> None:
    seats = set_table(make_published(), 4)
    out(seats[0], seats[1])
    assert [told(kind) for kind in ("circles.left", "crews.begun")] == [[], []]
    yes(*seats)
    assert at(crew_of(seats[0])) == people(*seats)


def test_who_left_the_crew_again_may_sit_down_again_before_the_day() -> None:
    seats = set_table(make_published(), 3)
    yes(*seats)
    crew, person = crew_of(seats[0]), seats[0].participant.person
    leave(circle=crew, by=person)
    assert said(seats[0]) == "out"
    yes(seats[0])
    assert at(crew) == people(*seats)


def test_nobody_answers_for_another() -> None:
    seats = set_table(make_published(), 3)
    for other in (seats[1].participant.person, make_person()):
        for change in (services.accept_seat, services.step_out, services.take_back):
            with pytest.raises(NotAllowed):
                change(seat=seats[0], by=other)
    assert said(seats[0]) == "waiting"


def test_after_the_day_nothing_changes() -> None:
    forming = make_published()
    seats = set_table(forming, 3)
    yes(seats[0])
    with time_machine.travel(forming.answers_due + timedelta(seconds=1)):  # type: ignore[operator]
        for change in (services.accept_seat, services.step_out, services.take_back):
            for seat in seats:
                with pytest.raises(TooLate):
                    change(seat=seat, by=seat.participant.person)
    assert [said(seat) for seat in seats] == ["yes", "waiting", "waiting"]


@pytest.mark.parametrize("field", ["ended_at", "called_off_at"])
def test_a_round_that_is_over_takes_no_answer(field: str) -> None:
    forming = make_published()
    seats = set_table(forming, 3)
    setattr(forming, field, forming.published_at)
    forming.save()
    with pytest.raises(TooLate):
        yes(seats[0])


def test_who_leaves_the_congregation_gives_up_the_seat() -> None:
    forming = make_published()
    seats = set_table(forming, 4)
    yes(seats[0])
    gone = seats[0].participant.person
    leave(circle=forming.congregation, by=gone)
    yes(*seats[1:3])
    assert not Crew.objects.exists()
    with pytest.raises(NotAllowed):
        yes(seats[0])
    yes(seats[3])
    assert at(crew_of(seats[1])) == people(*seats[1:])


def test_a_crew_that_has_ended_takes_nobody_in() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats[:3])
    close(circle=crew_of(seats[0]), by=seats[0].participant.person)
    with pytest.raises(Exception, match="come to its end"):
        yes(seats[3])
    assert said(seats[3]) == "waiting"


def test_the_crew_has_the_languages_and_the_first_evening_of_all() -> None:
    forming = make_published(time_zone="Europe/Berlin")
    rows = (["de", "en"], "Europe/Berlin"), (["en", "de"], "Europe/London"), (["en"], "UTC")
    hands = [
        hand(forming, hours=on(TUESDAY, 18, 22), zone=zone, person=make_person(languages=spoken))
        for spoken, zone in rows
    ]
    seats = seats_of(table(forming, hands))
    yes(*seats)
    crew = crew_of(seats[0])
    assert crew.languages == ["en"]
    assert crew.rhythm_in_words == "Tuesdays at 19:00 in Berlin, every second week"
    assert crew.name == "Table 1"


def test_where_nothing_suits_all_the_crew_begins_without_an_hour() -> None:
    forming = make_published()
    hands = [hand(forming, hours=on(day)) for day in range(3)]
    seats = seats_of(table(forming, hands))
    yes(*seats)
    assert crew_of(seats[0]).rhythm_in_words == "Every second week"


def test_a_person_keeps_one_seat_a_round() -> None:
    forming = make_published()
    seats = set_table(forming, 3)
    out(seats[0])
    assert ProposedSeat.objects.kept().filter(proposed__round=forming).count() == 2

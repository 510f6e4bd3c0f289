"""Many press at once after a round is published: each rule holds on PostgreSQL."""

import pytest

from circles.errors import AlreadyAnswered, NoSeatLeft, NotAllowed
from circles.models import JoinRequest
from circles.services import accept_request, leave, take_seat
from crews import services
from crews.models import Crew, ProposedCrew, ProposedSeat
from crews.services import mending
from people.models import Person
from tests.crews.published import at, crew_of, make_published, people, set_table, told, yes
from tests.factories import make_person
from tests.races import RACES, at_once

pytestmark = RACES


def say(seat: ProposedSeat) -> object:
    return services.accept_seat(seat=seat, by=seat.participant.person)


def test_all_six_say_yes_at_once_and_one_crew_begins_with_all_of_them() -> None:
    seats = set_table(make_published(), 6)
    met = at_once(*[lambda one=one: say(one) for one in seats])
    assert met == [None] * 6
    assert Crew.objects.count() == 1
    assert at(crew_of(seats[0])) == people(*seats)
    assert told("crews.begun") == sorted(people(*seats))


def test_one_who_presses_eight_times_at_the_third_yes_sits_once() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats[:2])
    met = at_once(*[lambda: say(seats[2])] * 8)
    assert met == [None] * 8
    assert Crew.objects.count() == 1
    assert at(crew_of(seats[0])) == people(*seats[:3])


def test_of_fifty_at_once_for_the_last_seat_one_gets_it() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats)
    crew = crew_of(seats[0])
    asking = []
    for _ in range(50):
        person = make_person()
        take_seat(circle=seats[0].proposed.round.congregation, person=person)
        asking.append(services.raise_hand(crew=crew, by=person))
    mates = [seat.participant.person for seat in seats]

    def welcome(number: int, request: JoinRequest) -> object:
        return accept_request(request=request, by=mates[number % 4])

    met = at_once(*[lambda n=n, r=r: welcome(n, r) for n, r in enumerate(asking)])
    assert met.count(None) == 1
    # Whoever fills the table turns the other hands away, so these meet an answer already given.
    assert set(met) <= {None, NoSeatLeft, AlreadyAnswered}
    assert len(at(crew)) == 5


def test_a_late_yes_and_a_newcomer_for_the_last_seat() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats[:3])
    crew = crew_of(seats[0])
    Crew.objects.filter(pk=crew.pk).update(seats=4)
    newcomer: Person = make_person()
    take_seat(circle=seats[0].proposed.round.congregation, person=newcomer)
    request = services.raise_hand(crew=crew, by=newcomer)
    met = at_once(
        lambda: say(seats[3]),
        lambda: accept_request(request=request, by=seats[0].participant.person),
    )
    assert met.count(None) == 1
    assert set(met) <= {None, NoSeatLeft, AlreadyAnswered}
    assert len(at(crew)) == 4


def test_a_yes_and_the_day_at_once_come_to_the_same() -> None:
    forming = make_published()
    seats = set_table(forming, 3)
    yes(*seats[:2])
    day = forming.answers_due
    assert day is not None
    at_once(lambda: say(seats[2]), lambda: mending.settle(forming, day))
    table = ProposedCrew.objects.get()
    assert (table.crew is None) == (table.dissolved_at is not None)
    if table.crew:
        assert at(table.crew) == people(*seats)


def test_three_ticks_at_once_mend_once() -> None:
    forming = make_published()
    one, other = set_table(forming, 3), set_table(forming, 3)
    yes(*one[:2], *other[:2])
    day = forming.answers_due
    assert day is not None
    assert at_once(*[lambda: services.tend_rounds(day)] * 3) == [None] * 3
    assert ProposedCrew.objects.filter(is_second=True).count() == 1
    assert told("crews.second") == sorted(people(*one[:2], *other[:2]))
    assert told("crews.silent") == sorted(people(one[2], other[2]))


@pytest.mark.parametrize("turn", range(4))
def test_a_yes_and_leaving_the_congregation_do_not_wait_for_ever(turn: int) -> None:
    seats = set_table(make_published(), 3)
    yes(*seats[:2])
    leaver = seats[2].participant.person
    congregation = seats[2].proposed.round.congregation
    said, left = at_once(lambda: say(seats[2]), lambda: leave(circle=congregation, by=leaver))
    assert left is None
    assert said in {None, NotAllowed}
    began = ProposedCrew.objects.filter(seats=seats[2], crew__isnull=False).exists()
    assert began == (said is None)

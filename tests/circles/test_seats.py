"""Taking a seat and giving it up."""

import pytest
from django.db import IntegrityError, transaction

from circles.errors import AlreadyInside, CircleClosed, LastSteward, NoSeatLeft, NotAllowed
from circles.models import Circle, JoinRequest, Membership
from circles.scales import Scale
from circles.services import ask_to_join, close, invite, leave, leave_everything, take_seat
from dyads import services as dyads
from notifications.models import Notice
from pages.registry import NotYet
from people.models import Person
from tests.factories import make_bare_crew, make_congregation, make_person

pytestmark = pytest.mark.django_db


def chairs(circle: Circle) -> list[int]:
    return sorted(circle.memberships.present().values_list("seat", flat=True))


def make_dyad(one: Person, other: Person) -> Circle:
    congregation = make_congregation(by=one)
    take_seat(circle=congregation, person=other)
    dyad = dyads.begin(by=one, person=other, parent=congregation)
    take_seat(circle=dyad, person=other)
    return dyad


def told(kind: str) -> list[Person]:
    return [notice.person for notice in Notice.objects.filter(kind=kind).order_by("pk")]  # type: ignore[misc]


def sat_on(circle: Circle, seat: int) -> Person:
    return circle.memberships.present().get(seat=seat).person


# --- sitting down ---------------------------------------------------------------------------


def test_the_first_free_chair_is_taken() -> None:
    crew = make_bare_crew(people=4)
    leave(circle=crew, by=sat_on(crew, 2))
    assert chairs(crew) == [1, 3, 4]
    assert take_seat(circle=crew, person=make_person()).seat == 2
    assert take_seat(circle=crew, person=make_person()).seat == 5


def test_nobody_sits_down_twice() -> None:
    crew = make_bare_crew(people=1)
    with pytest.raises(AlreadyInside):
        take_seat(circle=crew, person=sat_on(crew, 1))
    assert chairs(crew) == [1]


@pytest.mark.parametrize("seats", [3, 4, 5, 6])
def test_a_crew_never_grows_over_the_seats_it_offers(seats: int) -> None:
    crew = make_bare_crew()
    Circle.objects.filter(pk=crew.pk).update(seats=seats)
    for _ in range(seats):
        take_seat(circle=crew, person=make_person())
    with pytest.raises(NoSeatLeft):
        take_seat(circle=crew, person=make_person())
    assert chairs(crew) == list(range(1, seats + 1))


def test_a_dyad_is_two_and_no_third() -> None:
    dyad = make_dyad(make_person(), make_person())
    with pytest.raises(NoSeatLeft):
        take_seat(circle=dyad, person=make_person())
    assert chairs(dyad) == [1, 2]


def test_nobody_sits_down_where_it_has_ended() -> None:
    crew = make_bare_crew(people=3)
    close(circle=crew, by=sat_on(crew, 1))
    with pytest.raises(CircleClosed):
        take_seat(circle=crew, person=make_person())


def test_only_those_inside_bring_it_to_its_end() -> None:
    crew = make_bare_crew(people=3)
    with pytest.raises(NotAllowed):
        close(circle=crew, by=make_person())
    crew.refresh_from_db()
    assert crew.is_open


def test_whoever_sits_down_has_no_hand_up_and_no_invitation_open() -> None:
    congregation, asker = make_congregation(), make_person()
    take_seat(circle=congregation, person=asker)
    crew = make_bare_crew(parent=congregation, people=2)
    request = ask_to_join(circle=crew, by=asker)
    invitation = invite(circle=crew, by=sat_on(crew, 1), email=asker.email)
    take_seat(circle=crew, person=asker)
    request.refresh_from_db()
    invitation.refresh_from_db()
    assert request.state == JoinRequest.State.WITHDRAWN
    assert invitation.accepted_by == asker
    assert not invitation.is_waiting


# --- the database has the last word ---------------------------------------------------------


def seat_by_force(circle: Circle, seat: int, person: Person | None = None) -> None:
    with transaction.atomic():
        Membership.objects.create(
            circle=circle, person=person or make_person(), scale=circle.scale, seat=seat
        )


@pytest.mark.parametrize("seat", [0, 7, 200])
def test_the_database_knows_no_such_chair_at_a_crew(seat: int) -> None:
    with pytest.raises(IntegrityError, match="membership_seat_within_law"):
        seat_by_force(make_bare_crew(), seat)


def test_the_database_knows_no_third_chair_in_a_dyad() -> None:
    dyad = dyads.begin(by=make_person(), email="other@example.org")
    seat_by_force(dyad, 2)
    with pytest.raises(IntegrityError, match="membership_seat_within_law"):
        seat_by_force(dyad, 3)


def test_the_database_lets_one_chair_be_taken_once() -> None:
    crew = make_bare_crew(people=2)
    with pytest.raises(IntegrityError):
        seat_by_force(crew, 2)
    seat_by_force(crew, 3)


def test_the_database_lets_nobody_sit_on_two_chairs() -> None:
    crew = make_bare_crew(people=1)
    with pytest.raises(IntegrityError):
        seat_by_force(crew, 2, sat_on(crew, 1))


def test_a_chair_that_was_left_can_be_taken_again_by_the_same_person() -> None:
    crew = make_bare_crew(people=2)
    returning = sat_on(crew, 2)
    leave(circle=crew, by=returning)
    seat_by_force(crew, 2, returning)
    assert chairs(crew) == [1, 2]


@pytest.mark.parametrize("seats", [2, 7])
def test_the_database_keeps_a_crew_to_three_up_to_six_seats(seats: int) -> None:
    crew = make_bare_crew()
    with pytest.raises(IntegrityError), transaction.atomic():
        Circle.objects.filter(pk=crew.pk).update(seats=seats)


def test_the_database_knows_stewards_of_congregations_alone() -> None:
    crew = make_bare_crew(people=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(circle=crew).update(is_steward=True)


def test_the_database_lets_no_congregation_stand_in_another() -> None:
    inner, outer = make_congregation(), make_congregation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Circle.objects.filter(pk=inner.pk).update(parent=outer)


# --- leaving --------------------------------------------------------------------------------


def test_leaving_a_crew_frees_the_chair_and_the_others_are_told() -> None:
    crew = make_bare_crew(people=3)
    going = sat_on(crew, 2)
    leave(circle=crew, by=going)
    crew.refresh_from_db()
    assert crew.is_open
    assert chairs(crew) == [1, 3]
    assert told("circles.left") == [sat_on(crew, 1), sat_on(crew, 3)]


def test_whoever_does_not_sit_there_cannot_leave() -> None:
    crew = make_bare_crew(people=3)
    with pytest.raises(NotAllowed):
        leave(circle=crew, by=make_person())
    assert chairs(crew) == [1, 2, 3]


def test_a_dyad_ends_when_one_leaves_and_the_other_is_told() -> None:
    one, other = make_person(), make_person()
    dyad = make_dyad(one, other)
    leave(circle=dyad, by=one)
    dyad.refresh_from_db()
    assert not dyad.is_open
    assert told("circles.left") == [other]


def test_a_crew_that_everybody_left_has_ended() -> None:
    crew = make_bare_crew(people=2)
    for seat in (2, 1):
        assert crew.is_open
        leave(circle=crew, by=sat_on(crew, seat))
        crew.refresh_from_db()
    assert not crew.is_open


def test_the_last_steward_may_not_leave_the_others() -> None:
    congregation = make_congregation(people=2)
    with pytest.raises(LastSteward):
        leave(circle=congregation, by=congregation.created_by)
    assert chairs(congregation) == [1, 2, 3]


def test_a_congregation_ends_with_its_last_person() -> None:
    congregation = make_congregation()
    leave(circle=congregation, by=congregation.created_by)
    congregation.refresh_from_db()
    assert not congregation.is_open


def test_nobody_is_written_to_when_one_of_many_leaves_a_congregation() -> None:
    congregation = make_congregation(people=2)
    leave(circle=congregation, by=sat_on(congregation, 3))
    assert chairs(congregation) == [1, 2]
    assert told("circles.left") == []


def test_leaving_a_congregation_takes_down_hands_raised_for_its_crews() -> None:
    congregation, elsewhere, asker = make_congregation(), make_congregation(), make_person()
    for circle in (congregation, elsewhere):
        take_seat(circle=circle, person=asker)
    here = ask_to_join(circle=make_bare_crew(parent=congregation, people=1), by=asker)
    there = ask_to_join(circle=make_bare_crew(parent=elsewhere, people=1), by=asker)
    leave(circle=congregation, by=asker)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.state, there.state) == ("withdrawn", "waiting")


def test_leaving_a_congregation_keeps_ones_seat_at_its_crews() -> None:
    congregation = make_congregation()
    crew = make_bare_crew(parent=congregation, people=3)
    leave(circle=congregation, by=sat_on(crew, 1))
    assert chairs(crew) == [1, 2, 3]


def test_leaving_everything_gives_up_every_seat() -> None:
    person = make_person()
    congregation, crew = make_congregation(), make_bare_crew(people=2)
    for circle in (congregation, crew):
        take_seat(circle=circle, person=person)
    dyad = make_dyad(make_person(), person)
    leave_everything(person)
    assert not Membership.objects.present().of(person).exists()
    dyad.refresh_from_db()
    assert not dyad.is_open
    assert len(told("circles.left")) == 3


def test_an_only_steward_leaves_nothing_before_another_is_found() -> None:
    person = make_person()
    crew = make_bare_crew(people=2)
    take_seat(circle=crew, person=person)
    make_congregation(by=person, people=1, name="Estuary 🐟")
    with pytest.raises(NotYet, match="only steward of Estuary 🐟"):
        leave_everything(person)
    assert set(Membership.objects.present().of(person).values_list("scale", flat=True)) == {
        Scale.CREW,
        Scale.CONGREGATION,
    }

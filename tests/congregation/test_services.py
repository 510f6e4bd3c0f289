"""What a congregation's rules guarantee."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circles.errors import AlreadyInside, CircleError, NotAllowed, TooFewSeats
from circles.models import JoinRequest, Membership
from circles.services import ask_to_join, join_by_link, leave, renew_link, take_seat
from congregation import services
from congregation.errors import OnlySteward, StillSteward
from congregation.models import Congregation
from notifications.models import Notice
from tests.factories import make_bare_crew, make_congregation, make_person

pytestmark = pytest.mark.django_db


def seats_of(congregation: Congregation) -> list[int]:
    return sorted(congregation.memberships.present().values_list("seat", flat=True))


def test_the_founder_is_its_first_member_and_steward() -> None:
    founder = make_person("Inês 🦊")
    congregation = services.found(by=founder, name="Estuary 🐟", intention="To be here.")
    seat = congregation.memberships.present().get()
    assert (seat.person, seat.seat, seat.is_steward) == (founder, 1, True)
    assert (congregation.seats, congregation.least) == (200, 30)


@pytest.mark.parametrize(("least", "seats"), [(14, 200), (15, 201), (60, 50), (201, 200), (15, 14)])
def test_its_bounds_lie_in_order_within_the_law(least: int, seats: int) -> None:
    with pytest.raises(ValidationError):
        services.found(by=make_person(), name="Estuary", least=least, seats=seats)
    assert not Congregation.objects.exists()


@pytest.mark.parametrize("least", [14, 201])
def test_the_database_itself_keeps_the_least(least: int) -> None:
    congregation = make_congregation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Congregation.objects.filter(pk=congregation.pk).update(least=least)


@pytest.mark.parametrize("seats", [14, 201])
def test_the_database_itself_keeps_the_seats(seats: int) -> None:
    congregation = make_congregation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Congregation.objects.filter(pk=congregation.pk).update(seats=seats)


def test_fewer_seats_than_people_is_refused() -> None:
    steward = make_person()
    congregation = make_congregation(by=steward, people=16)
    with pytest.raises(TooFewSeats):
        services.change(congregation=congregation, by=steward, seats=16, least=15)
    congregation.refresh_from_db()
    assert congregation.seats == 200


def test_people_on_high_chairs_move_up_when_seats_become_fewer() -> None:
    steward = make_person()
    congregation = make_congregation(by=steward, people=17)
    for seat in congregation.memberships.filter(seat__in=[2, 3, 4]).select_related("person"):
        leave(circle=congregation, by=seat.person)
    services.change(congregation=congregation, by=steward, seats=15, least=15)
    assert seats_of(congregation) == list(range(1, 16))


def test_only_stewards_change_it() -> None:
    member = make_person()
    congregation = make_congregation()
    take_seat(circle=congregation, person=member)
    for stranger in (member, make_person(), make_congregation().created_by):
        with pytest.raises(NotAllowed):
            services.change(congregation=congregation, by=stranger, name="Mine")
        with pytest.raises(NotAllowed):
            services.make_steward(congregation=congregation, person=member, by=stranger)
        with pytest.raises(NotAllowed):
            services.release_member(congregation=congregation, person=member, by=stranger)
    congregation.refresh_from_db()
    assert congregation.name == "Estuary"


def test_a_member_becomes_a_steward_and_is_told() -> None:
    steward, member = make_person(), make_person()
    congregation = make_congregation(by=steward)
    take_seat(circle=congregation, person=member)
    services.make_steward(congregation=congregation, person=member, by=steward)
    assert congregation.memberships.stewards().count() == 2
    assert Notice.objects.get(kind="congregation.made_steward").person == member
    with pytest.raises(AlreadyInside):
        services.make_steward(congregation=congregation, person=member, by=steward)


def test_somebody_without_a_seat_cannot_be_made_steward() -> None:
    steward = make_person()
    congregation = make_congregation(by=steward)
    with pytest.raises(NotAllowed):
        services.make_steward(congregation=congregation, person=make_person(), by=steward)


def test_the_last_steward_stays_one() -> None:
    steward, second = make_person(), make_person()
    congregation = make_congregation(by=steward)
    take_seat(circle=congregation, person=second)
    with pytest.raises(OnlySteward):
        services.release_steward(congregation=congregation, person=steward, by=steward)
    services.make_steward(congregation=congregation, person=second, by=steward)
    services.release_steward(congregation=congregation, person=steward, by=steward)
    assert congregation.memberships.stewards().get().person == second
    assert not Notice.objects.filter(kind="congregation.released_steward").exists()


def test_a_released_member_loses_the_seat_and_is_told() -> None:
    steward, member = make_person(), make_person()
    congregation = make_congregation(by=steward)
    take_seat(circle=congregation, person=member)
    crew = make_bare_crew(parent=congregation, people=2)
    ask_to_join(circle=crew, by=member)
    services.release_member(congregation=congregation, person=member, by=steward)
    assert not congregation.memberships.present().of(member).exists()
    assert Notice.objects.get(kind="congregation.released").person == member
    assert crew.requests.get().state == JoinRequest.State.WITHDRAWN


def test_the_crews_of_a_released_member_stay_theirs() -> None:
    steward = make_person()
    congregation = make_congregation(by=steward)
    crew = make_bare_crew(parent=congregation, people=3)
    crewmate = crew.memberships.first()
    assert crewmate is not None
    services.release_member(congregation=congregation, person=crewmate.person, by=steward)
    assert Membership.objects.present().filter(circle=crew).count() == 3


def test_a_steward_is_not_released_in_one_step_and_nobody_releases_themselves() -> None:
    steward, second = make_person(), make_person()
    congregation = make_congregation(by=steward)
    take_seat(circle=congregation, person=second)
    services.make_steward(congregation=congregation, person=second, by=steward)
    with pytest.raises(StillSteward):
        services.release_member(congregation=congregation, person=second, by=steward)
    with pytest.raises(NotAllowed):
        services.release_member(congregation=congregation, person=steward, by=steward)


def test_who_looks_after_the_installation_may_help_out() -> None:
    member = make_person()
    congregation = make_congregation()
    take_seat(circle=congregation, person=member)
    keeper = make_person(is_staff=True)
    services.make_steward(congregation=congregation, person=member, by=keeper)
    assert congregation.memberships.stewards().count() == 2


def test_whoever_is_released_does_not_walk_back_in_by_the_link() -> None:
    congregation = make_congregation(people=1)
    steward, member = [seat.person for seat in congregation.memberships.present().at_table()]
    link = renew_link(circle=congregation, by=steward)
    services.release_member(congregation=congregation, person=member, by=steward)
    with pytest.raises(CircleError):
        join_by_link(link=link, by=member)

"""Who may be a dyad with whom."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.errors import AlreadyAnswered, CircleClosed, NotAllowed, TooManyToday
from circles.models import Invitation
from circles.services import (
    accept_invitation,
    decline_invitation,
    leave,
    take_seat,
    withdraw_invitation,
)
from circles.services.invitations import MOST_TO_ONE_PERSON
from congregation.models import Congregation
from dyads import services
from dyads.errors import AlreadyADyad, AskedNotLongAgo, NotWithOneself
from dyads.models import Dyad, pair_of
from notifications.models import Notice
from people.models import Person
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def estuary() -> Congregation:
    congregation: Congregation = make_congregation()
    return congregation


@pytest.fixture
def pair(estuary: Congregation) -> tuple[Person, Person]:
    one, other = make_person("Oisín Ó Briain"), make_person("Mere 🌊 Tāmati")
    for person in (one, other):
        take_seat(circle=estuary, person=person)
    return one, other


def sitting(dyad: Dyad) -> list[Person]:
    return [seat.person for seat in dyad.memberships.present().at_table()]


def test_asking_somebody_of_ones_congregation(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = services.begin(
        by=one, person=other, parent=estuary, message="Shall we?", intention="To listen."
    )
    assert (dyad.name, dyad.seats, dyad.intention) == ("Oisín & Mere", 2, "To listen.")
    assert dyad.parent_id == estuary.pk
    assert sitting(dyad) == [one]
    invitation = dyad.invitations.get()
    assert (invitation.person, invitation.message) == (other, "Shall we?")
    assert Notice.objects.get(kind="circles.invited").person == other
    accept_invitation(invitation=invitation, by=other)
    assert sitting(dyad) == [one, other]
    assert Notice.objects.get(kind="circles.joined").person == one


def test_asking_by_mail_needs_no_congregation() -> None:
    one, other = make_person("Oisín"), make_person()
    dyad = services.begin(by=one, email=" Friend@Example.ORG ")
    assert dyad.parent is None
    invitation = dyad.invitations.get()
    assert invitation.email == "friend@example.org"
    accept_invitation(invitation=invitation, by=other)
    assert sitting(dyad) == [one, other]


def test_the_name_of_two_long_names_still_fits(estuary: Congregation) -> None:
    one, other = make_person("x" * 80), make_person("y" * 80)
    for person in (one, other):
        take_seat(circle=estuary, person=person)
    assert len(services.begin(by=one, person=other, parent=estuary).name) == 80


def test_nobody_is_a_dyad_with_themselves(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, _ = pair
    with pytest.raises(NotWithOneself):
        services.begin(by=one, person=one, parent=estuary)
    with pytest.raises(NotWithOneself):
        services.begin(by=one, email=f" {one.email.upper()} ")
    assert not Dyad.objects.exists()


def test_strangers_are_not_asked_but_by_mail(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    stranger = make_person()
    for by, person, parent in (
        (one, stranger, estuary),
        (stranger, one, estuary),
        (one, other, None),
        (one, other, make_congregation()),
    ):
        with pytest.raises(NotAllowed):
            services.begin(by=by, person=person, parent=parent)
    assert not Dyad.objects.exists()


def test_two_people_are_one_dyad_whoever_asks(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = services.begin(by=one, person=other, parent=estuary)
    for by, person in ((one, other), (other, one)):
        with pytest.raises(AlreadyADyad):
            services.begin(by=by, person=person, parent=estuary)
    accept_invitation(invitation=dyad.invitations.get(), by=other)
    for by, person in ((one, other), (other, one)):
        with pytest.raises(AlreadyADyad):
            services.begin(by=by, person=person, parent=estuary)
    assert Dyad.objects.get() == dyad


def test_the_database_itself_keeps_a_pair_to_one_dyad(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    services.begin(by=one, person=other, parent=estuary)
    second = services.begin(by=one, email="friend@example.org")
    assert pair_of(one, other) == pair_of(other, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dyad.objects.filter(pk=second.pk).update(pair=pair_of(other, one))


def test_each_may_have_other_dyads_besides(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    third = make_person()
    take_seat(circle=estuary, person=third)
    for by, person in ((one, other), (one, third), (third, other)):
        services.begin(by=by, person=person, parent=estuary)
    assert Dyad.objects.count() == 3


def test_who_met_by_mail_is_not_asked_again(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = services.begin(by=one, email="another-address@example.org")
    accept_invitation(invitation=dyad.invitations.get(), by=other)
    with pytest.raises(AlreadyADyad):
        services.begin(by=other, person=one, parent=estuary)


@pytest.mark.parametrize("first", [0, 1])
def test_after_one_has_ended_a_new_one_may_begin(
    estuary: Congregation, pair: tuple[Person, Person], first: int
) -> None:
    one, other = pair
    ended = services.begin(by=one, person=other, parent=estuary)
    accept_invitation(invitation=ended.invitations.get(), by=other)
    leave(circle=ended, by=pair[first])
    dyad = services.begin(by=other, person=one, parent=estuary)
    accept_invitation(invitation=dyad.invitations.get(), by=one)
    assert sitting(dyad) == [other, one]
    ended.refresh_from_db()
    assert not ended.is_open


@pytest.mark.parametrize("way", ["declined", "taken back", "put away"])
def test_after_an_invitation_came_to_nothing_one_may_ask_again(
    estuary: Congregation, pair: tuple[Person, Person], way: str
) -> None:
    one, other = pair
    dyad = services.begin(by=one, person=other, parent=estuary)
    invitation = dyad.invitations.get()
    if way == "declined":
        decline_invitation(invitation=invitation, by=other)
    elif way == "taken back":
        withdraw_invitation(invitation=invitation, by=one)
    else:
        leave(circle=dyad, by=one)
    again = services.begin(by=other, person=one, parent=estuary)
    assert again != dyad
    assert sitting(again) == [other]


def test_only_the_two_write_down_what_they_agreed(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = services.begin(by=one, person=other, parent=estuary)
    for outsider in (other, estuary.created_by, make_person()):
        with pytest.raises(NotAllowed):
            services.change(dyad=dyad, by=outsider, intention="Mine", agreements="")  # type: ignore[arg-type]
    accept_invitation(invitation=dyad.invitations.get(), by=other)
    services.change(dyad=dyad, by=other, intention="Ours", agreements="Each week.")
    dyad.refresh_from_db()
    assert (dyad.intention, dyad.agreements) == ("Ours", "Each week.")
    leave(circle=dyad, by=one)
    with pytest.raises(CircleClosed):
        services.change(dyad=dyad, by=other, intention="Late", agreements="")


def test_a_pair_that_is_a_dyad_is_no_second_one_by_mail(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = services.begin(by=one, person=other, parent=estuary)
    accept_invitation(invitation=dyad.invitations.get(), by=other)
    by_mail = services.begin(by=one, email="other-address@example.org")
    with pytest.raises(AlreadyADyad):
        accept_invitation(invitation=by_mail.invitations.get(), by=other)


# --- a no stands for a while ----------------------------------------------------------------


def test_after_a_no_the_same_person_is_left_in_peace_for_a_month(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = services.begin(by=one, person=other, parent=estuary)
    decline_invitation(invitation=dyad.invitations.get(), by=other)
    with pytest.raises(AskedNotLongAgo):
        services.begin(by=one, person=other, parent=estuary)
    # Whoever said no may ask, and by mail nobody learns whose address it is.
    services.begin(by=other, person=one, parent=estuary)
    services.begin(by=one, email=other.email)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        services.begin(by=one, person=other, parent=estuary)


def test_a_no_to_an_address_stands_for_that_address(pair: tuple[Person, Person]) -> None:
    one, _other = pair
    dyad = services.begin(by=one, email="friend@example.org")
    decline_invitation(invitation=dyad.invitations.get(), by=None)
    with pytest.raises(AskedNotLongAgo):
        services.begin(by=one, email=" Friend@example.org")
    services.begin(by=one, email="another@example.org")


def test_taking_back_and_asking_again_floods_nobody(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    for _ in range(MOST_TO_ONE_PERSON):
        dyad = services.begin(by=one, person=other, parent=estuary)
        withdraw_invitation(invitation=dyad.invitations.get(), by=one)
    with pytest.raises(TooManyToday):
        services.begin(by=one, person=other, parent=estuary)


def test_nobody_sits_down_beside_an_account_that_was_switched_off(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    invitation = services.begin(by=one, person=other, parent=estuary).invitations.get()
    Person.objects.filter(pk=one.pk).update(is_active=False)
    invitation = Invitation.objects.get(pk=invitation.pk)
    assert not invitation.is_waiting
    assert not Invitation.objects.waiting().exists()
    with pytest.raises(AlreadyAnswered):
        accept_invitation(invitation=invitation, by=other)

"""Several press at once, and still two are one dyad at a time."""

import pytest

from circles.errors import AlreadyAnswered
from circles.models import Invitation
from circles.services import accept_invitation, take_seat, withdraw_invitation
from dyads import services
from dyads.errors import AlreadyADyad, AskedByThem, AskedThem, AtTheSameMoment, NotLooking
from dyads.models import Dyad
from tests.dyads.asking import ask, make_two
from tests.factories import make_person
from tests.races import RACES, at_once, sitting

pytestmark = RACES


def test_two_who_ask_each_other_at_once_are_led_to_one_invitation() -> None:
    estuary, one, other = make_two()
    met = at_once(lambda: ask(one, other, estuary), lambda: ask(other, one, estuary))
    assert sorted(met, key=str) == sorted([None, AskedByThem], key=str)
    assert Invitation.objects.waiting().count() == Dyad.objects.count() == 1


def test_somebody_who_presses_twice_asks_once() -> None:
    estuary, one, other = make_two()
    met = at_once(*[lambda: ask(one, other, estuary)] * 4)
    assert met.count(None) == 1
    assert met.count(AskedThem) == 3
    assert Dyad.objects.count() == 1


def test_accepting_twice_at_once_seats_once() -> None:
    estuary, one, other = make_two()
    invitation = ask(one, other, estuary)
    met = at_once(*[lambda: accept_invitation(invitation=invitation, by=other)] * 4)
    assert met.count(None) == 1
    assert met.count(AlreadyAnswered) == 3
    assert sitting(invitation.circle) == [one, other]


def test_a_yes_and_taking_back_at_once_leave_a_dyad_or_nothing() -> None:
    for _ in range(4):
        estuary, one, other = make_two()
        invitation = ask(one, other, estuary)
        met = at_once(
            lambda: accept_invitation(invitation=invitation, by=other),  # noqa: B023
            lambda: withdraw_invitation(invitation=invitation, by=one),  # noqa: B023
        )
        assert sorted(met, key=str) == sorted([None, AlreadyAnswered], key=str)
        invitation.circle.refresh_from_db()
        assert invitation.circle.is_open is (len(sitting(invitation.circle)) == 2)


def test_where_two_crossed_by_mail_and_both_say_yes_at_once_one_dyad_comes_of_it() -> None:
    for _ in range(4):
        _, one, other = make_two()
        first = services.begin(by=one, email=other.email).invitations.get()
        second = services.begin(by=other, email=one.email).invitations.get()
        met = at_once(
            lambda: accept_invitation(invitation=first, by=other),  # noqa: B023
            lambda: accept_invitation(invitation=second, by=one),  # noqa: B023
        )
        assert met.count(None) == 1
        assert set(met) - {None} <= {AtTheSameMoment, AlreadyAnswered, AlreadyADyad}
        (dyad,) = Dyad.objects.complete().of(one)
        assert len(sitting(dyad)) == 2
        assert not Invitation.objects.waiting().exists()


def test_twenty_may_ask_somebody_at_once_who_wants_one_more() -> None:
    estuary, first, wanted = make_two()
    services.say_how_many(by=wanted, most=1)
    askers = [make_person() for _ in range(20)]
    for asker in askers:
        take_seat(circle=estuary, person=asker)
    wishes = [lambda asker=asker: ask(asker, wanted, estuary) for asker in askers]
    assert set(at_once(*wishes)) == {None}
    waiting = list(Invitation.objects.waiting().for_person(wanted))
    assert len(waiting) == 20
    accept_invitation(invitation=waiting[0], by=wanted)
    with pytest.raises(NotLooking):
        ask(first, wanted, estuary)
    # Her own number does not bind her: what waits she may still accept.
    accept_invitation(invitation=waiting[1], by=wanted)

"""Two who offer at once, and two who answer at once: one helper, and never one from inside."""

from datetime import timedelta

import pytest
from django.utils import timezone

from circles.errors import AlreadyAnswered
from circles.services import leave, take_seat
from congregation.errors import OfferChanged, SomebodyOffered, StandsInside
from congregation.models import HelpPart
from congregation.services import help as services
from practice.models import Guest
from tests.congregation.helped import (
    make_estuary,
    mediated,
    mediation,
    now,
    role,
    say_no,
    say_yes,
    visit,
)
from tests.factories import make_person
from tests.races import RACES, at_once, sitting

pytestmark = RACES
SOON = timezone.now().replace(microsecond=0) + timedelta(days=4)


def test_of_six_who_offer_at_once_one_does() -> None:
    home = make_estuary()
    people = [make_person() for _ in range(6)]
    for person in people:
        take_seat(circle=home.circle, person=person)
        services.be_glad(congregation=home.circle, by=person, to_visit=True, to_mediate=True)
    request = mediation(home)
    met = at_once(*[lambda p=p: services.offer(request=request, by=p) for p in people])
    assert met.count(None) == 1
    assert met.count(SomebodyOffered) == 5
    assert HelpPart.objects.get(role="helper").person == people[met.index(None)]


def test_of_two_crewmates_who_say_yes_at_once_one_invites() -> None:
    home = make_estuary()
    request = visit(home, SOON)
    services.offer(request=request, by=home.ngozi)
    met = at_once(
        lambda: say_yes(request, home.inês, home.ngozi),
        lambda: say_yes(request, home.mere, home.ngozi),
    )
    assert sorted(met, key=str) == sorted([None, AlreadyAnswered], key=str)
    assert Guest.objects.count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_both_sides_say_yes_at_once_and_it_has_come(turn: int) -> None:
    home = make_estuary()
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    met = at_once(
        lambda: say_yes(request, home.inês, home.ngozi),
        lambda: say_yes(request, home.tomasz, home.ngozi),
    )
    assert met == [None, None]
    assert now(request).state == "came"


@pytest.mark.parametrize("turn", range(4))
def test_a_yes_and_a_no_at_once_are_a_no(turn: int) -> None:
    home = make_estuary()
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    say_yes(request, home.inês, home.ngozi)
    met = at_once(
        lambda: say_no(request, home.inês, home.ngozi),
        lambda: say_yes(request, home.tomasz, home.ngozi),
    )
    state = now(request).state
    if met[0] is None:
        assert state == "looking"
        assert met[1] in {None, AlreadyAnswered, OfferChanged}
        assert not request.parts.filter(said_yes=True).exists()
    else:
        assert (met, state) == ([AlreadyAnswered, None], "came")


@pytest.mark.parametrize("turn", range(5))
def test_who_offers_and_sits_down_at_once_does_not_mediate(turn: int) -> None:
    home = make_estuary()
    request = mediation(home)
    met = at_once(
        lambda: services.offer(request=request, by=home.ngozi),
        lambda: take_seat(circle=home.crew, person=home.ngozi),
    )
    assert met[1] is None
    assert met[0] in {None, StandsInside}
    assert home.ngozi in sitting(home.crew)
    assert (now(request).state, role(request, home.ngozi)) == ("looking", "inside")


@pytest.mark.parametrize("turn", range(4))
def test_leaving_the_congregation_and_the_last_yes_at_once(turn: int) -> None:
    home = make_estuary()
    request = visit(home, SOON)
    services.offer(request=request, by=home.ngozi)
    met = at_once(
        lambda: say_yes(request, home.inês, home.ngozi),
        lambda: leave(circle=home.circle, by=home.ngozi),
    )
    assert met[1] is None
    assert not Guest.objects.filter(person=home.ngozi, session__starts_at__gt=SOON).exists()
    if met[0] is not None:
        assert now(request).state == "looking"


def test_all_let_go_at_once_and_it_is_gone_once() -> None:
    home = make_estuary()
    request = mediated(home)
    services.take_back(request=request, by=home.inês)
    met = at_once(
        lambda: services.let_go(request=request, by=home.inês),
        lambda: services.let_go(request=request, by=home.tomasz),
    )
    assert met == [None, None]
    assert not HelpPart.objects.exists()

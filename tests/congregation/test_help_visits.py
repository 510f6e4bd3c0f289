"""A visitor for one meeting: asked of those who are glad to, welcomed by any crewmate."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.errors import AlreadyAnswered, CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import close, leave, take_seat
from congregation import errors
from congregation.models import Glad, HelpRequest
from congregation.services import help as services
from crews.models import Crew
from practice.errors import NoGuestsHere
from practice.models import Guest
from practice.services import cancel
from tests.congregation.helped import (
    Estuary,
    make_dyad,
    make_estuary,
    now,
    role,
    say_no,
    say_yes,
    session_of,
    steps,
    visit,
)
from tests.factories import make_person
from tests.practice.tables import make_table, meet_once

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + timedelta(days=4)


@pytest.fixture
def home() -> Estuary:
    return make_estuary()


def test_with_any_crewmates_yes_they_are_a_guest_of_that_meeting(home: Estuary) -> None:
    request = visit(home, SOON)
    services.offer(request=request, by=home.ngozi)
    assert say_yes(request, home.mere, home.ngozi)
    guest = Guest.objects.get()
    assert (guest.session, guest.person, guest.invited_by) == (
        request.session,
        home.ngozi,
        home.mere,
    )
    assert now(request).state == "came"
    with pytest.raises(AlreadyAnswered):
        say_yes(request, home.inês, home.ngozi)
    with pytest.raises(AlreadyAnswered):
        services.step_back(request=request, by=home.ngozi)


def test_a_no_thank_you_lets_the_next_one_offer(home: Estuary) -> None:
    request = visit(home, SOON)
    services.offer(request=request, by=home.ngozi)
    with pytest.raises(errors.SomebodyOffered):
        services.offer(request=request, by=home.ama)
    say_no(request, home.tomasz, home.ngozi)
    assert steps(home.ngozi) == ["thanks"]
    services.offer(request=request, by=home.ama)
    assert not Guest.objects.exists()


def test_who_sits_inside_does_not_visit(home: Estuary) -> None:
    request = visit(home, SOON)
    services.be_glad(congregation=home.circle, by=home.tomasz, to_visit=True, to_mediate=False)
    with pytest.raises(errors.StandsInside):
        services.offer(request=request, by=home.tomasz)
    services.offer(request=request, by=home.ngozi)
    take_seat(circle=home.crew, person=home.ngozi)
    assert (now(request).state, role(request, home.ngozi)) == ("looking", "inside")


def test_a_guest_who_sits_down_later_has_come_all_the_same(home: Estuary) -> None:
    request = visit(home, SOON)
    services.offer(request=request, by=home.ngozi)
    say_yes(request, home.inês, home.ngozi)
    take_seat(circle=home.crew, person=home.ngozi)
    leave(circle=home.circle, by=home.ngozi)
    assert now(request).state == "came"


def test_one_visitor_is_asked_to_a_meeting(home: Estuary) -> None:
    request = visit(home, SOON)
    with pytest.raises(errors.AlreadyAskedForHelp):
        services.ask_visitor(session=session_of(request), by=home.mere, words="Come")
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRequest.objects.create(
            circle=home.crew, kind="visitor", session=request.session, words="Come"
        )
    services.take_back(request=request, by=home.mere)
    services.ask_visitor(session=session_of(request), by=home.mere, words="Come")


def test_too_late_is_too_late(home: Estuary) -> None:
    request = visit(home, SOON)
    cancel(session=session_of(request), by=home.inês)
    with pytest.raises(errors.HelpGone):
        services.offer(request=request, by=home.ngozi)
    with pytest.raises(errors.HelpGone):
        services.ask_visitor(session=session_of(request), by=home.inês, words="Come")


def test_a_crew_that_ended_is_visited_no_more(home: Estuary) -> None:
    request = visit(home, SOON)
    services.offer(request=request, by=home.ngozi)
    close(circle=home.crew, by=home.inês)
    with pytest.raises(CircleClosed):
        say_yes(request, home.inês, home.ngozi)


def test_dyads_and_crews_on_their_own_have_no_visitors(home: Estuary) -> None:
    dyad: Circle = make_dyad(home)
    with pytest.raises(NoGuestsHere):
        services.ask_visitor(session=meet_once(dyad, SOON), by=home.inês, words="Come")
    alone: Crew = make_table()
    with pytest.raises(NotAllowed):
        services.ask_visitor(session=meet_once(alone, SOON), by=make_person(), words="Come")


def test_gladness_is_off_until_said_and_can_be_taken_back(home: Estuary) -> None:
    assert not Glad.objects.filter(person=home.rory).exists()
    for to_visit, to_mediate in ((True, False), (True, True), (False, False)):
        services.be_glad(
            congregation=home.circle, by=home.rory, to_visit=to_visit, to_mediate=to_mediate
        )
    assert not Glad.objects.filter(person=home.rory).exists()
    with pytest.raises(NotAllowed):
        services.be_glad(congregation=home.circle, by=make_person(), to_visit=True, to_mediate=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Glad.objects.create(circle=home.circle, person=home.rory)

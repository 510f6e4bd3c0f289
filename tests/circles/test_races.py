"""Several people press at the very same moment. Only PostgreSQL can show what happens then."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from circles.errors import AlreadyAnswered, CircleError, NoSeatLeft
from circles.models import Circle
from circles.services import (
    accept_invitation,
    accept_request,
    ask_to_join,
    decline_request,
    invite,
    leave,
    take_seat,
)
from dyads import services as dyads
from dyads.errors import AlreadyADyad
from people.models import Person
from practice.errors import AlreadyMeeting
from practice.models import Answer, PracticeSession, Rhythm
from practice.services import answer, set_rhythm
from tests.factories import make_bare_crew, make_congregation, make_person
from tests.races import RACES, at_once, sitting

pytestmark = RACES


def test_of_eight_who_press_for_the_last_seat_one_sits_down() -> None:
    crew = make_bare_crew(people=5)
    people = [make_person() for _ in range(8)]
    met = at_once(*[lambda p=p: take_seat(circle=crew, person=p) for p in people])
    assert met.count(None) == 1
    assert met.count(NoSeatLeft) == 7
    assert sitting(crew)[5:] == [people[met.index(None)]]


def test_one_person_who_presses_eight_times_sits_on_one_chair() -> None:
    crew, person = make_bare_crew(people=1), make_person()
    met = at_once(*[lambda: take_seat(circle=crew, person=person)] * 8)
    assert met.count(None) == 1
    assert sitting(crew).count(person) == 1


def test_one_who_presses_eight_times_has_one_hand_up() -> None:
    congregation, asker = make_congregation(), make_person()
    take_seat(circle=congregation, person=asker)
    crew = make_bare_crew(parent=congregation, people=3)
    met = at_once(*[lambda: ask_to_join(circle=crew, by=asker)] * 8)
    assert met.count(None) == 1
    assert crew.requests.count() == 1


def test_a_dyad_is_two_however_many_hold_its_link() -> None:
    dyad = dyads.begin(by=make_person(), email="friend@example.org")
    invitation = dyad.invitations.get()
    people = [make_person() for _ in range(6)]
    met = at_once(*[lambda p=p: accept_invitation(invitation=invitation, by=p) for p in people])
    assert met.count(None) == 1
    assert all(error is None or issubclass(error, CircleError) for error in met)
    assert len(sitting(dyad)) == 2


def test_two_who_ask_each_other_at_once_are_one_dyad() -> None:
    congregation, one, other = make_congregation(), make_person(), make_person()
    for person in (one, other):
        take_seat(circle=congregation, person=person)
    met = at_once(
        lambda: dyads.begin(by=one, person=other, parent=congregation),
        lambda: dyads.begin(by=other, person=one, parent=congregation),
    )
    # Whoever came second hears that they are asked already.
    assert met.count(None) == 1
    assert any(error is not None and issubclass(error, AlreadyADyad) for error in met)


def weekly(crew: Circle, by: Person, begins: datetime) -> Rhythm:
    return set_rhythm(
        circle=crew,
        by=by,
        every="week",
        starts_on=begins.date(),
        at=begins.time().replace(microsecond=0),
        time_zone="UTC",
        minutes=60,
        meetings=4,
    )


def test_two_who_set_the_same_rhythm_at_once_make_one() -> None:
    crew = make_bare_crew(people=3)
    begins = timezone.now() + timedelta(days=3)
    one, other, _ = sitting(crew)
    met = at_once(lambda: weekly(crew, one, begins), lambda: weekly(crew, other, begins))
    assert set(met) == {None, AlreadyMeeting}
    assert PracticeSession.objects.filter(circle=crew).count() == 4


@pytest.mark.parametrize("turn", range(8))
def test_nobody_who_leaves_has_an_answer_left(turn: int) -> None:
    crew = make_bare_crew(people=4)
    one, leaver, *_ = sitting(crew)
    session = weekly(crew, one, timezone.now() + timedelta(days=3)).sessions.first()
    assert session is not None
    at_once(
        lambda: answer(session=session, by=leaver, choice="yes", following=True),
        lambda: leave(circle=crew, by=leaver),
    )
    assert leaver not in sitting(crew)
    assert not Answer.objects.filter(person=leaver).exists()


@pytest.mark.parametrize("turn", range(5))
def test_of_two_answers_to_a_raised_hand_one_holds(turn: int) -> None:
    congregation, asker = make_congregation(), make_person()
    take_seat(circle=congregation, person=asker)
    crew = make_bare_crew(parent=congregation, people=2)
    one, other = sitting(crew)
    request = ask_to_join(circle=crew, by=asker)
    met = at_once(
        lambda: accept_request(request=request, by=one),
        lambda: decline_request(request=request, by=other),
    )
    request.refresh_from_db()
    assert sorted(met, key=str) == sorted([None, AlreadyAnswered], key=str)
    assert (request.state == "accepted") == (asker in sitting(crew)) == (met[0] is None)


def test_of_two_who_say_yes_one_hears_that_it_is_answered() -> None:
    congregation, asker = make_congregation(), make_person()
    take_seat(circle=congregation, person=asker)
    crew = make_bare_crew(parent=congregation, people=2)
    one, other = sitting(crew)
    request = ask_to_join(circle=crew, by=asker)
    met = at_once(
        lambda: accept_request(request=request, by=one),
        lambda: accept_request(request=request, by=other),
    )
    assert set(met) == {None, AlreadyAnswered}
    assert len(sitting(crew)) == 3


def test_one_invitation_seats_one_however_many_hold_its_link() -> None:
    crew = make_bare_crew(people=2)
    invitation = invite(circle=crew, by=sitting(crew)[0], email="friend@example.org")
    people = [make_person() for _ in range(4)]
    met = at_once(*[lambda p=p: accept_invitation(invitation=invitation, by=p) for p in people])
    assert met.count(None) == 1
    assert met.count(AlreadyAnswered) == 3
    assert len(sitting(crew)) == 3

"""Who has met whom: at dyads and crews, at the same time or at the same meeting."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circles.models import Circle, Membership
from circles.services import take_seat
from dyads import services as dyads
from people.models import Person
from practice.met import pairs_from_crews, pairs_who_met
from practice.models import Attendance, PracticeSession
from tests.factories import make_bare_crew, make_congregation, make_person

pytestmark = pytest.mark.django_db


def pair(one: Person, other: Person) -> frozenset[int]:
    return frozenset((one.pk, other.pk))


def ids(*people: Person) -> list[int]:
    return [person.pk for person in people]


def test_who_sits_at_one_crew_or_dyad_has_met() -> None:
    one, other, third, far = (make_person() for _ in range(4))
    crew = make_bare_crew()
    for person in (one, other):
        take_seat(circle=crew, person=person)
    estuary = make_congregation()
    for person in (other, third):
        take_seat(circle=estuary, person=person)
    dyad = dyads.begin(by=other, person=third, parent=estuary)
    take_seat(circle=dyad, person=third)
    found = pairs_who_met(ids(one, other, third, far))
    assert found == {pair(one, other), pair(other, third)}
    assert pairs_who_met(ids(one, third, far)) == set()


def test_who_came_after_the_other_had_left_has_not_met_them() -> None:
    one, other, third = (make_person() for _ in range(3))
    crew = make_bare_crew()
    now = timezone.now()
    rows = ((one, 1, 90, 60), (other, 1, 50, None), (third, 2, 70, 40))
    for person, seat, came, left in rows:
        Membership.objects.create(
            circle=crew,
            person=person,
            scale=crew.scale,
            seat=seat,
            joined_at=now - timedelta(days=came),
            left_at=now - timedelta(days=left) if left else None,
        )
    found = pairs_who_met(ids(one, other, third))
    assert found == {pair(one, third), pair(other, third)}


def held(circle: Circle, *there: Person, away: Person) -> None:
    now = timezone.now()
    session = PracticeSession.objects.create(
        circle=circle, starts_at=now - timedelta(hours=2), ends_at=now, time_zone="UTC"
    )
    for person in (*there, away):
        Attendance.objects.create(session=session, person=person, was_there=person != away)


def test_who_was_there_at_one_small_meeting_has_met() -> None:
    one, guest, away = (make_person() for _ in range(3))
    held(make_bare_crew(), one, guest, away=away)
    assert pairs_who_met(ids(one, guest, away)) == {pair(one, guest)}


def test_a_gathering_of_many_is_no_meeting_of_two() -> None:
    estuary = make_congregation(people=2)
    one, other, steward = (seat.person for seat in estuary.memberships.present().at_table())
    held(estuary, one, other, away=steward)
    assert pairs_who_met(ids(one, other, steward)) == set()


def test_others_may_know_only_what_their_congregation_saw() -> None:
    estuary, delta = make_congregation(), make_congregation(name="Delta")
    one, other, third, fourth = (make_person() for _ in range(4))
    for person in (one, other, third, fourth):
        take_seat(circle=estuary, person=person)
    here, elsewhere = make_bare_crew(parent=estuary), make_bare_crew(parent=delta)
    for crew, people in ((here, (one, other)), (elsewhere, (other, third))):
        for person in people:
            take_seat(circle=crew, person=person)
    dyad = dyads.begin(by=third, person=fourth, parent=estuary)
    take_seat(circle=dyad, person=fourth)
    everybody = ids(one, other, third, fourth)
    assert pairs_from_crews(everybody, estuary.pk) == {pair(one, other)}
    assert pairs_who_met(everybody) > {pair(one, other), pair(third, fourth)}


def test_two_questions_however_many_people() -> None:
    crew = make_bare_crew(people=6)
    people = [seat.person_id for seat in crew.memberships.all()]
    for some in (people[:2], people):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert pairs_who_met(some)
        assert len(asked) == 2

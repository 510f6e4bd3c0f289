"""Two crewmates invite at the same moment. Only PostgreSQL can show what happens then."""

import pytest

from circles.services import leave, present, take_seat
from practice import errors, services
from tests.factories import make_congregation, make_person
from tests.practice.tables import make_table, meet_once, people_of
from tests.races import RACES, at_once

pytestmark = [*RACES, pytest.mark.usefixtures("clock")]


def test_six_who_invite_at_once_bring_one_guest() -> None:
    estuary = make_congregation()
    people = [make_person() for _ in range(12)]
    for person in people:
        take_seat(circle=estuary, person=person)
    session = meet_once(make_table(*people[:6], parent=estuary))
    pairs = zip(people_of(session.circle), people[6:], strict=True)
    met = at_once(
        *[
            lambda by=by, person=person: services.invite_guest(
                session=session, by=by, person=person
            )
            for by, person in pairs
        ]
    )
    assert met.count(None) == 1
    assert met.count(errors.TableFull) == 5
    assert session.guests.count() == 1


def test_twice_invited_is_once_a_guest() -> None:
    estuary = make_congregation()
    people = [make_person() for _ in range(4)]
    for person in people:
        take_seat(circle=estuary, person=person)
    session = meet_once(make_table(*people[:3], parent=estuary))
    met = at_once(
        *[lambda by=by: services.invite_guest(session=session, by=by, person=people[3])
          for by in people[:3]]
    )  # fmt: skip
    assert met.count(None) == 1
    assert met.count(errors.AlreadyGuest) == 2


def test_who_leaves_the_congregation_at_that_moment_is_no_guest() -> None:
    estuary = make_congregation()
    people = [make_person() for _ in range(4)]
    for person in people:
        take_seat(circle=estuary, person=person)
    session = meet_once(make_table(*people[:3], parent=estuary))
    for _ in range(5):
        at_once(
            lambda: services.invite_guest(session=session, by=people[0], person=people[3]),
            lambda: leave(circle=estuary, by=people[3]),
        )
        assert not present(estuary, people[3])
        assert not session.guests.exists()
        take_seat(circle=estuary, person=people[3])

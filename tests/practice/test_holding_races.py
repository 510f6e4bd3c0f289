"""Several people press at the very same moment. Only PostgreSQL can show what happens then."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from library.models import Practice
from practice import services
from practice.errors import PressedMeanwhile
from practice.models import Holding, PracticeSession
from tests.practice.tables import make_table, meet_once
from tests.races import RACES, at_once, sitting

pytestmark = RACES


@pytest.fixture
def session(on_postgresql: None) -> PracticeSession:
    """A meeting that has just begun."""
    now = timezone.now().replace(second=0, microsecond=0)
    clinic = Practice.objects.get(slug="case-clinic")
    with travel(now - timedelta(days=1), tick=False):
        return meet_once(make_table(), now, practice=clinic)


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.parametrize("do", ["next", "extend", "pause"])
def test_of_six_who_press_at_once_one_presses(session: PracticeSession, do: str, turn: int) -> None:
    people = sitting(session.circle)
    services.begin(session=session, by=people[0], here=[one.pk for one in people])
    wishes = [
        lambda by=by: services.press(session=session, by=by, do=do, seen=1, step=0)
        for by in people * 2
    ]
    met = at_once(*wishes)
    assert met.count(None) == 1
    assert met.count(PressedMeanwhile) == 5
    found = Holding.objects.get()
    assert found.version == 2
    assert found.step == (1 if do == "next" else 0)
    assert found.extra == timedelta(minutes=1 if do == "extend" else 0)


def test_of_six_who_begin_at_once_one_begins(session: PracticeSession) -> None:
    people = sitting(session.circle)
    wishes = [lambda by=by: services.begin(session=session, by=by, here=[]) for by in people * 2]
    met = at_once(*wishes)
    assert met.count(None) == 1
    assert met.count(PressedMeanwhile) == 5
    assert Holding.objects.count() == 1


def test_who_goes_and_what_is_pressed_at_once_are_one_after_the_other(
    session: PracticeSession,
) -> None:
    people = sitting(session.circle)
    services.begin(session=session, by=people[0], here=[one.pk for one in people])
    met = at_once(
        lambda: services.note_here(
            session=session, by=people[1], person=people[2].pk, here=False, seen=1
        ),
        lambda: services.press(session=session, by=people[0], do="next", seen=1, step=0),
    )
    assert sorted(met, key=str) == sorted([None, PressedMeanwhile], key=str)
    assert Holding.objects.get().version == 2

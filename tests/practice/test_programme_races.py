"""Two people take on a programme at the very same moment. Only PostgreSQL can show it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from circles.services import leave
from practice import services
from practice.errors import MeetingsChanged
from practice.models import PracticeSession
from practice.showing.programmes import plan_for
from tests.practice.programmes import programme, titles
from tests.practice.tables import make_table, meet
from tests.races import RACES, at_once, sitting

pytestmark = RACES


@pytest.fixture
def sessions(on_postgresql: None) -> list[PracticeSession]:
    soon = timezone.now().replace(second=0, microsecond=0) + timedelta(days=3)
    return meet(make_table(), soon, meetings=6)


@pytest.mark.parametrize("turn", range(5))
def test_of_two_programmes_taken_on_at_once_one_is_whole(
    sessions: list[PracticeSession], turn: int
) -> None:
    circle = sessions[0].circle
    both = [programme("first-four-weeks"), programme("first-cycle-of-six")]
    seen = plan_for(circle, both[0]).seen
    wishes = [
        lambda by=by, one=one: services.take_on(circle=circle, by=by, programme=one, seen=seen)
        for by, one in zip(sitting(circle), both, strict=False)
    ]
    met = at_once(*wishes)
    assert sorted(met, key=str) == sorted([None, MeetingsChanged], key=str)
    taken = [part.title for part in both[met.index(None)].parts.all()]
    assert titles(sessions) == taken + [""] * (len(sessions) - len(taken))


def test_who_leaves_at_that_moment_writes_before_or_not_at_all(
    sessions: list[PracticeSession],
) -> None:
    circle = sessions[0].circle
    by = sitting(circle)[2]
    met = at_once(
        lambda: leave(circle=circle, by=by),
        lambda: services.write_note(session=sessions[0], by=by, words="On my way out."),
    )
    assert met[0] is None
    assert sessions[0].notes.count() == (1 if met[1] is None else 0)

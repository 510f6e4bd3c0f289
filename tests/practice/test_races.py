"""Two people change one rhythm at the very same moment. Only PostgreSQL shows what happens then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from circles.models import Circle
from practice import services
from practice.errors import AlreadyMeeting, ChangedMeanwhile, NothingRests, SessionCancelled
from practice.models import Change, Pause, PracticeSession
from practice.services import extend_rhythms
from tests.practice.tables import DAY, HOUR, WEEK, make_table, meet, stand
from tests.races import RACES, at_once, sitting

pytestmark = RACES
TURNS = pytest.mark.parametrize("turn", range(4))


@pytest.fixture
def crew(on_postgresql: None) -> Circle:
    return make_table()


def weekly(crew: Circle, **fields: object) -> list[PracticeSession]:
    begins = (timezone.now() + 3 * DAY).replace(minute=0, second=0, microsecond=0)
    return meet(crew, begins, **{"meetings": 4, **fields})


def happening(crew: Circle) -> list[object]:
    sessions = PracticeSession.objects.happening().filter(circle=crew)
    return list(sessions.values_list("starts_at", flat=True).order_by("starts_at"))


@TURNS
def test_of_two_who_move_one_meeting_the_second_is_told(crew: Circle, turn: int) -> None:
    session = weekly(crew)[1]
    one, other, _ = sitting(crew)
    to = [session.starts_at + HOUR, session.starts_at + 2 * HOUR]
    met = at_once(
        lambda: services.move(session=session, by=one, starts_at=to[0], minutes=90, seen=0),
        lambda: services.move(session=session, by=other, starts_at=to[1], minutes=90, seen=0),
    )
    assert sorted(met, key=str) == sorted([None, ChangedMeanwhile], key=str)
    assert stand(session).starts_at == to[met.index(None)]
    assert Change.objects.count() == 1


@TURNS
def test_two_meetings_that_are_moved_to_one_moment_do_not_meet(crew: Circle, turn: int) -> None:
    first, second, *_ = weekly(crew)
    one, other, _ = sitting(crew)
    to = first.starts_at + DAY
    met = at_once(
        lambda: services.move(session=first, by=one, starts_at=to, minutes=90),
        lambda: services.move(session=second, by=other, starts_at=to, minutes=90),
    )
    assert sorted(met, key=str) == sorted([None, AlreadyMeeting], key=str)
    assert happening(crew).count(to) == 1


@TURNS
def test_one_who_moves_all_and_one_who_calls_off_all_come_one_after_the_other(
    crew: Circle, turn: int
) -> None:
    sessions = weekly(crew)
    one, other, _ = sitting(crew)
    local = sessions[1].starts_at + DAY
    met = at_once(
        lambda: services.move_following(
            session=sessions[1],
            by=one,
            day=local.date(),
            at=local.time(),
            time_zone="UTC",
            minutes=90,
        ),
        lambda: services.cancel(session=sessions[1], by=other, following=True),
    )
    assert met[1] is None
    assert met[0] in {None, SessionCancelled}
    assert happening(crew) == [sessions[0].starts_at]
    moved = {one.starts_at - two.starts_at for one, two in zip(map(stand, sessions), sessions)}  # noqa: B905
    assert moved == ({timedelta(0), DAY} if met[0] is None else {timedelta(0)})


@TURNS
def test_of_two_who_pause_the_same_days_each_meeting_rests_once(crew: Circle, turn: int) -> None:
    sessions = weekly(crew)
    assert sessions[0].rhythm is not None
    rhythm = sessions[0].rhythm
    day = sessions[1].starts_at.date()
    one, other, _ = sitting(crew)
    met = at_once(
        lambda: services.pause(rhythm=rhythm, by=one, first_day=day, last_day=day),
        lambda: services.pause(rhythm=rhythm, by=other, first_day=day, last_day=day),
    )
    assert sorted(met, key=str) == sorted([None, NothingRests], key=str)
    assert Pause.objects.count() == 1
    assert happening(crew) == [sessions[0].starts_at + week * WEEK for week in (0, 2, 3, 4)]


@TURNS
def test_two_workers_that_carry_one_rhythm_on_make_each_meeting_once(
    crew: Circle, turn: int
) -> None:
    first, *_ = weekly(crew, meetings=None)
    PracticeSession.objects.filter(rhythm=first.rhythm, number__gt=5).delete()
    met = at_once(*[lambda: extend_rhythms(timezone.now())] * 3)
    assert met == [None] * 3
    assert happening(crew) == [first.starts_at + week * WEEK for week in range(12)]


@TURNS
def test_of_two_who_take_one_pause_back_nothing_comes_twice(crew: Circle, turn: int) -> None:
    sessions = weekly(crew)
    assert sessions[0].rhythm is not None
    day = sessions[1].starts_at.date()
    one, other, _ = sitting(crew)
    pause = services.pause(rhythm=sessions[0].rhythm, by=one, first_day=day, last_day=day)
    met = at_once(*[lambda by=by: services.end_pause(pause=pause, by=by) for by in (one, other)])
    assert met == [None, None]
    assert happening(crew) == [session.starts_at for session in sessions]

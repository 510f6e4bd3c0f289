"""Two who press at the same moment, at the end of a run."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Preference
from circles.services import leave
from dyads import errors, services
from dyads.models import Dyad, LookBack, LookBackAnswer
from notifications.models import Notice
from practice.models import PracticeSession
from tests.dyads.ending import coming, make_pair, meet, now, people_of, say
from tests.races import RACES, at_once

pytestmark = RACES

OVER = {CircleClosed, NotAllowed}


def asking(dyad: Dyad) -> LookBack:
    return services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])


def told(look_back: LookBack) -> int:
    return Notice.objects.filter(kind="dyads.opened", ref=look_back.pk).count()


def going_on() -> Dyad:
    """Both have said that they go on, after a meeting that was."""
    dyad = make_pair()
    meet(dyad, timezone.now() + timedelta(days=1), every="once")
    PracticeSession.objects.filter(circle=dyad).update(
        starts_at=timezone.now() - timedelta(days=1),
        ends_at=timezone.now() - timedelta(hours=23),
    )
    look_back = asking(dyad)
    say(look_back, 0, "continue")
    say(look_back, 1, "continue")
    return dyad


def test_both_answer_at_once_and_it_opens_once() -> None:
    for _ in range(3):
        dyad = make_pair()
        look_back = asking(dyad)
        one, other = people_of(dyad)
        met = at_once(
            partial(services.answer_look_back, look_back=look_back, by=one, choice="continue"),
            partial(services.answer_look_back, look_back=look_back, by=other, choice="pause"),
        )
        assert met == [None, None]
        assert (now(dyad).outcome, told(look_back)) == ("pause", 1)


def test_both_ask_at_once_and_the_beat_too() -> None:
    for _ in range(3):
        dyad = make_pair()
        one, other = people_of(dyad)
        later = timezone.now() + timedelta(weeks=9)
        met = at_once(
            partial(services.ask_look_back, dyad=dyad, by=one),
            partial(services.ask_look_back, dyad=dyad, by=other),
            partial(services.ask_where_due, later),
        )
        assert met == [None, None, None]
        assert LookBack.objects.alive().filter(dyad=dyad).count() == 1


def test_one_blocks_while_the_other_answers() -> None:
    for _ in range(3):
        dyad = make_pair()
        look_back = asking(dyad)
        say(look_back, 0, "continue")
        one, other = people_of(dyad)
        met = at_once(
            partial(services.block, dyad=dyad, by=one),
            partial(services.answer_look_back, look_back=look_back, by=other, choice="continue"),
        )
        assert met[0] is None
        assert met[1] in {None, CircleClosed}
        dyad.refresh_from_db()
        assert not dyad.is_open
        assert dyad.pair == ""
        assert Preference.objects.filter(by=one, whom=other).count() == 1
        assert now(dyad).settled_at is not None
        for reader in (one, other):
            readable = LookBackAnswer.objects.readable_by(reader)
            assert {said.person for said in readable} <= {reader}


def test_one_leaves_while_the_meetings_are_set_again() -> None:
    for _ in range(3):
        dyad = going_on()
        one, other = people_of(dyad)
        met = at_once(
            partial(leave, circle=dyad, by=one),
            partial(services.go_on, look_back=now(dyad), by=other),
        )
        assert met[0] is None
        assert met[1] in {None, CircleClosed}
        dyad.refresh_from_db()
        assert not dyad.is_open
        assert coming(dyad) == 0


def test_both_set_the_meetings_at_once_and_they_are_set_once() -> None:
    for _ in range(3):
        dyad = going_on()
        one, other = people_of(dyad)
        met = at_once(
            partial(services.go_on, look_back=now(dyad), by=one),
            partial(services.go_on, look_back=now(dyad), by=other),
        )
        assert sorted(met, key=str) == sorted([None, errors.SettledAlready], key=str)
        assert coming(dyad) == dyad.meetings


def test_both_block_at_once() -> None:
    for _ in range(3):
        dyad = make_pair()
        one, other = people_of(dyad)
        met = at_once(
            partial(services.block, dyad=dyad, by=one), partial(services.block, dyad=dyad, by=other)
        )
        assert met == [None, None]
        assert Preference.objects.filter(kind="rather_not").count() >= 2
        assert not dyad.memberships.present().exists()

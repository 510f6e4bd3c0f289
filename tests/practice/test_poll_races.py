"""Several people press at the same moment on one question. Only PostgreSQL shows what happens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from circles.errors import NotAllowed
from circles.services import leave
from practice import services
from practice.errors import PollClosed
from practice.models import Answer, Poll, PollAnswer, PracticeSession
from tests.factories import make_bare_crew
from tests.practice.polls import ask
from tests.races import RACES, at_once, sitting

pytestmark = RACES


def asked() -> Poll:
    soon = timezone.now().replace(microsecond=0) + timedelta(days=3)
    return ask(make_bare_crew(people=4), [soon, soon + timedelta(days=1)])


@pytest.mark.parametrize("turn", range(4))
def test_of_four_who_close_it_at_once_one_does(turn: int) -> None:
    poll = asked()
    first, second = poll.options.all()
    a, b, c, d = sitting(poll.circle)
    met = at_once(
        lambda: services.close_poll(poll=poll, by=a, option=first),
        lambda: services.close_poll(poll=poll, by=b, option=second),
        lambda: services.end_poll(poll=poll, by=c),
        lambda: services.close_poll(poll=poll, by=d, option=first),
    )
    assert met.count(None) == 1
    assert met.count(PollClosed) == 3
    poll.refresh_from_db()
    assert not poll.is_open
    ended_without = met[2] is None
    assert PracticeSession.objects.count() == (0 if ended_without else 1)
    assert (poll.rhythm is None) == ended_without


def test_one_person_who_taps_eight_times_has_one_answer() -> None:
    poll = asked()
    one = sitting(poll.circle)[0]
    option = poll.options.first()
    assert option is not None
    choices = ["yes", "no", "if_need_be", "yes"] * 2
    met = at_once(
        *[lambda c=c: services.answer_poll(option=option, by=one, choice=c) for c in choices]
    )
    assert met == [None] * 8
    assert PollAnswer.objects.filter(option=option, person=one).count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_an_answer_at_the_moment_of_closing_counts_or_is_told_it_came_late(turn: int) -> None:
    poll = asked()
    option = poll.options.first()
    assert option is not None
    closer, late, *_ = sitting(poll.circle)
    met = at_once(
        lambda: services.answer_poll(option=option, by=late, choice="yes"),
        lambda: services.close_poll(poll=poll, by=closer, option=option),
    )
    assert met[0] in {None, PollClosed}
    assert met[1] is None
    assert Answer.objects.filter(person=late).exists() == (met[0] is None)


@pytest.mark.parametrize("turn", range(4))
def test_nobody_who_leaves_has_an_answer_left(turn: int) -> None:
    poll = asked()
    option = poll.options.first()
    assert option is not None
    leaver = sitting(poll.circle)[1]
    met = at_once(
        lambda: services.answer_poll(option=option, by=leaver, choice="yes"),
        lambda: leave(circle=poll.circle, by=leaver),
    )
    assert met[0] in {None, NotAllowed}
    assert not PollAnswer.objects.filter(person=leaver).exists()

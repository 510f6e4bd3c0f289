"""Two who press at the same moment, at the end of a cycle."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from crews import errors, services
from crews.models import Crew, Cycle
from notifications.models import Notice
from tests.crews.cycles import make_going, now, people_of
from tests.races import RACES, at_once

pytestmark = RACES


def asking(crew: Crew, *, due: timedelta = timedelta(days=2), opened: bool = False) -> Cycle:
    moment = timezone.now() - timedelta(days=5)
    return Cycle.objects.create(
        crew=crew,
        begun_at=moment,
        asked_at=moment,
        answers_due=timezone.now() + due,
        revealed_at=timezone.now() if opened else None,
    )


def told(cycle: Cycle) -> int:
    return Notice.objects.filter(kind="crews.opened", ref=cycle.pk).count()


def test_of_two_last_answers_at_once_one_opens_them_all() -> None:
    for _ in range(3):
        crew = make_going(count=4)
        cycle = asking(crew)
        one, two, three, four = people_of(crew)
        for person in (one, two):
            services.answer(cycle=cycle, by=person, choice="renew")
        met = at_once(
            partial(services.answer, cycle=cycle, by=three, choice="pause"),
            partial(services.answer, cycle=cycle, by=four, choice="leave"),
        )
        assert met == [None, None]
        assert now(crew).is_open
        assert cycle.answers.count() == 4
        assert told(cycle) == 4


def test_an_answer_and_the_clock_at_once() -> None:
    for _ in range(3):
        crew = make_going(count=3)
        cycle = asking(crew, due=timedelta(seconds=-1))
        person = people_of(crew)[0]
        met = at_once(
            partial(services.answer, cycle=cycle, by=person, choice="renew"),
            lambda: services.open_where_due(timezone.now()),
            lambda: services.open_where_due(timezone.now()),
        )
        assert met[0] in {None, errors.AnswersAreOpen}
        assert met[1:] == [None, None]
        assert now(crew).is_open
        assert told(cycle) == 3
        assert cycle.answers.exists() == (met[0] is None)


def test_of_two_who_decide_at_once_one_decides() -> None:
    for _ in range(3):
        crew = make_going(count=3)
        cycle = asking(crew, opened=True)
        one, two, three = people_of(crew)
        met = at_once(
            partial(services.renew, cycle=cycle, by=one, meetings=6),
            partial(services.rest, crew=crew, by=two, cycle=cycle),
            partial(services.end, crew=crew, by=three, cycle=cycle),
        )
        assert met.count(None) == 1
        decided = crew.cycles.get(number=1)
        outcome = ["renewed", "paused", "closed"][met.index(None)]
        assert decided.outcome == outcome
        crew.refresh_from_db()
        assert crew.is_open == (outcome != "closed")
        assert crew.is_resting == (outcome == "paused")


def test_two_who_take_back_at_once() -> None:
    crew = make_going(count=3)
    services.end(crew=crew, by=people_of(crew)[0])
    one, two, _ = people_of(crew)
    met = at_once(
        lambda: services.take_back_decision(crew=crew, by=one),
        lambda: services.take_back_decision(crew=crew, by=two),
    )
    assert sorted(met, key=str) == sorted([None, errors.TooLateToTakeBack], key=str)
    assert Crew.objects.get(pk=crew.pk).is_open

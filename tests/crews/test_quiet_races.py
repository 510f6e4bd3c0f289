"""Two who answer a quiet crew's question at once, and two workers who ask it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from circles.errors import AlreadyAnswered
from crews import services
from crews.models import Crew, QuietQuestion
from tests.crews.cycles import make_going
from tests.practice.tables import people_of
from tests.races import RACES, at_once

pytestmark = RACES
LONG_AGO = timedelta(weeks=9)


def test_two_workers_ask_once() -> None:
    crew = make_going()
    Crew.objects.filter(pk=crew.pk).update(begun_at=timezone.now() - LONG_AGO)
    now = timezone.now()
    met = at_once(*[lambda: services.ask_the_quiet(now)] * 4)
    assert met == [None] * 4
    assert QuietQuestion.objects.count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_the_first_answer_settles_it(turn: int) -> None:
    crew = make_going()
    Crew.objects.filter(pk=crew.pk).update(begun_at=timezone.now() - LONG_AGO)
    services.ask_the_quiet(timezone.now())
    one, other, _ = people_of(crew)
    met = at_once(
        lambda: services.still_meets(crew=crew, by=one),
        lambda: services.rests(crew=crew, by=other),
    )
    assert sorted(met, key=str) == sorted([None, AlreadyAnswered], key=str)
    crew.refresh_from_db()
    assert crew.is_resting == (met[1] is None)

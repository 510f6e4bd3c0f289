"""A first time for a new table whose people share hours that an app above knows of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from crews import errors
from crews.models import Crew
from crews.services.tables import changing
from pages.registry import Registry
from people.models import Person
from practice import services as practice
from practice.hours import whose_clock_keeps
from practice.models import PracticeSession, Rhythm
from practice.services.permission import people_of


@dataclass(frozen=True, slots=True)
class Common:
    """Moments that suit all who sit there, soonest first, and the plan that they came with."""

    times: Sequence[datetime]
    weeks: int
    minutes: int


# Each knows this of some crews, and says None of all others.
common_hours: Registry[Callable[[Crew, datetime], Common | None]] = Registry()


def common_to(crew: Crew, now: datetime) -> Common | None:
    """What suits all at a table that was laid elsewhere; None for any other."""
    return next((one for source in common_hours.sources if (one := source(crew, now))), None)


@transaction.atomic
def take_first_time(*, crew: Crew, by: Person, at: datetime) -> PracticeSession:
    """Meet at `at` (UTC), and from then on by the plan; returns the first meeting.

    Taking the time that is set already is no mistake. Raises NotAllowed, CircleClosed, NoneKnown,
    FirstTimeIsSet when they meet at another time, and what setting a rhythm does.
    """
    crew, now = changing(crew, by), timezone.now()
    if coming := PracticeSession.objects.filter(circle=crew).to_come(now).first():
        if coming.starts_at == at:
            return coming
        raise errors.FirstTimeIsSet
    common = common_to(crew, now)
    if common is None:
        raise errors.NoneKnown
    keeper = whose_clock_keeps(at, [by, *people_of(crew)])
    wall = at.astimezone(keeper.zone)
    rhythm = practice.set_rhythm(
        circle=crew,
        by=by,
        every=Rhythm.Every.WEEK,
        interval=common.weeks,
        starts_on=wall.date(),
        at=wall.time(),
        time_zone=keeper.time_zone,
        minutes=common.minutes,
        meetings=crew.meetings,
    )
    return rhythm.sessions.order_by("starts_at")[0]

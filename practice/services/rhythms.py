"""Setting a circle's rhythm, and carrying on those without an end."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from circles.errors import CircleClosed
from circles.models import Circle
from circles.scales import may_practise
from library.models import Practice
from notifications.models import Notice
from notifications.services import owe_all
from pages.registry import Registry
from people.models import Person
from people.time_zones import known_zones
from practice import errors
from practice.models import Answer, Rhythm
from practice.models.rhythm import LEAST_MINUTES, MOST_MINUTES
from practice.rules.recurrence import MOST_MEETINGS, MOST_WEEKS
from practice.services.layout import settle
from practice.services.permission import people_of, require_company, require_plan

# What apps above do when a circle has set its meetings, inside the same transaction.
after_planning: Registry[Callable[[Circle], None]] = Registry()

logger = logging.getLogger(__name__)

# Nobody knows their evenings longer ahead than that.
FURTHEST = timedelta(days=2 * 366)


@transaction.atomic
def set_rhythm(
    *,
    circle: Circle,
    by: Person,
    every: str,
    starts_on: date,
    at: time,
    time_zone: str,
    minutes: int,
    meetings: int | None,
    interval: int = 1,
    practice: Practice | None = None,
    place: str = "",
    link: str = "",
) -> Rhythm:
    """Schedule a circle's coming meetings; the others are told once, by mail.

    `every` is "once", "week" (each `interval` weeks, 1 to 12) or "month" (the same weekday of
    the month as `starts_on`). `meetings` of them, 1 to 52; None for a rhythm without an end, of
    which the next twelve are always there. Hosting goes round the table. Whoever sets the
    rhythm is taken to come. Raises NotAllowed, CircleClosed, TooFewPeople, NoSuchRhythm,
    InThePast, TooFarAway, AlreadyMeeting.
    """
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    require_plan(circle, by)
    people = people_of(circle)
    if practice or place or link:
        require_company(circle)
    if not circle.is_open:
        raise CircleClosed
    if not may_practise(circle.scale, len(people)):
        raise errors.TooFewPeople
    rhythm = Rhythm(
        circle=circle,
        every=every,
        interval=interval,
        starts_on=starts_on,
        at=at,
        time_zone=time_zone,
        minutes=minutes,
        meetings=1 if every == Rhythm.Every.ONCE else meetings,
        practice=practice,
        place=place,
        link=link,
        made_by=by,
    )
    require_sensible(rhythm, timezone.now())
    rhythm.save()
    settle(rhythm)
    Answer.objects.bulk_create(
        Answer(session=session, person=by, choice=Answer.Choice.YES, following=True)
        for session in rhythm.sessions.all()
    )
    about = {"kind": "practice.scheduled", "key": f"rhythm {rhythm.pk}", "ref": rhythm.pk}
    owe_all(Notice(person=person, **about) for person in people if person != by)
    for source in after_planning.sources:
        source(circle)
    return rhythm


def require_sensible(rhythm: Rhythm, now: datetime) -> None:
    """Raise NoSuchRhythm for a rule that no form offers, InThePast or TooFarAway for a beginning
    that is not to come, or not soon."""
    most_weeks = MOST_WEEKS if rhythm.every == Rhythm.Every.WEEK else 1
    if not (
        rhythm.every in Rhythm.Every.values
        and 1 <= rhythm.interval <= most_weeks
        and LEAST_MINUTES <= rhythm.minutes <= MOST_MINUTES
        and (rhythm.meetings is None or 1 <= rhythm.meetings <= MOST_MEETINGS)
        and rhythm.time_zone in known_zones()
    ):
        raise errors.NoSuchRhythm
    # Days at the ends of the calendar cannot even be turned into a moment.
    if abs(rhythm.starts_on - now.date()) > 2 * FURTHEST:
        raise errors.TooFarAway
    begins = rhythm.pattern.moment(rhythm.first)
    if begins <= now:
        raise errors.InThePast
    if begins > now + FURTHEST:
        raise errors.TooFarAway


def extend_rhythms(now: datetime) -> int:
    """Carry on the rhythms without an end that run short of meetings; returns how many were made.

    One that cannot be carried on is left to the next night and does not hold up the others.
    """
    made = 0
    for rhythm in Rhythm.objects.running_short(now):
        try:
            made += _extend(rhythm)
        except Exception:
            logger.exception("Rhythm %s could not be carried on", rhythm.pk)
    return made


@transaction.atomic
def _extend(rhythm: Rhythm) -> int:
    circle = Circle.objects.select_for_update().get(pk=rhythm.circle_id)
    rhythm = Rhythm.objects.get(pk=rhythm.pk)
    if not circle.is_open or rhythm.stopped_at is not None:
        return 0
    before = rhythm.sessions.count()
    settle(rhythm)
    return rhythm.sessions.count() - before

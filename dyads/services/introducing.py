"""Two who were paired are told of each other at once, with times and a first practice."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from dyads.models import Dyad, Introduction, PairingRound
from dyads.rules.times import times
from dyads.services.shared import sitting
from library.models import Practice
from notifications.services import owe
from people.models import Person
from practice.hours import member_of
from practice.models import PracticeSession

INTRODUCED = "dyads.introduced"
# Practices for two who do not know each other yet, the gentlest first.
FIRST = ("listen-and-loop", "mindful-dialogue")


@transaction.atomic
def introduce(*, dyad: Dyad, round: PairingRound, moments: Sequence[datetime] = ()) -> Introduction:
    """Introduce the two of a new dyad to each other: both hear by mail at once.

    `moments` suit the hours of both, in UTC; where one of them meets somebody else then, others
    are looked for. The first practice is the one these two began with least.
    """
    people = sitting(dyad)
    moments = _free(moments, people, dyad.minutes)
    introduction = Introduction.objects.create(
        dyad=dyad, round=round, times=written(moments), practice=_first_practice(dyad, people)
    )
    for person in people:
        owe(kind=INTRODUCED, key=f"dyad {dyad.pk}", person=person, ref=introduction.pk)
    return introduction


def written(moments: Iterable[datetime]) -> list[str]:
    """Moments as an introduction keeps them, soonest first."""
    return [one.isoformat() for one in sorted(moments)]


def offered(introduction: Introduction, now: datetime) -> list[datetime]:
    """The times of an introduction that are still to come."""
    return [one for one in map(datetime.fromisoformat, introduction.times) if one > now]


def fresh_times(people: Sequence[Person], *, minutes: int, now: datetime) -> list[datetime]:
    """Up to three times in the next two weeks that suit all of them, and at which none of them
    meets somebody else."""
    return times(
        [member_of(one) for one in people], after=now, minutes=minutes, busy=_busy(people, now)
    )


def _free(
    moments: Sequence[datetime], people: Sequence[Person], minutes: int
) -> Sequence[datetime]:
    now, length = timezone.now(), timedelta(minutes=minutes)
    busy = _busy(people, now)
    if any(at < end and begin < at + length for at in moments for begin, end in busy):
        return fresh_times(people, minutes=minutes, now=now)
    return moments


def _busy(people: Sequence[Person], now: datetime) -> set[tuple[datetime, datetime]]:
    """When one of these people meets somebody, as far as they meet here."""
    sessions = PracticeSession.objects.to_come(now).filter(
        circle__memberships__person__in=people, circle__memberships__left_at__isnull=True
    )
    return set(sessions.values_list("starts_at", "ends_at"))


def _first_practice(dyad: Dyad, people: Sequence[Person]) -> Practice | None:
    """Of those that fit the minutes the one these two began with least, so that it rotates."""
    had = Introduction.objects.filter(
        dyad__memberships__person__in=people, practice__isnull=False
    ).values_list("practice", flat=True)
    begun_with = list(had)
    fitting = Practice.objects.usable_by(dyad).filter(slug__in=FIRST).fitting(minutes=dyad.minutes)
    return min(
        fitting,
        key=lambda one: (begun_with.count(one.pk), FIRST.index(one.slug)),
        default=None,
    )

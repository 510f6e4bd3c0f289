"""Two who were paired are told of each other at once, with times and a first practice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from dyads.models import Introduction, PairingRound
from dyads.rules.times import Busy, times
from dyads.services.pairing_up import Two
from library.models import Practice
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person
from practice.hours import member_of
from practice.models import PracticeSession

INTRODUCED = "dyads.introduced"
# Practices for two who do not know each other yet, the gentlest first.
FIRST = ("listen-and-loop", "mindful-dialogue")


def introduce(*, round: PairingRound, twos: Sequence[Two]) -> list[Introduction]:
    """Introduce the two of each new dyad to each other, in the transaction that made them: both
    hear by mail at once. As many queries, however many they are.

    The times suit the hours of both, and neither meets somebody else then. The first practice is
    the one these two began with least.
    """
    now = timezone.now()
    busy = _busy([person for two in twos for person in two.people], now)
    first = _first_practices(round, twos)
    introductions = Introduction.objects.bulk_create(
        Introduction(
            dyad=two.dyad,
            round=round,
            practice=first[two.dyad.pk],
            times=written(_times(two.people, round.minutes, now, busy)),
        )
        for two in twos
    )
    owe_all(
        Notice(kind=INTRODUCED, key=f"dyad {two.dyad.pk}", person=person, ref=introduction.pk)
        for introduction, two in zip(introductions, twos, strict=True)
        for person in two.people
    )
    return introductions


def written(moments: Iterable[datetime]) -> list[str]:
    """Moments as an introduction keeps them, soonest first."""
    return [one.isoformat() for one in sorted(moments)]


def offered(introduction: Introduction, now: datetime) -> list[datetime]:
    """The times of an introduction that are still to come."""
    return [one for one in map(datetime.fromisoformat, introduction.times) if one > now]


def fresh_times(people: Sequence[Person], *, minutes: int, now: datetime) -> list[datetime]:
    """Up to three times in the next two weeks that suit all of them, and at which none of them
    meets somebody else."""
    return _times(people, minutes, now, _busy(people, now))


def _times(
    people: Sequence[Person], minutes: int, now: datetime, busy: Mapping[int, set[Busy]]
) -> list[datetime]:
    taken = {one for person in people for one in busy[person.pk]}
    return times([member_of(one) for one in people], after=now, minutes=minutes, busy=taken)


def _busy(people: Sequence[Person], now: datetime) -> dict[int, set[Busy]]:
    """When each of these people meets somebody, as far as they meet here."""
    sessions = PracticeSession.objects.to_come(now).filter(
        circle__memberships__person__in=people, circle__memberships__left_at__isnull=True
    )
    busy: dict[int, set[Busy]] = defaultdict(set)
    met = sessions.values_list("circle__memberships__person", "starts_at", "ends_at")
    for person, begin, end in met:
        busy[person].add((begin, end))
    return busy


def _first_practices(round: PairingRound, twos: Sequence[Two]) -> dict[int, Practice | None]:
    """For each dyad, of those that fit the minutes, the one these two began with least, so that
    it rotates."""
    usable = Practice.objects.usable_by(round.congregation).filter(slug__in=FIRST)
    fitting = sorted(usable.fitting(minutes=round.minutes), key=lambda one: FIRST.index(one.slug))
    everybody = [person for two in twos for person in two.people]
    had = Introduction.objects.filter(practice__in=fitting, dyad__memberships__person__in=everybody)
    begun = Counter(had.values_list("dyad__memberships__person", "practice"))
    return {
        two.dyad.pk: min(
            fitting,
            key=lambda one: sum(begun[person.pk, one.pk] for person in two.people),
            default=None,
        )
        for two in twos
    }

"""Letting a rhythm rest for some days, and taking that back."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Person
from practice import errors
from practice.models import Pause, Rhythm
from practice.services.layout import settle
from practice.services.news import tell
from practice.services.permission import planning
from practice.services.rhythms import FURTHEST

# Whoever rests longer than that has stopped.
LONGEST = timedelta(days=366)


@transaction.atomic
def pause(*, rhythm: Rhythm, by: Person, first_day: date, last_day: date) -> Pause:
    """Let the meetings rest that fall on these days, first and last included.

    A rhythm with a number keeps it: as many are added at its end. What has begun and what was
    moved by hand stays. The others hear by mail. Raises NotAllowed, CircleClosed, NoRhythm,
    PauseIsOver, TooFarAway, PauseTooLong, NothingRests, AlreadyMeeting.
    """
    circle = planning(rhythm.circle_id, by)
    rhythm = Rhythm.objects.get(pk=rhythm.pk)
    if rhythm.every == Rhythm.Every.ONCE or rhythm.stopped_at is not None:
        raise errors.NoRhythm
    today = timezone.now().astimezone(rhythm.zone).date()
    if last_day < max(today, first_day):
        raise errors.PauseIsOver
    if first_day > today + FURTHEST:
        raise errors.TooFarAway
    if last_day - first_day > LONGEST:
        raise errors.PauseTooLong
    if rhythm.pauses.filter(first_day__lte=first_day, last_day__gte=last_day).exists():
        raise errors.NothingRests
    made = Pause.objects.create(rhythm=rhythm, first_day=first_day, last_day=last_day, made_by=by)
    changes = settle(rhythm)
    if not changes and not _rests_later(rhythm, made):
        raise errors.NothingRests
    if changes:
        tell(circle, changes, by=by)
    return made


def _rests_later(rhythm: Rhythm, made: Pause) -> bool:
    """Whether a meeting falls on these days of which there is no row yet."""
    if not rhythm.is_open_ended:
        return False
    last = rhythm.sessions.order_by("-number").first()
    number = last.number + 1 if last else rhythm.first
    while (day := rhythm.pattern.day(number)) < made.first_day:
        number += 1
    return day in made.days


@transaction.atomic
def end_pause(*, pause: Pause, by: Person) -> int:
    """Take a pause back: what rested takes place as it was, and what was added for it does not.

    What has passed has passed. Returns how many meetings changed; none when somebody was
    quicker. Raises NotAllowed, CircleClosed, AlreadyMeeting.
    """
    rhythm = pause.rhythm
    circle = planning(rhythm.circle_id, by)
    Pause.objects.filter(pk=pause.pk).delete()
    rhythm.refresh_from_db()
    changes = settle(rhythm)
    if changes:
        tell(circle, changes, by=by)
    return len(changes)

"""What follows from a look back: meetings set again, a pause, a good end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.jobs import each
from circles.models import Circle, Membership
from circles.scales import Scale
from circles.services import close, locked, present
from dyads import errors
from dyads.models import Consent, Dyad, LookBack, LookBackAnswer, Mirror
from dyads.rules.ending import CLOSES_AFTER, GOODBYES, LONGEST_PAUSE, USUAL_PAUSE, Choice
from dyads.services.shared import sitting
from library.models import Practice
from notifications.services import owe
from people.models import Person
from people.time_zones import zone_info
from practice import services as practice
from practice.models import PracticeSession, Rhythm
from practice.rules.recurrence import Pattern

# Nobody is asked to be there tomorrow morning.
SOONEST = timedelta(days=2)


def settle(look_back: LookBack, now: datetime) -> None:
    """What was to follow from it is done."""
    look_back.settled_at = now
    look_back.save(update_fields=["settled_at"])


# --- going on -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AsBefore:
    """Meetings as they were: the same weekday, hour and length, from the next such day on."""

    every: str
    interval: int
    starts_on: date
    at: time
    time_zone: str
    minutes: int
    meetings: int
    practice: Practice | None
    place: str
    link: str
    first: datetime


def as_before(dyad: Dyad, now: datetime) -> AsBefore | None:
    """The meetings that would continue those they had; None before they had one."""
    had = PracticeSession.objects.filter(circle=dyad, cancelled_at__isnull=True)
    # A rhythm says more than a single evening after it.
    again = had.filter(rhythm__every__in=[Rhythm.Every.WEEK, Rhythm.Every.MONTH])
    latest = [
        one.select_related("rhythm", "practice").order_by("-starts_at") for one in (again, had)
    ]
    last = latest[0].first() or latest[1].first()
    if last is None:
        return None
    rhythm = last.rhythm
    if rhythm is None or rhythm.every == Rhythm.Every.ONCE:
        zone = zone_info(last.time_zone)
        local = last.starts_at.astimezone(zone)
        pattern = Pattern("week", local.date(), local.time(), zone, dyad.weeks)
        number = 1
    else:
        pattern, number = rhythm.pattern, last.number
    while pattern.moment(number) < now + SOONEST:
        number += 1
    return AsBefore(
        every=pattern.every,
        interval=pattern.interval,
        starts_on=pattern.day(number),
        at=pattern.at,
        time_zone=last.time_zone if rhythm is None else rhythm.time_zone,
        minutes=last.minutes if rhythm is None else rhythm.minutes,
        meetings=dyad.meetings,
        practice=rhythm.practice if rhythm and rhythm.every == pattern.every else None,
        place=last.place,
        link=last.link,
        first=pattern.moment(number),
    )


@transaction.atomic
def go_on(*, look_back: LookBack, by: Person) -> Rhythm:
    """Set the meetings again as they were.

    Raises NotAllowed, CircleClosed, SettledAlready, NothingToRepeat, and what setting a rhythm
    does.
    """
    found = _opened(look_back, by, Choice.CONTINUE)
    dyad = found.dyad
    wished = as_before(dyad, timezone.now())
    if wished is None:
        raise errors.NothingToRepeat
    rule = {name: getattr(wished, name) for name in AsBefore.__slots__ if name != "first"}
    return practice.set_rhythm(circle=dyad, by=by, **rule)


def meetings_are_set(circle: Circle) -> None:
    """Somebody has set meetings: the two go on. A question that waits is neither let go of nor
    settled: by that whoever sets them would learn whether the other has answered."""
    if circle.scale != Scale.DYAD:
        return
    now = timezone.now()
    decided = LookBack.objects.alive().filter(outcome__in=[Choice.CONTINUE, Choice.PAUSE])
    decided.filter(dyad=circle.pk).update(settled_at=now)
    Dyad.objects.filter(pk=circle.pk).update(resting_since=None)


# --- a pause --------------------------------------------------------------------------------


def begin_rest(look_back: LookBack, by: Person, now: datetime) -> None:
    """The dyad rests, and meetings to come are called off. The circle is locked."""
    look_back.pauses_until = (now + USUAL_PAUSE).date()
    look_back.save(update_fields=["pauses_until"])
    Dyad.objects.filter(pk=look_back.dyad_id).update(resting_since=now)
    coming = PracticeSession.objects.filter(
        circle=look_back.dyad_id, starts_at__gt=now, cancelled_at__isnull=True
    )
    first: dict[int | None, PracticeSession] = {}
    for session in coming.select_related("circle", "rhythm").order_by("starts_at"):
        first.setdefault(session.rhythm_id or -session.pk, session)
    for session in first.values():
        practice.cancel(session=session, by=by, following=True)


@transaction.atomic
def rest_until(*, look_back: LookBack, by: Person, until: date) -> None:
    """Choose another day on which both are asked. Raises NotAllowed, CircleClosed,
    SettledAlready, NoSuchDay."""
    found = _opened(look_back, by, Choice.PAUSE)
    today = timezone.now().astimezone(by.zone).date()
    if not today < until <= today + LONGEST_PAUSE:
        raise errors.NoSuchDay
    found.pauses_until = until
    found.save(update_fields=["pauses_until"])


@transaction.atomic
def wake(*, look_back: LookBack, by: Person) -> None:
    """The pause is over; the other hears so. Raises NotAllowed, CircleClosed, SettledAlready."""
    found = _opened(look_back, by, Choice.PAUSE)
    settle(found, timezone.now())
    Dyad.objects.filter(pk=found.dyad_id).update(resting_since=None)
    for other in _others(found.dyad, by):
        owe(kind="dyads.woke", key=f"look back {found.pk}", person=other, ref=found.pk)


# --- a good end -----------------------------------------------------------------------------


@transaction.atomic
def close_together(*, look_back: LookBack, by: Person) -> None:
    """The closing words were read: the dyad ends, and its last page stays.

    Raises NotAllowed, CircleClosed, SettledAlready.
    """
    found = _opened(look_back, by, Choice.CLOSE)
    _end(found, by, _others(found.dyad, by))


def close_where_due(now: datetime) -> int:
    """End the dyads whose closing words have lain open for two weeks; returns how many."""
    waiting = LookBack.objects.opened().filter(outcome=Choice.CLOSE)
    due = waiting.filter(opened_at__lte=now - CLOSES_AFTER).select_related("dyad")
    return sum(each(_close_now, look_back, now) for look_back in due)


@transaction.atomic
def _close_now(look_back: LookBack, now: datetime) -> bool:
    people = _others(look_back.dyad, None)
    found = _opened(look_back, people[0], Choice.CLOSE)
    _end(found, people[0], people)
    return True


def _end(look_back: LookBack, by: Person, told: list[Person]) -> None:
    close(circle=look_back.dyad, by=by)
    let_go_of(look_back.dyad, timezone.now())
    for person in told:
        owe(kind="dyads.ended", key=f"dyad {look_back.dyad_id}", person=person, ref=look_back.pk)


def let_go_of(dyad: Circle, now: datetime) -> None:
    """At an end: what waited is let go, and the two may begin anew one day."""
    LookBack.objects.filter(dyad=dyad.pk, settled_at=None).update(settled_at=now)
    mirrors = Mirror.objects.filter(dyad=dyad.pk, opened_at=None, put_away_at=None)
    mirrors.update(put_away_at=now)
    Consent.objects.filter(dyad=dyad.pk).delete()
    Dyad.objects.filter(pk=dyad.pk).update(pair="", resting_since=None)


def forget_who_leaves(seat: Membership) -> None:
    """Somebody ends a dyad by leaving: what they had said in a closed look back goes with them.

    Whoever leaves the congregation no longer wishes to be known in it.
    """
    if seat.scale == Scale.DYAD:
        closed = LookBackAnswer.objects.filter(look_back__dyad=seat.circle_id)
        closed.filter(person=seat.person_id, look_back__opened_at=None).delete()
        let_go_of(seat.circle, timezone.now())
    elif seat.scale == Scale.CONGREGATION:
        Consent.objects.filter(person=seat.person_id, dyad__parent=seat.circle_id).delete()


@transaction.atomic
def say_thanks(*, look_back: LookBack, by: Person, received: str, word: str) -> None:
    """Change what one leaves on the last page, until two weeks after the end.

    Raises NotAllowed without a seat, LastPageClosed.
    """
    dyad = Circle.objects.select_for_update().get(pk=look_back.dyad_id)
    if not present(dyad, by):
        raise NotAllowed
    found = LookBack.objects.get(pk=look_back.pk)
    if not page_is_open(found, dyad, timezone.now()):
        raise errors.LastPageClosed
    said = {"received": received, "word": word}
    LookBackAnswer.objects.filter(look_back=found, person=by).update(**said)


def page_is_open(look_back: LookBack, dyad: Circle, now: datetime) -> bool:
    """Whether words may still be written on the last page."""
    if look_back.outcome != Choice.CLOSE:
        return False
    return dyad.closed_at is None or now < dyad.closed_at + GOODBYES


# --- what these share -----------------------------------------------------------------------


def _opened(look_back: LookBack, by: Person, outcome: Choice) -> LookBack:
    """The look back, its circle locked, if this is what waits to be done and `by` sits there."""
    circle = locked(look_back.dyad)
    if not present(circle, by):
        raise NotAllowed
    found = LookBack.objects.select_related("dyad").get(pk=look_back.pk)
    if found.settled_at is not None or found.outcome != outcome:
        raise errors.SettledAlready
    return found


def _others(dyad: Circle, by: Person | None) -> list[Person]:
    return [person for person in sitting(dyad) if person != by]

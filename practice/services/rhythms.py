"""Setting a circle's rhythm."""

from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from circles.errors import CircleClosed
from circles.models import Circle
from circles.scales import Scale, may_practise
from library.models import Practice
from notifications.services import owe
from people.models import Person
from practice import errors
from practice.hosting import turn
from practice.models import Answer, PracticeSession, Rhythm
from practice.services.permission import people_of, require_plan


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
    meetings: int,
    practice: Practice | None = None,
    place: str = "",
    link: str = "",
) -> Rhythm:
    """Schedule a circle's coming meetings; the others are told once, by mail.

    Hosting goes round the table. Whoever sets the rhythm is taken to come. Raises NotAllowed,
    CircleClosed, TooFewPeople, InThePast, AlreadyMeeting.
    """
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    require_plan(circle, by)
    people = people_of(circle)
    if not circle.is_open:
        raise CircleClosed
    if not may_practise(circle.scale, len(people)):
        raise errors.TooFewPeople
    rhythm = Rhythm(
        circle=circle,
        every=every,
        starts_on=starts_on,
        at=at,
        time_zone=time_zone,
        minutes=minutes,
        meetings=1 if every == Rhythm.Every.ONCE else meetings,
        made_by=by,
    )
    moments = rhythm.pattern.moments(rhythm.meetings)
    if moments[0] <= timezone.now():
        raise errors.InThePast
    taken = PracticeSession.objects.happening().filter(circle=circle, starts_at__in=moments)
    if taken.exists():
        raise errors.AlreadyMeeting
    rhythm.save()
    last = circle.sessions.exclude(host=None).order_by("-starts_at").first()
    sessions = [
        PracticeSession(
            circle=circle,
            rhythm=rhythm,
            number=number,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            time_zone=time_zone,
            practice=practice,
            host=_host(circle, people, number, last),
            place=place,
            link=link,
            made_by=by,
        )
        for number, starts_at in enumerate(moments, start=1)
    ]
    PracticeSession.objects.bulk_create(sessions)
    Answer.objects.bulk_create(
        Answer(session=session, person=by, choice=Answer.Choice.YES) for session in sessions
    )
    for person in people:
        if person != by:
            owe(kind="practice.scheduled", key=f"rhythm {rhythm.pk}", person=person, ref=rhythm.pk)
    return rhythm


def _host(
    circle: Circle, people: list[Person], number: int, last: PracticeSession | None
) -> Person | None:
    """Small tables pass hosting round; a gathering of many is hosted by who says so."""
    if circle.scale not in {Scale.CREW, Scale.DYAD}:
        return None
    return turn(people, number=number, after=last.host if last else None)

"""The first meeting of two who were paired: taking a time, setting another, having met."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from circles import services as seats
from circles.errors import NotAllowed
from circles.jobs import each
from circles.models import Circle
from circles.scales import Scale
from dyads import errors
from dyads.models import DidMeet, Dyad, Introduction
from dyads.rules.meeting import ASKED_AFTER, NUDGED_AFTER
from dyads.services.introducing import fresh_times, written
from dyads.services.outcomes import let_go_of
from dyads.services.places import heard
from dyads.services.shared import sitting
from notifications.models import Notice
from notifications.services import owe
from people.models import Person
from practice import services as practice
from practice.hours import whose_clock_keeps
from practice.models import Attendance, PracticeSession, Rhythm

NUDGE, LET_BE = "dyads.nudge", "dyads.let_be"


@transaction.atomic
def take_time(*, introduction: Introduction, by: Person, at: datetime) -> PracticeSession:
    """Take a time that was offered: the two's meetings are set by their plan; returns the first.

    The other one hears by mail. Whoever calls this knows that `at` (UTC) was offered to `by`.
    Taking the time that is set already is no mistake. Raises NoLongerTwo, TimeHasPassed, and
    TimeIsSet when they meet at another time.
    """
    dyad = _locked(introduction, by)
    now = timezone.now()
    if coming := PracticeSession.objects.filter(circle=dyad).to_come(now).first():
        if coming.starts_at == at:
            return coming
        raise errors.TimeIsSet
    if at <= now:
        raise errors.TimeHasPassed
    keeper = whose_clock_keeps(at, [by, *sitting(dyad)])
    wall = at.astimezone(keeper.zone)
    rhythm = practice.set_rhythm(
        circle=dyad,
        by=by,
        every=Rhythm.Every.ONCE if dyad.meetings == 1 else Rhythm.Every.WEEK,
        interval=1 if dyad.meetings == 1 else dyad.weeks,
        starts_on=wall.date(),
        at=wall.time(),
        time_zone=keeper.time_zone,
        minutes=dyad.minutes,
        meetings=dyad.meetings,
    )
    first = rhythm.sessions.order_by("starts_at")[0]
    return practice.change_details(
        session=first,
        by=by,
        practice=introduction.practice,
        host=first.host,
        place=first.place,
        link=first.link,
    )


def _locked(introduction: Introduction, by: Person) -> Dyad:
    """Their dyad, locked, if the two still are one. Raises NoLongerTwo, NotAllowed."""
    dyad = Dyad.objects.select_for_update().get(pk=introduction.dyad_id)
    people = sitting(dyad)
    if not dyad.is_open or len(people) < 2:
        raise errors.NoLongerTwo
    if by not in people:
        raise NotAllowed
    introduction.refresh_from_db()
    return dyad


def note_meeting(circle: Circle) -> None:
    """When meetings are set, whatever the way: an introduction has its first one.

    After a “we did not meet” it is the new one, and both are asked anew afterwards.
    """
    if circle.scale != Scale.DYAD:
        return
    introduction = Introduction.objects.filter(dyad=circle.pk).first()
    if introduction is None:
        return
    missed = words_since(introduction).filter(met=False).exists()
    if introduction.session_id and not missed:
        return
    now = timezone.now()
    first = PracticeSession.objects.filter(circle=circle).to_come(now).first()
    if first is None:
        return
    introduction.session, introduction.taken_by, introduction.taken_at = first, first.made_by, now
    introduction.save(update_fields=["session", "taken_by", "taken_at"])
    if first.made_by is not None:
        heard(person=first.made_by, round=introduction.round)


@transaction.atomic
def say_met(*, introduction: Introduction, by: Person, met: bool) -> DidMeet:
    """Say whether the two met; a second word takes the place of the first. Nobody is told.

    A yes or no is also noted as attendance of a first meeting that is over. Raises NoLongerTwo,
    and NothingToSay while the first meeting is still to come.
    """
    dyad = _locked(introduction, by)
    now = timezone.now()
    session = first_over(introduction, now)
    if session is None and _comes(dyad, now):
        raise errors.NothingToSay
    said, _made = DidMeet.objects.update_or_create(
        introduction=introduction, person=by, defaults={"met": met, "said_at": now}
    )
    if session is not None:
        practice.note_attendance(
            session=session, by=by, there={by.pk} if met else set(), asked={by.pk}
        )
    heard(person=by, round=introduction.round)
    return said


def words_since(introduction: Introduction) -> QuerySet[DidMeet]:
    """What the two have said on the meeting that is in question now, or on there being none."""
    return introduction.said.filter(said_at__gt=since(introduction))


def since(introduction: Introduction) -> datetime:
    """From when on meetings and words count: since a time was taken, else from the beginning."""
    return introduction.taken_at or introduction.made_at


def first_over(introduction: Introduction, now: datetime) -> PracticeSession | None:
    """The first meeting since a time was taken, if it is over."""
    later = PracticeSession.objects.filter(
        circle=introduction.dyad_id, starts_at__gt=since(introduction)
    )
    return later.past(now).order_by("ends_at").first()


def _comes(dyad: Circle, now: datetime) -> bool:
    return PracticeSession.objects.filter(circle=dyad).to_come(now).exists()


@transaction.atomic
def ask_for_times(*, introduction: Introduction, by: Person) -> Introduction:
    """Look for new times from the hours that suit the two now. Raises NoLongerTwo, TimeIsSet."""
    dyad = _locked(introduction, by)
    now = timezone.now()
    if _comes(dyad, now):
        raise errors.TimeIsSet
    introduction.times = written(fresh_times(sitting(dyad), minutes=dyad.minutes, now=now))
    introduction.save(update_fields=["times"])
    heard(person=by, round=introduction.round)
    return introduction


@transaction.atomic
def let_be(*, introduction: Introduction, by: Person) -> None:
    """Let the pairing be: their dyad ends. Both hear the same words, and neither reads whose
    wish it was. Raises NoLongerTwo.
    """
    dyad = _locked(introduction, by)
    people = sitting(dyad)
    seats.close(circle=dyad, by=by)
    let_go_of(dyad, timezone.now())
    heard(person=by, round=introduction.round)
    for person in people:
        owe(kind=LET_BE, key=f"dyad {dyad.pk}", person=person, ref=introduction.pk)


def nudge_where_due(now: datetime) -> int:
    """Both hear once more, with new times, when a week has passed and none is set; returns how
    many pairs did."""
    told = Notice.objects.filter(kind=NUDGE, ref=OuterRef("pk"))
    planned = PracticeSession.objects.filter(circle=OuterRef("dyad"), cancelled_at=None)
    due = Introduction.objects.filter(
        ~Exists(told),
        ~Exists(planned),
        dyad__closed_at__isnull=True,
        made_at__lte=now - NUDGED_AFTER,
        made_at__gt=now - ASKED_AFTER + timedelta(days=1),
    )
    return sum(each(_nudge, one, now) for one in due.order_by("pk"))


@transaction.atomic
def _nudge(introduction: Introduction, now: datetime) -> bool:
    dyad = Dyad.objects.select_for_update().get(pk=introduction.dyad_id)
    people = sitting(dyad)
    planned = PracticeSession.objects.filter(circle=dyad, cancelled_at=None).exists()
    if planned or not dyad.is_open or len(people) < 2:
        return False
    introduction.times = written(fresh_times(people, minutes=dyad.minutes, now=now))
    introduction.save(update_fields=["times"])
    for person in people:
        owe(kind=NUDGE, key=f"dyad {dyad.pk}", person=person, ref=introduction.pk)
    return True


def is_noted(session: PracticeSession, person: Person) -> bool:
    """Whether somebody has noted already whether this person was there."""
    return Attendance.objects.filter(session=session, person=person).exists()

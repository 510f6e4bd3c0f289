"""Moving, calling off and changing meetings: one, or one and all that follow."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Person
from practice import errors
from practice.models import PracticeSession, Rhythm
from practice.services.layout import already_meeting, as_known, settle
from practice.services.news import tell
from practice.services.permission import changing
from practice.services.rhythms import require_sensible


@transaction.atomic
def move(
    *,
    session: PracticeSession,
    by: Person,
    starts_at: datetime,
    minutes: int,
    seen: int | None = None,
) -> PracticeSession:
    """Move one meeting; answers stay, since most people can still come and each may change.

    It keeps that moment whatever becomes of its rhythm, unless it is where the rhythm has it.
    Those concerned get one mail after a short wait. `seen` is the `sequence` the mover looked
    at. Raises NotAllowed, CircleClosed, SessionOver, SessionCancelled, ChangedMeanwhile,
    InThePast, AlreadyMeeting.
    """
    session = changing(session, by, seen)
    now = timezone.now()
    if starts_at <= now:
        raise errors.InThePast
    ends_at = starts_at + timedelta(minutes=minutes)
    if (session.starts_at, session.ends_at) == (starts_at, ends_at):
        return session
    require_free([starts_at], session)
    change = as_known(session)
    session.starts_at, session.ends_at = starts_at, ends_at
    session.moved_by_hand = not fits_its_rhythm(session)
    session.moved_at = now
    session.revise()
    session.save()
    tell(session.circle, [change], by=by)
    return session


@transaction.atomic
def move_following(
    *,
    session: PracticeSession,
    by: Person,
    day: date,
    at: time,
    time_zone: str,
    minutes: int,
    seen: int | None = None,
) -> int:
    """Let the rhythm go on from this meeting on another day, at another time or length.

    All that follow come along, but those moved by hand; answers stay. Returns how many meetings
    changed. Raises as `move` does, and NoRhythm, HasBegun, NoSuchRhythm, TooFarAway.
    """
    session = changing(session, by, seen)
    rhythm = session.rhythm
    if rhythm is None or rhythm.every == Rhythm.Every.ONCE:
        raise errors.NoRhythm
    if session.has_begun:
        raise errors.HasBegun
    rhythm.first, rhythm.starts_on, rhythm.at = session.number, day, at
    rhythm.time_zone, rhythm.minutes = time_zone, minutes
    require_sensible(rhythm, timezone.now())
    rhythm.save()
    # Whoever moves it along with the others takes back that it was moved alone.
    PracticeSession.objects.filter(pk=session.pk).update(moved_by_hand=False)
    changes = settle(rhythm, minutes=minutes)
    if changes:
        tell(session.circle, changes, by=by)
    return len(changes)


@transaction.atomic
def cancel(
    *, session: PracticeSession, by: Person, following: bool = False, seen: int | None = None
) -> int:
    """Call off one meeting, or it and all that follow; returns how many that were to come.

    A rhythm called off from one meeting on gets no new ones. Raises NotAllowed, CircleClosed,
    SessionOver, SessionCancelled, ChangedMeanwhile.
    """
    session = changing(session, by, seen)
    now = timezone.now()
    chosen = PracticeSession.objects.filter(pk=session.pk)
    if following:
        chosen = PracticeSession.objects.following(session)
    to_cancel = list(chosen.to_come(now))
    if not to_cancel:
        raise errors.SessionOver
    changes = [as_known(one) for one in to_cancel]
    # Those that rest are called off with the others: they do not come back with the pause's end.
    resting = list(chosen.filter(ends_at__gt=now).exclude(skipped="")) if following else []
    for one in [*to_cancel, *resting]:
        one.cancelled_at = now
        one.skipped = ""
        one.revise()
    PracticeSession.objects.bulk_update(
        [*to_cancel, *resting], ["cancelled_at", "skipped", "sequence", "changed_at"]
    )
    if following and session.rhythm is not None:
        Rhythm.objects.filter(pk=session.rhythm.pk).update(stopped_at=now)
    tell(session.circle, changes, by=by)
    return len(to_cancel)


@transaction.atomic
def take_back(
    *, session: PracticeSession, by: Person, together: bool = False, seen: int | None = None
) -> int:
    """Let a meeting take place after all, or all those that were called off with it; returns how
    many do.

    Only while its time is to come and nothing else took it. Answers are as they were. Raises
    NotAllowed, CircleClosed, NotCalledOff, Rests, SessionOver, ChangedMeanwhile, AlreadyMeeting.
    """
    session = changing(session, by, seen, called_off=True)
    if session.has_begun:
        raise errors.SessionOver
    now, rhythm = timezone.now(), session.rhythm
    chosen = [session]
    if together:
        chosen = list(PracticeSession.objects.called_off_with(session).filter(starts_at__gt=now))
    require_free([one.starts_at for one in chosen], session)
    changes = [as_known(one) for one in chosen]
    for one in chosen:
        one.cancelled_at, one.moved_at = None, now
        # Where its rhythm has moved away from it, it is where people want it all the same.
        if rhythm is not None and one.number >= rhythm.first:
            one.moved_by_hand = not fits_its_rhythm(one)
        one.revise()
    PracticeSession.objects.bulk_update(
        chosen, ["cancelled_at", "moved_at", "moved_by_hand", "sequence", "changed_at"]
    )
    if rhythm is not None and rhythm.every != Rhythm.Every.ONCE:
        if together and rhythm.stopped_at == session.cancelled_at:
            rhythm.stopped_at = None
            rhythm.save()
        # Some of them may rest in a pause, or be one too many by now.
        known = {change.session.pk for change in changes}
        changes += [one for one in settle(rhythm) if one.session.pk not in known]
    tell(session.circle, changes, by=by)
    return PracticeSession.objects.happening().filter(pk__in=[one.pk for one in chosen]).count()


def fits_its_rhythm(session: PracticeSession) -> bool:
    """Whether a meeting begins when its rhythm says."""
    rhythm = session.rhythm
    if rhythm is None or session.number < rhythm.first:
        return False
    return session.starts_at == rhythm.pattern.moment(session.number)


def require_free(moments: list[datetime], session: PracticeSession) -> None:
    """Raise AlreadyMeeting unless the circle has nothing else at these moments."""
    others = PracticeSession.objects.happening().filter(circle=session.circle_id)
    other = others.filter(starts_at__in=moments).exclude(pk=session.pk).first()
    if other is not None:
        raise already_meeting(other.starts_at)

"""Bringing a rhythm's meetings into the order that its rule says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from circles.scales import Scale
from people.models import Person
from practice import errors
from practice.models import Answer, Change, PracticeSession, Rhythm
from practice.rules.hosting import turn
from practice.rules.layout import Skipped, Slot, There, lay_out
from practice.services.hosting import share_hosting
from practice.services.permission import people_of


def settle(rhythm: Rhythm, *, minutes: int | None = None) -> list[Change]:
    """Make, move, rest and give back meetings as the rhythm's rule says; returns what to tell.

    What has begun, was moved by hand or called off by a person is left alone, and so are all
    answers. `minutes` is a new length for those that follow the pattern. A rhythm called off as
    a whole gets no new meetings. A moment at which the circle meets anyway raises
    AlreadyMeeting; what an open one is carried on by leaves it out instead. Expects the circle
    to be locked.
    """
    now = timezone.now()
    there = {session.number: session for session in rhythm.sessions.all()}
    wished = lay_out(
        rhythm.pattern,
        meetings=rhythm.meetings,
        now=now,
        there=[_there(session, rhythm, now) for session in there.values()],
        pauses=[pause.days for pause in rhythm.pauses.all()],
    )
    if rhythm.stopped_at is not None:
        wished = (slot for slot in wished if slot.number in there)
    slots = _apart(list(wished), rhythm, there)
    changed = []
    for slot in slots:
        if session := there.get(slot.number):
            follows = slot.number >= rhythm.first
            if was := _put(session, slot, minutes if follows else None, now):
                session.time_zone = rhythm.time_zone if follows else session.time_zone
                changed.append(was)
    _save([was.session for was in changed], now)
    made = _make(rhythm, [slot for slot in slots if slot.number not in there], now)
    share_hosting(rhythm.circle)
    # That a rhythm without an end goes on is no news.
    return changed if rhythm.is_open_ended else [*changed, *(as_new(one) for one in made)]


def _there(session: PracticeSession, rhythm: Rhythm, now: datetime) -> There:
    called_off = session.is_cancelled and not session.skipped
    has_begun = session.starts_at <= now
    return There(
        number=session.number,
        starts_at=session.starts_at,
        is_kept=has_begun or session.moved_by_hand or called_off,
        # A number agreed on counts what was and what somebody called off; a rhythm without an
        # end looks only ahead.
        counts=not session.skipped and not (rhythm.is_open_ended and (has_begun or called_off)),
    )


def _apart(slots: list[Slot], rhythm: Rhythm, there: dict[int, PracticeSession]) -> list[Slot]:
    """The slots, none at a moment at which the circle meets anyway."""
    laid = [there[slot.number].pk for slot in slots if slot.number in there]
    wished = [slot.starts_at for slot in slots if not slot.skipped]
    others = PracticeSession.objects.happening().filter(circle=rhythm.circle_id)
    others = others.filter(starts_at__in=wished).exclude(pk__in=laid)
    taken = set(others.values_list("starts_at", flat=True))
    apart = []
    for slot in slots:
        if slot.skipped or slot.starts_at not in taken:
            apart.append(slot)
        elif rhythm.is_open_ended and there and _is_spare(there.get(slot.number)):
            apart.append(replace(slot, skipped=Skipped.SPARE))
        else:
            raise already_meeting(slot.starts_at)
        if not slot.skipped:
            taken.add(slot.starts_at)
    return apart


def _is_spare(session: PracticeSession | None) -> bool:
    return session is None or session.skipped == Skipped.SPARE


def already_meeting(starts_at: datetime) -> errors.AlreadyMeeting:
    """With the moment in words, in the zone of who reads it."""
    local = timezone.localtime(starts_at)
    said = _("You already meet at that very time, {day} at {time}. Look at the list of meetings.")
    return errors.AlreadyMeeting(
        said.format(day=formatted(local, "l j F"), time=formatted(local, "H:i"))
    )


def _put(session: PracticeSession, slot: Slot, minutes: int | None, now: datetime) -> Change | None:
    """Put a meeting into its slot; how it was before, or None when it is there already."""
    was = as_known(session)
    before = (session.starts_at, session.ends_at, session.skipped)
    length = timedelta(minutes=minutes) if minutes else session.ends_at - session.starts_at
    session.starts_at, session.ends_at = slot.starts_at, slot.starts_at + length
    session.skipped = slot.skipped
    if (session.starts_at, session.ends_at, session.skipped) == before:
        return None
    session.moved_at = now
    session.cancelled_at = (session.cancelled_at or now) if slot.skipped else None
    session.revise()
    return was


def as_known(session: PracticeSession) -> Change:
    """The meeting as people know it at this moment, to be told when it has changed."""
    if session.is_cancelled:
        return as_new(session)
    return Change(session=session, starts_at=session.starts_at, ends_at=session.ends_at)


def as_new(session: PracticeSession) -> Change:
    """A meeting that nobody knows of yet."""
    return Change(session=session)


def _save(sessions: Sequence[PracticeSession], now: datetime) -> None:
    # The database looks at one row after the other: while they trade places, none takes place.
    moving = PracticeSession.objects.filter(pk__in=[session.pk for session in sessions])
    moving.update(cancelled_at=now)
    fields = ["starts_at", "ends_at", "time_zone", "skipped", "moved_at", "cancelled_at"]
    PracticeSession.objects.bulk_update(sessions, [*fields, "sequence", "changed_at"])


def _make(rhythm: Rhythm, slots: list[Slot], now: datetime) -> list[PracticeSession]:
    """New meetings, with the answers that were given for all that follow."""
    people = people_of(rhythm.circle)
    hosts = _hosts(rhythm, people)
    length = timedelta(minutes=rhythm.minutes)
    made = PracticeSession.objects.bulk_create(
        PracticeSession(
            circle_id=rhythm.circle_id,
            rhythm=rhythm,
            number=slot.number,
            starts_at=slot.starts_at,
            ends_at=slot.starts_at + length,
            time_zone=rhythm.time_zone,
            practice_id=rhythm.practice_id,
            host=None if slot.skipped else next(hosts),
            place=rhythm.place,
            link=rhythm.link,
            skipped=slot.skipped,
            cancelled_at=now if slot.skipped else None,
            made_by=rhythm.made_by,
        )
        for slot in slots
    )
    _answer_as_before(rhythm, made, people)
    return made


def _hosts(rhythm: Rhythm, people: list[Person]) -> Iterator[Person | None]:
    """Who hosts the meetings to be made: of two, in turn, on from the last host. A crew shares
    it out over all its meetings; a gathering of many is hosted by who says so."""
    hosted = PracticeSession.objects.exclude(host=None).select_related("host")
    last = (
        hosted.filter(rhythm=rhythm).order_by("-number").first()
        or hosted.filter(circle=rhythm.circle_id).order_by("-starts_at").first()
    )
    goes_round = people and rhythm.circle.scale == Scale.DYAD
    for number in count(1):
        after = last.host if last else None
        yield turn(people, number=number, after=after) if goes_round else None


def _answer_as_before(rhythm: Rhythm, made: list[PracticeSession], people: list[Person]) -> None:
    said = Answer.objects.filter(session__rhythm=rhythm, following=True, person__in=people)
    last = {one.person_id: one.choice for one in said.order_by("session__number")}
    Answer.objects.bulk_create(
        Answer(session=session, person_id=person, choice=choice, following=True)
        for session in made
        for person, choice in last.items()
    )

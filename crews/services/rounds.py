"""Opening a round, and changing when its hands come down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle, Membership
from circles.services import is_steward, present
from circles.services.seats import locked
from congregation.rules.rounds import (
    LEAST_OPEN,
    MOST_OPEN,
    SECOND_THOUGHTS,
    TOLD_AFTER,
    goes_on_until,
)
from crews import errors
from crews.models import FormingRound
from crews.rules.rounds import (
    FRESH,
    HEAD_START,
    WORTH_TELLING,
    opens_until,
)
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person
from practice.models import Answer, Attendance, PracticeSession

State = FormingRound.State
# What a steward may still change, and until when.
FIELDS = ("title", "words", "closes_at", "weeks", "minutes", "meetings", "days_to_answer")


def locked_round(forming: FormingRound) -> FormingRound:
    """The round as it is now, behind its congregation's lock. Raises CircleClosed."""
    locked(forming.congregation)
    return FormingRound.objects.select_related("congregation").get(pk=forming.pk)


def _for_stewards(forming: FormingRound, by: Person) -> FormingRound:
    forming = locked_round(forming)
    if not is_steward(forming.congregation, by):
        raise NotAllowed
    return forming


@transaction.atomic
def open_round(
    *,
    congregation: Circle,
    by: Person,
    title: str,
    closes_at: datetime,
    gathering: PracticeSession | None = None,
    **fields: Any,
) -> FormingRound:
    """Open a round: a steward's at once, and everybody hears; anybody else's when a steward
    consents, and the stewards hear. `fields` are words, weeks, minutes, meetings, days_to_answer.

    Raises NotAllowed, CircleClosed, RoundGoingOn, NotToOpen, NotFresh.
    """
    congregation = locked(congregation)
    if not present(congregation, by):
        raise NotAllowed
    now = timezone.now()
    _require_fitting(closes_at, now)
    if gathering is not None and gathering not in gatherings(congregation, now):
        raise errors.NotFresh
    opens = is_steward(congregation, by)
    try:
        with transaction.atomic():
            forming = FormingRound.objects.create(
                congregation=congregation,
                opened_by=by,
                title=title,
                asked_at=now,
                opened_at=now if opens else None,
                closes_at=closes_at,
                time_zone=by.time_zone,
                gathering=gathering,
                **fields,
            )
    except IntegrityError as error:
        raise errors.RoundGoingOn from error
    if opens:
        _tell_opened(forming, besides=by)
    else:
        stewards = congregation.memberships.present().stewards().select_related("person")
        _tell("asked", forming, [seat.person for seat in stewards])
    return forming


def gatherings(congregation: Circle, now: datetime) -> list[PracticeSession]:
    """What the congregation held of late, the latest first."""
    held = PracticeSession.objects.past(now).filter(circle=congregation)
    return list(held.filter(ends_at__gt=now - FRESH)[:5])


def _require_fitting(closes_at: datetime, now: datetime) -> None:
    if not LEAST_OPEN <= closes_at - now <= MOST_OPEN:
        raise errors.NotToOpen


@transaction.atomic
def consent(*, forming: FormingRound, by: Person) -> FormingRound:
    """A steward's yes: the round opens, everybody hears. Raises NotAllowed, AlreadyConsented."""
    forming = _answering(forming, by)
    forming.opened_at = timezone.now()
    forming.consented_by = by
    forming.closes_at = opens_until(forming.closes_at, forming.asked_at, forming.opened_at)
    forming.save(update_fields=["opened_at", "consented_by", "closes_at"])
    if forming.opened_by:
        _tell("answered", forming, [forming.opened_by])
    _tell_opened(forming, besides=forming.opened_by)
    return forming


@transaction.atomic
def decline(*, forming: FormingRound, by: Person, word: str = "") -> None:
    """A steward's no, with a word: who asked is told. Raises NotAllowed, AlreadyConsented."""
    forming = _answering(forming, by)
    forming.called_off_at = timezone.now()
    forming.save(update_fields=["called_off_at"])
    if forming.opened_by:
        said = {"who": str(by), "word": word}
        _tell("answered", forming, [forming.opened_by], payload=said)


def _answering(forming: FormingRound, by: Person) -> FormingRound:
    forming = _for_stewards(forming, by)
    if forming.state(timezone.now()) != State.ASKED:
        raise errors.AlreadyConsented
    return forming


@transaction.atomic
def change_round(*, forming: FormingRound, by: Person, **fields: Any) -> FormingRound:
    """Change what it is called, what its crews begin with, or until when hands go up. Hands may
    go up again after they were down, until tables are published.

    Those it concerns hear of a date that moves by more than a day. Raises NotAllowed,
    CircleClosed, TooLateToChange, NotToOpen.
    """
    forming = _for_stewards(forming, by)
    now = timezone.now()
    if forming.state(now) not in {State.OPEN, State.DRAWING}:
        raise errors.TooLateToChange
    before = forming.closes_at
    for name in FIELDS:
        setattr(forming, name, fields.get(name, getattr(forming, name)))
    if forming.closes_at != before:
        _require_fitting(forming.closes_at, now)
        forming.version += 1
    forming.save(update_fields=[*FIELDS, "version"])
    if abs(forming.closes_at - before) > WORTH_TELLING:
        key = f"round {forming.pk} {forming.closes_at:%Y%m%dT%H%M}"
        _tell("moved", forming, _concerned(forming, besides=by), key=key)
    return forming


@transaction.atomic
def close_now(*, forming: FormingRound, by: Person) -> FormingRound:
    """Let hands go up no more. Raises NotAllowed, CircleClosed, HandsAreDown."""
    forming = _for_stewards(forming, by)
    now = timezone.now()
    if forming.state(now) != State.OPEN:
        raise errors.HandsAreDown
    forming.closes_at = now
    forming.version += 1
    forming.save(update_fields=["closes_at", "version"])
    return forming


@transaction.atomic
def call_off(*, forming: FormingRound, by: Person, word: str = "") -> None:
    """Call the round off, until its tables are published; whoever asked for one that waits may
    take it back. Those with a hand up are told, some minutes later, unless it goes on by then.

    Raises NotAllowed, CircleClosed, TooLateToChange.
    """
    forming = locked_round(forming)
    now = timezone.now()
    state = forming.state(now)
    if not may_call_off(forming, by):
        raise NotAllowed
    if state not in {State.ASKED, State.OPEN, State.DRAWING}:
        raise errors.TooLateToChange
    forming.called_off_at = now
    forming.version += 1
    forming.save(update_fields=["called_off_at", "version"])
    hands = forming.participants.up().exclude(person=by).select_related("person")
    said = {"key": key_of_end(forming), "payload": {"who": str(by), "word": word}}
    _tell("called_off", forming, [one.person for one in hands], due_at=now + TOLD_AFTER, **said)


def may_go_on(forming: FormingRound, now: datetime) -> bool:
    """Whether the round was open, and called off so lately that this can be taken back."""
    ended = forming.called_off_at if forming.opened_at else None
    return ended is not None and now < ended + SECOND_THOUGHTS


@transaction.atomic
def go_on(*, forming: FormingRound, by: Person) -> FormingRound:
    """Take back that the round was called off: the hands are up that were, and those who had
    read of it hear. Raises NotAllowed, CircleClosed, TooLateToGoOn, RoundGoingOn."""
    forming = _for_stewards(forming, by)
    now = timezone.now()
    ended = forming.called_off_at
    if ended is None or not may_go_on(forming, now):
        raise errors.TooLateToGoOn
    told = Notice.objects.filter(kind="rounds.called_off", key=key_of_end(forming))
    told = told.exclude(sent_at=None).select_related("person")
    forming.called_off_at = None
    forming.version += 1
    forming.closes_at = goes_on_until(forming.closes_at, ended, now)
    try:
        with transaction.atomic():
            forming.save(update_fields=["called_off_at", "version", "closes_at"])
    except IntegrityError as error:
        raise errors.RoundGoingOn from error
    people = [one.person for one in told if one.person]
    _tell("goes_on", forming, people, key=f"round {forming.pk} {now:%Y%m%dT%H%M%S%f}")
    return forming


def key_of_end(forming: FormingRound) -> str:
    """What makes the mail about this end this one: a round can be called off twice."""
    return f"round {forming.pk} {forming.called_off_at:%Y%m%dT%H%M%S%f}"


def may_call_off(forming: FormingRound, person: Person) -> bool:
    """Whether the person is a steward, or asked for this round and waits for consent."""
    asked = forming.opened_at is None and forming.opened_by == person
    return asked or is_steward(forming.congregation, person)


def _concerned(forming: FormingRound, *, besides: Person | None) -> list[Person]:
    """Everybody else in the congregation but those who have said "not this time"."""
    said_no = forming.participants.filter(withdrawn_at__isnull=False).values("person")
    seats = Membership.objects.present().filter(circle=forming.congregation, person__is_active=True)
    others = seats.exclude(person__in=said_no).select_related("person")
    return [seat.person for seat in others if seat.person != besides]


def _tell_opened(forming: FormingRound, *, besides: Person | None) -> None:
    """Everybody once; those who were at its gathering a little before the others."""
    people = _concerned(forming, besides=besides)
    if forming.gathering and (there := _were_at(forming.gathering)):
        later = [person for person in people if person.pk not in there]
        _tell("opened", forming, later, due_at=timezone.now() + HEAD_START)
        people = [person for person in people if person.pk in there]
    _tell("opened", forming, people)


def _were_at(gathering: PracticeSession) -> set[int]:
    """Who was there, as it was noted; else who said they would be."""
    noted = Attendance.objects.filter(session=gathering)
    if noted.exists():
        return set(noted.filter(was_there=True).values_list("person", flat=True))
    said_yes = Answer.objects.filter(session=gathering, choice=Answer.Choice.YES)
    return set(said_yes.values_list("person", flat=True))


def _tell(kind: str, forming: FormingRound, people: Iterable[Person], **fields: Any) -> None:
    """Owe each of them one mail about a round, once."""
    about = {"key": f"round {forming.pk}", "ref": forming.pk, **fields}
    owe_all(Notice(kind=f"rounds.{kind}", person=person, **about) for person in people)

"""Asking a circle which times suit, and choosing one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from circles.models import Circle, Membership
from circles.services.seats import locked
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person
from practice import errors
from practice.models import Answer, Poll, PollAnswer, PollOption, Rhythm
from practice.models.poll import LEAST_TIMES, MOST_TIMES
from practice.services.permission import people_of, planning, require_company, require_seat
from practice.services.rhythms import FURTHEST, set_rhythm

MOST_OPEN = 3
REMIND_AFTER = timedelta(days=1)
# What each answer to the chosen time says about its first meeting.
FIRST_MEETING = {
    PollAnswer.Choice.YES: Answer.Choice.YES,
    PollAnswer.Choice.IF_NEED_BE: Answer.Choice.MAYBE,
    PollAnswer.Choice.NO: Answer.Choice.NO,
}


@transaction.atomic
def open_poll(
    *, circle: Circle, by: Person, starts: Collection[datetime], rule: Mapping[str, Any]
) -> Poll:
    """Propose some times to a circle; the others are told once, and reminded once.

    `rule` holds the poll's title, every, interval, meetings, minutes and time_zone. The
    reminder goes after a day, or half-way to the first time if that is sooner, and only to
    those who have then left a time unanswered. Raises NotAllowed, CircleClosed, TooManyPolls,
    TooFewTimes, TooManyTimes, InThePast, TooFarAway.
    """
    circle = planning(circle.pk, by)
    require_company(circle)
    if asked := _asked_already(circle, by, set(starts), rule):
        return asked
    if Poll.objects.open().filter(circle=circle).count() >= MOST_OPEN:
        raise errors.TooManyPolls
    poll = Poll.objects.create(circle=circle, made_by=by, **rule)
    _propose(poll, set(starts))
    wait = min(REMIND_AFTER, (min(starts) - poll.made_at) / 2)
    everybody = people_of(circle)
    _owe("poll", poll, [person for person in everybody if person != by])
    _owe("poll_reminder", poll, everybody, due_at=poll.made_at + wait)
    return poll


def _owe(kind: str, poll: Poll, people: Iterable[Person], **fields: Any) -> None:
    """Owe each of them one mail about a question, once."""
    about = {"key": f"poll {poll.pk}", "ref": poll.pk, **fields}
    owe_all(Notice(kind=f"practice.{kind}", person=person, **about) for person in people)


def _asked_already(
    circle: Circle, by: Person, starts: set[datetime], rule: Mapping[str, Any]
) -> Poll | None:
    """The very same question, still open: whoever presses twice asks once."""
    for poll in Poll.objects.open().filter(circle=circle, made_by=by, **rule):
        if set(poll.options.proposed().values_list("starts_at", flat=True)) == starts:
            return poll
    return None


@transaction.atomic
def change_poll(
    *,
    poll: Poll,
    by: Person,
    starts: Collection[datetime],
    rule: Mapping[str, Any],
    seen: int | None = None,
) -> Poll:
    """Change the question. No answer is lost: times that stay keep theirs, and one that is
    taken out has them again when it is put back.

    `seen` is the `sequence` the person looked at. Raises NotAllowed, CircleClosed, PollClosed,
    ChangedMeanwhile, TooFewTimes, TooManyTimes, InThePast, TooFarAway.
    """
    poll = _planning(poll, by)
    if seen is not None and seen != poll.sequence:
        raise errors.PollChangedMeanwhile
    for name, value in rule.items():
        setattr(poll, name, value)
    poll.sequence += 1
    poll.save()
    _propose(poll, set(starts))
    return poll


def _propose(poll: Poll, starts: set[datetime]) -> None:
    """Let exactly these times be proposed; those that are there already may have passed."""
    if len(starts) < LEAST_TIMES:
        raise errors.TooFewTimes
    if len(starts) > MOST_TIMES:
        raise errors.TooManyTimes
    now = timezone.now()
    new = starts - set(poll.options.values_list("starts_at", flat=True))
    if any(start <= now for start in new):
        raise errors.InThePast
    if any(start > now + FURTHEST for start in new):
        raise errors.TooFarAway
    PollOption.objects.bulk_create(PollOption(poll=poll, starts_at=start) for start in sorted(new))
    poll.options.filter(starts_at__in=starts).update(withdrawn_at=None)
    poll.options.proposed().exclude(starts_at__in=starts).update(withdrawn_at=now)


@transaction.atomic
def answer_poll(*, option: PollOption, by: Person, choice: str) -> None:
    """Say yes, if need be or no to one time; may be changed until the poll is closed.

    Raises NotAllowed, CircleClosed, PollClosed, TimeWithdrawn, InThePast.
    """
    circle = locked(option.poll.circle)
    require_seat(circle, by)
    option = PollOption.objects.select_related("poll").get(pk=option.pk)
    _require_choosable(option, option.poll)
    PollAnswer.objects.bulk_create(
        [PollAnswer(option=option, person=by, choice=choice)],
        update_conflicts=True,
        unique_fields=["option", "person"],
        update_fields=["choice", "answered_at"],
    )


def _require_choosable(option: PollOption, poll: Poll) -> None:
    if not poll.is_open:
        raise errors.PollClosed
    if option.withdrawn_at is not None:
        raise errors.TimeWithdrawn
    if option.starts_at <= timezone.now():
        raise errors.InThePast


def yet_to_answer(poll: Poll) -> list[Person]:
    """Those with a seat who have said nothing about at least one time that can be answered."""
    times = set(poll.options.to_answer(timezone.now()).values_list("pk", flat=True))
    answers = PollAnswer.objects.filter(option__in=times).values_list("person", "option")
    said: dict[int, set[int]] = {}
    for person, option in answers:
        said.setdefault(person, set()).add(option)
    return [one for one in people_of(poll.circle) if times - said.get(one.pk, set())]


@transaction.atomic
def remind(*, poll: Poll, by: Person) -> int:
    """Remind those who have not answered, once a day; returns how many.

    Raises NotAllowed, CircleClosed, PollClosed, RemindedToday.
    """
    poll = _planning(poll, by)
    now = timezone.now()
    if poll.reminded_at is not None and now - poll.reminded_at < REMIND_AFTER:
        raise errors.RemindedToday
    people = [person for person in yet_to_answer(poll) if person != by]
    if people:
        poll.reminded_at = now
        poll.save(update_fields=["reminded_at"])
    _owe("poll_reminder", poll, people, key=f"poll {poll.pk} {now:%Y%m%dT%H%M%S}")
    return len(people)


@transaction.atomic
def close_poll(*, poll: Poll, by: Person, option: PollOption) -> Rhythm:
    """Choose a time: its meetings stand, everyone is told by the mail about new meetings, and
    answers are carried over.

    Yes means yes to all of them; if need be and no are said of the first only. Raises
    PollClosed, TimeWithdrawn, and whatever `set_rhythm` does.
    """
    poll = _planning(poll, by)
    option = PollOption.objects.get(pk=option.pk, poll=poll)
    _require_choosable(option, poll)
    rhythm = set_rhythm(circle=poll.circle, by=by, **poll.rule(option.starts_at))
    _carry_over(option, rhythm)
    _close(poll, by, rhythm=rhythm)
    return rhythm


def _carry_over(option: PollOption, rhythm: Rhythm) -> None:
    sessions = list(rhythm.sessions.order_by("number"))
    present = Membership.objects.present().filter(circle=rhythm.circle)
    said = option.answers.filter(person__in=present.values("person"))
    # Whoever chose the time is taken to come, unless they have said something else.
    Answer.objects.filter(session__in=sessions, person__in=said.values("person")).delete()
    Answer.objects.bulk_create(
        Answer(
            session=session,
            person_id=one.person_id,
            choice=FIRST_MEETING[PollAnswer.Choice(one.choice)],
            following=one.choice == PollAnswer.Choice.YES,
        )
        for one in said
        for session in (sessions if one.choice == PollAnswer.Choice.YES else sessions[:1])
    )


@transaction.atomic
def end_poll(*, poll: Poll, by: Person, word: str = "") -> None:
    """Close it without a time, with a word why; the others are told once.

    Raises NotAllowed, CircleClosed, PollClosed.
    """
    poll = _planning(poll, by)
    _close(poll, by, closing_word=word)
    others = [person for person in people_of(poll.circle) if person != by]
    _owe("poll", poll, others, key=f"poll {poll.pk} closed")


def _close(poll: Poll, by: Person, **outcome: Any) -> None:
    """Once, whoever else presses at the same moment."""
    closed = Poll.objects.filter(pk=poll.pk, closed_at__isnull=True).update(
        closed_at=timezone.now(), closed_by=by, **outcome
    )
    if not closed:
        raise errors.PollClosed


def _planning(poll: Poll, by: Person) -> Poll:
    """The poll, locked with its circle, if it is open and `by` may plan."""
    circle = planning(poll.circle_id, by)
    found = Poll.objects.get(pk=poll.pk)
    found.circle = circle
    if not found.is_open:
        raise errors.PollClosed
    return found


def let_go_of_polls(seat: Membership) -> None:
    """When somebody leaves a circle: what they said to its open polls goes with them."""
    open_ones = Poll.objects.filter(circle=seat.circle, closed_at__isnull=True)
    PollAnswer.objects.filter(option__poll__in=open_ones, person=seat.person).delete()

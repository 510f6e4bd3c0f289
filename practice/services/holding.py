"""Holding a meeting: beginning, pressing, who is here. Time itself writes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.scales import Scale
from circles.services import present
from people.models import Person
from practice import errors
from practice.concerned import people_at
from practice.first_voice import first_voice, one_way, pair_of
from practice.models import Holding, PracticeSession
from practice.models.session import OPENS
from practice.prompts import CHECK_IN as ARRIVING
from practice.prompts import CHECK_OUT as LEAVING
from practice.prompts import another, prompt
from practice.rules import equal, holding
from practice.rules.holding import Clock
from practice.rules.order import CHECK_IN, CHECK_OUT, TALK, Planned, Stretch, around, framed
from practice.services.permission import may_plan
from practice.services.roles import write_down
from practice.showing.casting import planned, taking_part

# A table that sits on may still press; who opens the page days later may only look.
LINGERS = timedelta(hours=3)

Press = Callable[[Clock, list[Stretch], datetime, int], Clock]
PRESSES: dict[str, Press] = {
    "pause": lambda clock, _order, now, _step: holding.pause(clock, now),
    "resume": lambda clock, _order, now, _step: holding.resume(clock, now),
    "next": lambda clock, order, now, step: holding.go_to(clock, order, now, step + 1),
    "back": lambda clock, order, now, step: holding.go_to(clock, order, now, step - 1),
    "extend": holding.extend,
    "end": lambda clock, _order, now, _step: holding.end(clock, now),
    "again": lambda clock, _order, now, _step: holding.again(clock, now),
}
PROMPTS = {CHECK_IN: ARRIVING, CHECK_OUT: LEAVING}


def may_hold(session: PracticeSession, person: Person) -> bool:
    """Whether the person may press: everyone at a small table, a gathering's host and stewards."""
    if session.circle.scale == Scale.CONGREGATION:
        return session.host_id == person.pk or may_plan(session.circle, person)
    return present(session.circle, person)


@transaction.atomic
def begin(
    *, session: PracticeSession, by: Person, here: Iterable[int], with_frame: bool = True
) -> Holding:
    """Begin with those who are `here` (ids); who presses is here, too.

    `with_frame` puts a check-in and a check-out around the practice. The roles are written down
    as they are. Raises NotAllowed, CircleClosed, SessionCancelled, TableNotOpen,
    PressedMeanwhile.
    """
    session, now = _locked(session, by)
    if Holding.objects.filter(session=session).exists():
        raise errors.PressedMeanwhile
    people = people_at(session)
    ids = [person.pk for person in people if person.pk in {*here, by.pk}]
    steps = planned(session)
    if with_frame or not steps:
        left = min(session.ends_at - now, session.ends_at - session.starts_at)
        steps = _framed(session, steps, len(ids), int(left / timedelta(minutes=1)))
    found = Holding(session=session, held_from=now, since=now)
    found.there, found.planned = speaking_order(session, ids), steps
    found.save()
    write_down(session, taking_part(session, people, ids))
    return found


def speaking_order(session: PracticeSession, ids: list[int]) -> list[int]:
    """Around the table, beginning behind the host, so that the first voice changes with hosts.

    Of two, who did not begin the last time begins, and guests come after both.
    """
    if not ids:
        return []
    if session.circle.scale == Scale.DYAD:
        pair = [pk for pk in pair_of(session) if pk in ids]
        first = first_voice(session)
        pair.sort(key=lambda pk: pk != first)
        return [*pair, *(pk for pk in ids if pk not in pair)]
    start = ids.index(session.host_id) + 1 if session.host_id in ids else session.number - 1
    return around(ids, ids[start % len(ids)])


def _framed(
    session: PracticeSession, steps: list[Planned], people: int, minutes: int
) -> list[Planned]:
    number = session.circle_id + session.number
    return framed(
        steps,
        people=people,
        minutes=minutes,
        check_in=prompt(ARRIVING, number),
        check_out=prompt(LEAVING, number),
    )


@transaction.atomic
def press(*, session: PracticeSession, by: Person, do: str, seen: int, step: int) -> Holding:
    """Pause, resume, next, back, extend, end, again, or another question.

    `seen` is the version and `step` the stretch that the presser looked at. Raises NotAllowed,
    CircleClosed, SessionCancelled, TableNotOpen, PressedMeanwhile.
    """
    found, now = _seen(session, by, seen)
    spot = found.place(now)
    if do == "another":
        found.planned = _with_another_question(found, spot.step)
    else:
        # A stretch that has just run out may still get its minute; else they saw another one.
        known = {spot.step, spot.step - 1} if do == "extend" else {spot.step}
        if do in {"next", "back", "extend"} and step not in known:
            raise errors.PressedMeanwhile
        before = equal.passed(found.clock, found.order, now)
        found.clock = PRESSES[do](found.clock, found.order, now, step)
        if do == "extend" and shares_time(found):
            found.clock, found.planned = equal.extended(found.clock, found.planned, found.there)
        _keep(found, before, now)
    found.version += 1
    found.save()
    return found


def shares_time(found: Holding) -> bool:
    """Whether two are at the table whose turns are as long as each other's."""
    circle = found.session.circle
    if circle.scale != Scale.DYAD or len(found.there) != 2:
        return False
    return circle.pk not in one_way([circle.pk])


def _keep(found: Holding, before: Mapping[str, timedelta], now: datetime) -> None:
    """Write down what has passed and what the clock does not know any more."""
    after = equal.passed(found.clock, found.order, now)
    found.spent = equal.kept(found.spent, before, after)


def _with_another_question(found: Holding, step: int) -> list[Planned]:
    order = found.order
    key = order[step].key.partition(":")[0] if step < len(order) else ""
    return [
        replace(one, words=another(PROMPTS[key], one.words))
        if one.key == key and key in PROMPTS
        else one
        for one in found.planned
    ]


@transaction.atomic
def note_here(
    *, session: PracticeSession, by: Person, person: int, here: bool, seen: int
) -> Holding:
    """Somebody isn't here, or is here after all: the turns follow. Raises what `press` raises,
    and NotAtThisTable."""
    found, now = _seen(session, by, seen)
    people = people_at(session)
    if person not in {one.pk for one in people}:
        raise errors.NotAtThisTable
    others = [one for one in found.there if one != person]
    _carry_over(found, now, there=[*others, person] if here else others, steps=found.planned)
    write_down(found.session, taking_part(session, people, found.there))
    return found


def follow_practice(session: PracticeSession) -> None:
    """While the table is held, another practice takes the place of the former one."""
    found = Holding.objects.filter(session=session).first()
    if found is None or found.place(timezone.now()).is_over:
        return
    steps, before = planned(session), found.planned
    if {one.key for one in before} & {one.key for one in steps}:
        return
    minutes = sum(one.minutes_for(len(found.there)) for one in before)
    if any(one.key.startswith((CHECK_IN, TALK, CHECK_OUT)) for one in before) or not steps:
        questions = {one.key: one.words for one in before}
        steps = [
            replace(one, words=questions.get(one.key, one.words))
            for one in _framed(session, steps, len(found.there), minutes)
        ]
    _carry_over(found, timezone.now(), there=found.there, steps=steps)
    write_down(session, taking_part(session, people_at(session), found.there))


def _carry_over(found: Holding, now: datetime, *, there: list[int], steps: list[Planned]) -> None:
    before, clock = found.order, found.clock
    passed = equal.passed(clock, before, now)
    found.there, found.planned = there, steps
    found.clock = holding.carried_over(clock, before, found.order, now)
    _keep(found, passed, now)
    found.version += 1
    found.save()


def _seen(session: PracticeSession, by: Person, seen: int) -> tuple[Holding, datetime]:
    session, now = _locked(session, by)
    found = Holding.objects.filter(session=session).first()
    if found is None or found.version != seen:
        raise errors.PressedMeanwhile
    found.session = session
    return found, now


def _locked(session: PracticeSession, by: Person) -> tuple[PracticeSession, datetime]:
    """The meeting, locked with its circle, if `by` may hold it now."""
    circle = Circle.objects.select_for_update().get(pk=session.circle_id)
    locked = PracticeSession.objects.select_related("practice").get(pk=session.pk)
    locked.circle = circle
    now = timezone.now()
    if not may_hold(locked, by):
        raise NotAllowed
    if not circle.is_open:
        raise CircleClosed
    if locked.is_cancelled:
        raise errors.SessionCancelled
    if not locked.starts_at - OPENS <= now < locked.ends_at + LINGERS:
        raise errors.TableNotOpen
    return locked, now

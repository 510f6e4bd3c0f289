"""The look back: both are asked, each answers alone, and both read both at one moment."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from circles.errors import NotAllowed
from circles.jobs import each
from circles.models import Circle, Membership
from circles.services import locked, present
from dyads import errors
from dyads.models import Dyad, LookBack, LookBackAnswer
from dyads.models.dyad import DyadQuerySet
from dyads.rules.ending import Choice, Run, is_due, outcome
from dyads.services.outcomes import begin_rest, settle
from dyads.services.shared import seats_of
from notifications.services import owe
from people.models import Person
from practice.models import PracticeSession, Rhythm

# When a meeting ended, and whether it was one of a number that had been set.
Met = tuple[datetime, bool]


# --- asking ---------------------------------------------------------------------------------


def ask_where_due(now: datetime) -> int:
    """Ask the two where a run is over, or the silence is long; returns of how many dyads."""
    return sum(each(_ask, dyad, now) for dyad in _due(Dyad.objects.complete(), now))


def _due(dyads: DyadQuerySet, now: datetime) -> list[Dyad]:
    """Those of these dyads who are to be asked. Four questions to the database."""
    ahead = PracticeSession.objects.to_come(now).filter(circle=OuterRef("pk"))
    opened = LookBack.objects.opened().filter(dyad=OuterRef("pk"))
    idle = list(dyads.filter(~Exists(ahead), ~Exists(opened), resting_since=None))
    seats = Membership.objects.present().filter(circle__in=idle).order_by()
    sat = dict(seats.values_list("circle").annotate(Max("joined_at")))
    looked = LookBack.objects.filter(dyad__in=idle).order_by("asked_at")
    before = {one.dyad_id: one for one in looked}
    met: dict[int, list[Met]] = defaultdict(list)
    over = PracticeSession.objects.filter(circle__in=idle).past(now)
    for circle, end, every, meetings in over.values_list(
        "circle", "ends_at", "rhythm__every", "rhythm__meetings"
    ):
        met[circle].append((end, every != Rhythm.Every.ONCE and meetings is not None))
    found = ((one, _run(one, sat[one.pk], before.get(one.pk), met[one.pk])) for one in idle)
    return [dyad for dyad, run in found if run is not None and is_due(run, now)]


def _run(dyad: Dyad, sat: datetime, before: LookBack | None, met: list[Met]) -> Run | None:
    """The meetings since they looked back; None while they are asked and have not met again."""
    since = before.asked_at if before else sat
    run = [one for one in met if one[0] > since]
    if before is not None and before.is_asking and not run:
        return None
    ends = [end for end, _ in run]
    settled = before.settled_at if before else None
    return Run(
        over=len(run),
        last_end=max([since, settled or since, *ends]),
        planned=dyad.meetings,
        has_end=any(counted for _, counted in run),
        goes_on=False,
    )


@transaction.atomic
def _ask(dyad: Dyad, now: datetime) -> bool:
    locked(dyad)
    if not _due(Dyad.objects.complete().filter(pk=dyad.pk), now):
        return False
    # One that was never answered is asked anew after the next meetings.
    waiting = LookBack.objects.asking().filter(dyad=dyad)
    if not waiting.update(asked_at=now, asked_by=None):
        LookBack.objects.create(dyad=dyad, asked_at=now)
    look_back = waiting.get()
    for seat in seats_of(dyad):
        owe_question(look_back, seat.person)
    return True


def owe_question(look_back: LookBack, person: Person) -> None:
    """Ask somebody by mail, once each time."""
    owe(
        kind="dyads.look_back",
        key=f"look back {look_back.pk} {look_back.asked_at:%Y-%m-%d %H:%M:%S}",
        person=person,
        ref=look_back.pk,
    )


@transaction.atomic
def ask_look_back(*, dyad: Circle, by: Person) -> LookBack:
    """Ask the other to look back, and return it: the one that waits already, if there is one.

    Raises NotAllowed, CircleClosed, NotTwoYet.
    """
    locked(dyad)
    if not present(dyad, by):
        raise NotAllowed
    others = [seat.person for seat in seats_of(dyad) if seat.person != by]
    if not others:
        raise errors.NotTwoYet
    if waiting := LookBack.objects.alive().filter(dyad=dyad.pk).first():
        return waiting
    look_back = LookBack.objects.create(dyad_id=dyad.pk, asked_by=by)
    owe_question(look_back, others[0])
    return look_back


# --- answering ------------------------------------------------------------------------------


@transaction.atomic
def answer_look_back(
    *, look_back: LookBack, by: Person, choice: str, received: str = "", word: str = ""
) -> LookBack:
    """Say how it goes on, for oneself; it may be changed until both have answered.

    The second answer opens both. Raises NotAllowed, CircleClosed, LookBackIsOpen, LookBackIsOver.
    """
    circle = locked(look_back.dyad)
    if not present(circle, by):
        raise NotAllowed
    found = LookBack.objects.get(pk=look_back.pk)
    if found.is_open:
        raise errors.LookBackIsOpen
    if found.settled_at is not None:
        raise errors.LookBackIsOver
    now = timezone.now()
    said = {"choice": choice, "received": received, "word": word, "answered_at": now}
    LookBackAnswer.objects.update_or_create(look_back=found, person=by, defaults=said)
    _open_if_both(found, by, now)
    return found


def _open_if_both(look_back: LookBack, by: Person, now: datetime) -> None:
    """Open the answers, once, and tell the other; `by` reads them now. The circle is locked."""
    seats = seats_of(look_back.dyad)
    said = dict(look_back.answers.values_list("person", "choice"))
    if len(seats) < 2 or any(seat.person_id not in said for seat in seats):
        return
    one, other = (Choice(said[seat.person_id]) for seat in seats)
    look_back.opened_at, look_back.outcome = now, outcome(one, other)
    look_back.save(update_fields=["opened_at", "outcome"])
    for seat in seats:
        if seat.person != by:
            owe(
                kind="dyads.opened",
                key=f"look back {look_back.pk}",
                person=seat.person,
                ref=look_back.pk,
            )
    if look_back.outcome == Choice.PAUSE:
        begin_rest(look_back, by, now)
    elif look_back.outcome == Choice.CONTINUE and _meets_again(look_back.dyad, now):
        settle(look_back, now)


def _meets_again(dyad: Circle, now: datetime) -> bool:
    """Whether a meeting is to come; the one at which they may sit just now is none of them."""
    coming = PracticeSession.objects.filter(circle=dyad).to_come(now)
    return coming.filter(starts_at__gt=now).exists()

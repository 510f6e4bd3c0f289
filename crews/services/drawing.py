"""The job that proposes crews: asked for, watched, stopped, taken up again."""

import logging
import time
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from circles.blanks import next_seed
from circles.errors import NotAllowed
from circles.jobs import ask_a_worker
from circles.models import Circle
from circles.services import is_steward
from crews.models import Drawing, FormingRound, ProposedCrew, ProposedSeat
from crews.models.proposal import SILENCE
from crews.rules.points import may_sit_together, shared_slots
from crews.services.moving import guarded
from crews.services.seating import changed, deciding, seating_of
from crews.services.seekers import gather
from people.models import Person

logger = logging.getLogger(__name__)

# How often the job says how far it is, and looks whether it shall stop.
SAID_EVERY = 0.4
Outcome = Drawing.Outcome


@transaction.atomic
def ask_for_drawing(*, forming: FormingRound, by: Person) -> Drawing:
    """Ask for tables to be drawn; the one that is being drawn already, if there is one.

    One that has fallen silent is given up for it. After tables were drawn the next of the
    round's few proposals comes. Raises NotAllowed, NotBeingSet.
    """
    forming = deciding(forming, by)
    last = forming.drawings.order_by("-pk").first()
    if last is not None and last.ended_at is None:
        if not last.is_silent(timezone.now()):
            return last
        _end(last, Outcome.FAILED)
    drew = last is not None and last.outcome in {Outcome.DONE, Outcome.STOPPED}
    drawing = Drawing.objects.create(
        round=forming,
        seed=(next_seed(last.seed) if drew else last.seed) if last else 1,
        asked_by=by,
        people=forming.participants.up().count(),
    )
    transaction.on_commit(lambda: start(drawing.pk))
    return drawing


def start(drawing: int) -> None:
    """Ask a worker for it."""
    from crews.tasks import draw_tables  # tasks import services

    ask_a_worker(draw_tables, drawing)


def take_up_silent(now: datetime) -> int:
    """Each minute: ask again for what no worker took, or whose worker died; returns how many."""
    silent = [one.pk for one in Drawing.objects.going_on() if one.is_silent(now)]
    for drawing in silent:
        start(drawing)
    return len(silent)


@transaction.atomic
def stop_drawing(*, drawing: Drawing, by: Person) -> None:
    """Stop with the best so far; at once, when no worker is at it. Raises NotAllowed."""
    if not is_steward(drawing.round.congregation, by):
        raise NotAllowed
    drawing = Drawing.objects.select_for_update().get(pk=drawing.pk)
    now = timezone.now()
    if drawing.ended_at is not None:
        return
    drawing.stop_asked_at = drawing.stop_asked_at or now
    drawing.save(update_fields=["stop_asked_at"])
    if drawing.started_at is None or drawing.is_silent(now):
        _end(drawing, Outcome.STOPPED)


def draw(drawing: int) -> None:
    """Draw the tables: the job. Nothing, when somebody else is at it or it has ended."""
    mine = claim(drawing)
    if mine is None:
        return
    try:
        tables = find_tables(mine)
    except Exception:
        _end(mine, Outcome.FAILED)
        raise
    keep(mine, tables)


def claim(drawing: int) -> Drawing | None:
    """The drawing, with its round as it is now, for one worker alone."""
    now = timezone.now()
    free = Q(heard_at__isnull=True) | Q(heard_at__lt=now - SILENCE)
    ours = Drawing.objects.going_on().filter(free, pk=drawing)
    if not ours.update(started_at=now, heard_at=now):
        return None
    return Drawing.objects.select_related("round__congregation").get(pk=drawing)


def find_tables(drawing: Drawing) -> list[tuple[int, ...]]:
    """The long part, outside any transaction: tables of person ids, besides the locked ones."""
    # Arrays: too heavy for every process of the site.
    from crews.rules.proposing import Locked, Progress, propose

    seating = seating_of(drawing.round)
    kept = [frozenset(one.people) for one in seating.tables if one.proposed.is_locked]
    # Around locked tables the same blanks hold as for a move by hand: whoever locks all but a
    # few people would else see by these what a move does not tell.
    everybody = seating.gathered.seekers
    seekers = guarded(seating, everybody) if kept else list(everybody.values())
    pulse = _Pulse(drawing)

    def heard(progress: Progress) -> None:
        pulse.placed, pulse.percent = progress.placed, round(100 * progress.share_done)
        pulse.beat()

    proposal = propose(
        seekers,
        seed=drawing.seed,
        seconds=settings.DRAWING_SECONDS,
        locked=[Locked(people) for people in kept if people],
        on_progress=heard,
        should_stop=lambda: not pulse.beat(),
    )
    return [crew for crew in proposal.crews if frozenset(crew) not in kept]


class _Pulse:
    """A sign of life from time to time, which also asks whether to go on."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.placed = self.percent = 0
        self.goes_on = True
        self._said = 0.0

    def beat(self) -> bool:
        """Write how far it is, at most every SAID_EVERY seconds; False when it shall stop."""
        if self.goes_on and time.monotonic() - self._said >= SAID_EVERY:
            self._said = time.monotonic()
            ours = Drawing.objects.going_on().filter(
                pk=self.drawing.pk,
                started_at=self.drawing.started_at,
                stop_asked_at__isnull=True,
            )
            self.goes_on = bool(
                ours.update(
                    heard_at=timezone.now(),
                    placed=self.placed,
                    percent=min(99, self.percent),
                )
            )
        return self.goes_on


@transaction.atomic
def keep(drawing: Drawing, tables: list[tuple[int, ...]]) -> None:
    """Write the tables, unless the round has moved on or another worker has taken this up."""
    congregation = Circle.objects.select_for_update().get(pk=drawing.round.congregation_id)
    forming = FormingRound.objects.select_for_update().get(pk=drawing.round_id)
    ours = Drawing.objects.going_on().select_for_update().filter(pk=drawing.pk)
    now_stands = ours.filter(started_at=drawing.started_at).first()
    if now_stands is None:
        return
    is_set = forming.state(timezone.now()) == FormingRound.State.DRAWING
    if not (congregation.is_open and is_set and forming.version == drawing.round.version):
        _end(drawing, Outcome.OVERTAKEN)
        return
    placed = _set(forming, tables)
    changed(forming)
    stopped = now_stands.stop_asked_at is not None
    outcome = Outcome.STOPPED if stopped else Outcome.DONE
    _end(drawing, outcome, placed=placed, percent=100)


def _set(forming: FormingRound, tables: list[tuple[int, ...]]) -> int:
    """Replace all tables but the locked ones; returns how many people have a seat.

    Asked again: whoever took their hand down while the job ran has no seat, and a table that
    holds no more, because somebody changed their hours or their mind, is not set.
    """
    forming.proposed.filter(locked_at__isnull=True).delete()
    gathered = gather(forming)
    taken = set(
        ProposedSeat.objects.filter(proposed__round=forming).values_list(
            "participant__person", flat=True
        )
    )
    found = []
    for crew in tables:
        people = [gathered.seekers[one] for one in crew if one in gathered.seekers]
        if may_sit_together(people) and not taken & set(crew):
            found.append((gathered.best(people, tuple(shared_slots(people))), people))
    found.sort(key=lambda row: (row[0], row[1][0].id))
    first = forming.proposed.count()
    rows = [
        ProposedCrew(
            round=forming,
            position=first + number,
            drawn=[gathered.participants[one.id].pk for one in people],
        )
        for number, (_, people) in enumerate(found)
    ]
    seats = [
        ProposedSeat(proposed=proposed, participant_id=participant)
        for proposed in ProposedCrew.objects.bulk_create(rows)
        for participant in proposed.drawn
    ]
    ProposedSeat.objects.bulk_create(seats)
    return len(seats) + len(taken & gathered.seekers.keys())


def _end(drawing: Drawing, outcome: str, **fields: object) -> None:
    Drawing.objects.filter(pk=drawing.pk).going_on().update(
        ended_at=timezone.now(), outcome=outcome, **fields
    )

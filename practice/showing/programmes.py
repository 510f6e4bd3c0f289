"""How a programme would fall on a circle's coming meetings, and where a meeting stands in one."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from circles.models import Circle
from library.models import Programme, ProgrammePart
from practice.models import PracticeSession
from practice.rules.taking_on import Slot, lay_out

MOST_COMING = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a programme on would do, drawn up from the present state."""

    programme: Programme
    slots: list[Slot[PracticeSession, ProgrammePart]]
    # Parts for which there is no meeting yet.
    left: list[ProgrammePart]
    # Meetings that have a practice already and would get another one.
    over: set[int]
    # The state it was drawn from; see `PracticeSession.sequence`.
    seen: str

    @property
    def missing(self) -> int:
        """How many more meetings it takes."""
        return len(self.left)

    @property
    def has_kept(self) -> bool:
        """Whether there is a meeting that stays as it is."""
        return any(slot.part is None for slot in self.slots)


def plan_for(
    circle: Circle, programme: Programme, *, first: int = 1, over: Collection[int] | None = None
) -> Plan:
    """Lay the parts from `first` on over the meetings that have not begun and have no practice.

    Those in `over` (ids of meetings) are used although they have one; by default those that
    hold these very parts already, so that what is left of a programme can be shifted along.
    """
    sessions = PracticeSession.objects.filter(circle=circle, starts_at__gt=timezone.now())
    coming = list(
        sessions.happening()
        .select_related("practice", "programme_part")
        .order_by("starts_at", "pk")[:MOST_COMING]
    )
    parts = [part for part in programme.parts.all() if part.position >= first]
    if over is None:
        over = {one.pk for one in coming if one.programme_part in parts}
    slots, left = lay_out([(one, _is_free(one) or one.pk in over) for one in coming], parts)
    return Plan(
        programme=programme,
        slots=slots,
        left=left,
        over=set(over),
        seen=" ".join(f"{one.pk}.{one.sequence}" for one in coming),
    )


def _is_free(session: PracticeSession) -> bool:
    return session.practice_id is None and session.programme_part_id is None


def part_of(session: PracticeSession) -> ProgrammePart | None:
    """The part of a programme that a meeting holds, with `of`, how many parts there are.

    None as soon as another practice was chosen for that meeting: the words no longer fit.
    """
    if session.programme_part_id is None:
        return None
    parts = ProgrammePart.objects.select_related("programme").annotate(of=Count("programme__parts"))
    part = parts.get(pk=session.programme_part_id)
    return part if part.practice_id == session.practice_id else None

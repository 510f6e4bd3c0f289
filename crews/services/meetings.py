"""Which meetings a cycle has: read from the crew's rhythms, never kept a second time."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from crews.models import Cycle
from crews.rules.cycles import Planned, last_of
from practice.models import PracticeSession, Rhythm


@dataclass(slots=True)
class Run:
    """The meetings of one cycle, in order, and whether one of its rhythms has no end."""

    cycle: Cycle
    meetings: list[Planned] = field(default_factory=list)
    goes_on: bool = False

    @property
    def last(self) -> Planned | None:
        """The one with which the cycle ends, as far as is known."""
        return last_of(self.meetings, self.cycle.meetings, goes_on=self.goes_on)


def runs_of(cycles: Iterable[Cycle]) -> list[Run]:
    """The meetings of these cycles; one question to the database, however many there are."""
    runs = {cycle.crew_id: Run(cycle) for cycle in cycles}
    sessions = PracticeSession.objects.filter(circle__in=runs, cancelled_at__isnull=True)
    rows = sessions.order_by("starts_at", "pk").select_related("rhythm")
    for session in rows.only(
        "circle_id",
        "starts_at",
        "ends_at",
        "rhythm__every",
        "rhythm__meetings",
        "rhythm__stopped_at",
    ):
        run = runs[session.circle_id]
        if session.starts_at < run.cycle.begun_at:
            continue
        rhythm = session.rhythm
        comes_again = rhythm is not None and rhythm.every != Rhythm.Every.ONCE
        has_end = rhythm is not None and comes_again and not rhythm.is_open_ended
        run.meetings.append(Planned(session.pk, session.starts_at, session.ends_at, has_end))
        if rhythm is not None and rhythm.is_open_ended and rhythm.stopped_at is None:
            run.goes_on = True
    return list(runs.values())

"""The tables of a round as they stand, and who may change them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from circles.errors import NotAllowed
from circles.services import is_steward
from circles.services.seats import locked
from crews import errors
from crews.models import FormingRound, ProposedCrew, ProposedSeat
from crews.rules.points import LAW, Seeker, may_sit_together, shared_slots, sitting_obstacle
from crews.services.seekers import Gathered, gather
from people.models import Person


@dataclass(frozen=True, slots=True)
class SeatedTable:
    """A proposed table with those at it whose hand is up, by their ids, as they were seated."""

    proposed: ProposedCrew
    people: tuple[int, ...]

    @property
    def open_seats(self) -> int:
        """How many more would still be one conversation."""
        return LAW.most - len(self.people)


@dataclass(frozen=True, slots=True)
class Seating:
    """Everybody whose hand is up, and where they would sit."""

    gathered: Gathered
    tables: list[SeatedTable]

    def at(self, table: SeatedTable) -> list[Seeker]:
        """The people of a table as the rules see them."""
        return [self.gathered.seekers[person] for person in table.people]

    def holds(self, table: SeatedTable) -> bool:
        """Whether this may be a crew: three to six, an hour for all, nobody against anybody."""
        return may_sit_together(self.at(table))

    def best(self, table: SeatedTable) -> int | None:
        """The slot of the table's hour; None for one that does not work, for whatever cause."""
        people = self.at(table)
        if sitting_obstacle(people) is not None:
            return None
        return self.gathered.best(people, tuple(shared_slots(people)))

    def starts_at(self, table: SeatedTable) -> datetime | None:
        """The table's hour in the first week, in UTC."""
        slot = self.best(table)
        return None if slot is None else self.gathered.moment(slot)

    def table_of(self, person: int) -> SeatedTable | None:
        """Where somebody would sit."""
        return next((one for one in self.tables if person in one.people), None)

    @property
    def unplaced(self) -> list[Seeker]:
        """Those without a seat, in the order in which hands went up."""
        seated = {person for table in self.tables for person in table.people}
        seekers = self.gathered.seekers
        return [seekers[person] for person in seekers if person not in seated]


def seating_of(forming: FormingRound, now: datetime | None = None) -> Seating:
    """How the tables stand. Seven questions, however many people.

    Seats of people whose hand came down, or who left, are left out.
    """
    gathered = gather(forming, now)
    seats = ProposedSeat.objects.kept().filter(proposed__round=forming).order_by("pk")
    by_table: dict[int, list[int]] = {}
    for table, person in seats.values_list("proposed", "participant__person"):
        if person in gathered.seekers:
            by_table.setdefault(table, []).append(person)
    tables = [SeatedTable(one, tuple(by_table.get(one.pk, ()))) for one in forming.proposed.all()]
    return Seating(gathered, tables)


def deciding(forming: FormingRound, by: Person) -> FormingRound:
    """The round behind its lock, for a steward while its tables are set.

    Raises CircleClosed, NotAllowed, NotBeingSet.
    """
    locked(forming.congregation)
    fresh = FormingRound.objects.select_for_update().get(pk=forming.pk)
    if not is_steward(fresh.congregation, by):
        raise NotAllowed
    if fresh.state(timezone.now()) != FormingRound.State.DRAWING:
        raise errors.NotBeingSet
    return fresh


def still_as_seen(forming: FormingRound, version: int) -> None:
    """Behind the lock: the tables are still those that somebody saw, and none are being drawn.

    Raises BeingDrawn, TablesChanged.
    """
    if forming.drawings.going_on().exists():
        raise errors.BeingDrawn
    if version != forming.version:
        raise errors.TablesChanged


def changed(forming: FormingRound) -> None:
    """Count a change of the tables, behind the lock."""
    forming.version += 1
    forming.save(update_fields=["version"])

"""What stewards do at the desk: move somebody, lock a table, give it a name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from crews import errors
from crews.models import FormingRound, Participant, ProposedCrew, ProposedSeat
from crews.rules.blanks import with_blanks
from crews.rules.moving import MayNot, Move
from crews.rules.moving import move as what_a_move_does
from crews.rules.points import Seeker
from crews.services.seating import (
    SeatedTable,
    Seating,
    changed,
    deciding,
    seating_of,
    still_as_seen,
)
from people.models import Person

# Where somebody can be moved besides a table there is.
NO_SEAT, NEW_TABLE = "none", "new"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which somebody could be moved, and what that does."""

    to: SeatedTable | None
    is_new: bool
    move: Move

    @property
    def may(self) -> bool:
        """Whether it can be done now."""
        return self.move.may and not self.is_locked

    @property
    def is_locked(self) -> bool:
        """Whether its table is locked."""
        return self.to is not None and self.to.proposed.is_locked


def ways(seating: Seating, person: int) -> list[Way]:
    """Every way in which somebody (by id) could be moved: to each table, a new one, none."""
    (mover,) = guarded(seating, [person])
    sits = seating.table_of(person)
    away_from = seating.at(sits) if sits else ()
    found = [
        Way(table, False, what_a_move_does(mover, away_from=away_from, to=seating.at(table)))
        for table in seating.tables
        if table.people and table is not sits
    ]
    if sits is None or len(sits.people) > 1:
        found.append(Way(None, True, what_a_move_does(mover, away_from=away_from, to=())))
    if sits is not None:
        found.append(Way(None, False, what_a_move_does(mover, away_from=away_from)))
    return found


def guarded(seating: Seating, people: Iterable[int]) -> list[Seeker]:
    """People (by id) with their blanks: a refusal must not show by what cannot be."""
    gathered = seating.gathered
    key = salted_hmac("crews.blanks", str(gathered.forming.pk), algorithm="sha256").digest()
    together = set(_together(seating))
    return [
        with_blanks(gathered.seekers[person], gathered.seekers, key, together) for person in people
    ]


def _together(seating: Seating) -> Iterator[frozenset[int]]:
    """Pairs whom a drawing put at one table, or who sit at one now."""
    person_of = {one.pk: person for person, one in seating.gathered.participants.items()}
    for table in seating.tables:
        drawn = [person_of[one] for one in table.proposed.drawn if one in person_of]
        for people in (drawn, table.people):
            yield from (frozenset(pair) for pair in combinations(people, 2))


@transaction.atomic
def move_to(
    *, forming: FormingRound, by: Person, version: int, participant: Participant, to: str
) -> Move | None:
    """Seat somebody at a table (its number), at a new one ("new"), or nowhere ("none").

    Returns what it did, None when they sit there already: whoever presses twice moves once.
    Raises NotAllowed, NotBeingSet, BeingDrawn, TablesChanged, TableLocked, TableFull, DoesNotFit.
    """
    forming = deciding(forming, by)
    seating = seating_of(forming)
    person = participant.person_id
    if person not in seating.gathered.seekers:
        raise errors.TablesChanged
    sits = seating.table_of(person)
    if to == (str(sits.proposed.pk) if sits else NO_SEAT):
        return None
    still_as_seen(forming, version)
    target = next((one for one in seating.tables if str(one.proposed.pk) == to), None)
    if target is None and to not in {NO_SEAT, NEW_TABLE}:
        raise errors.TablesChanged
    if any(one and one.proposed.is_locked for one in (sits, target)):
        raise errors.TableLocked
    done = _what_it_does(seating, person, sits, target, to)
    if done.may_not is not None:
        raise {
            MayNot.FULL: errors.TableFull,
            MayNot.DOES_NOT_FIT: errors.DoesNotFit,
        }[done.may_not]
    _reseat(forming, participant, sits, target, to)
    changed(forming)
    return done


def _what_it_does(
    seating: Seating, person: int, sits: SeatedTable | None, target: SeatedTable | None, to: str
) -> Move:
    (mover,) = guarded(seating, [person])
    away_from = seating.at(sits) if sits else ()
    joined = None if to == NO_SEAT else seating.at(target) if target else ()
    return what_a_move_does(mover, away_from=away_from, to=joined)


def _reseat(
    forming: FormingRound,
    participant: Participant,
    sits: SeatedTable | None,
    target: SeatedTable | None,
    to: str,
) -> None:
    ProposedSeat.objects.filter(participant=participant, proposed__round=forming).delete()
    # A table that a drawing set stays when its last one is moved, so that they can go back.
    if sits and len(sits.people) == 1 and not sits.proposed.drawn:
        sits.proposed.delete()
    if to == NO_SEAT:
        return
    last = forming.proposed.order_by("position").values_list("position", flat=True).last()
    table = (
        target.proposed
        if target
        else ProposedCrew.objects.create(round=forming, position=(last or 0) + 1)
    )
    ProposedSeat.objects.create(proposed=table, participant=participant)


@transaction.atomic
def lock_table(
    *, table: ProposedCrew, by: Person, version: int, locked: bool = True
) -> ProposedCrew:
    """Lock a table, so that drawing again leaves it as it is; or unlock it.

    Raises as `move_to`, and TablesDoNotHold for one that would be no crew.
    """
    forming = deciding(table.round, by)
    table = ProposedCrew.objects.get(pk=table.pk)
    if table.is_locked == locked:
        return table
    still_as_seen(forming, version)
    if locked:
        seating = seating_of(forming)
        if not any(one.proposed == table and seating.holds(one) for one in seating.tables):
            raise errors.TablesDoNotHold
    table.locked_at = timezone.now() if locked else None
    table.save(update_fields=["locked_at"])
    changed(forming)
    return table


@transaction.atomic
def name_table(*, table: ProposedCrew, by: Person, version: int, name: str) -> ProposedCrew:
    """Give a table a name; "" for the one that its hour gives. Raises as `lock_table`."""
    forming = deciding(table.round, by)
    table = ProposedCrew.objects.get(pk=table.pk)
    if table.name == name:
        return table
    still_as_seen(forming, version)
    table.name = name
    table.save(update_fields=["name"])
    changed(forming)
    return table

"""Publishing a round's tables: from then on everybody reads theirs, and answers."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from crews import errors
from crews.models import FormingRound, ProposedCrew, ProposedSeat
from crews.services.seating import (
    SeatedTable,
    Seating,
    changed,
    deciding,
    seating_of,
    still_as_seen,
)
from crews.showing.wording import names_for
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person
from people.time_zones import zone_info

SEAT, NO_SEAT = "crews.seat_proposed", "crews.no_seat_yet"


@transaction.atomic
def publish(*, forming: FormingRound, by: Person, version: int) -> FormingRound:
    """Tell everybody their table, or why there is none for them yet. There is no way back.

    Raises NotAllowed, NotBeingSet, BeingDrawn, TablesChanged, NothingToPublish, TablesDoNotHold.
    """
    forming = deciding(forming, by)
    still_as_seen(forming, version)
    now = timezone.now()
    seating = seating_of(forming, now)
    tables = [one for one in seating.tables if one.people]
    if not tables:
        raise errors.NothingToPublish
    if not all(seating.holds(one) for one in tables):
        raise errors.TablesDoNotHold
    forming.proposed.exclude(pk__in=[one.proposed.pk for one in tables]).delete()
    _name(seating, tables)
    forming.published_at = now
    forming.answers_due = now + timedelta(days=forming.days_to_answer)
    forming.save(update_fields=["published_at", "answers_due"])
    changed(forming)
    _tell(seating, tables)
    return forming


def names_of(seating: Seating, tables: Sequence[SeatedTable]) -> list[str]:
    """What the tables are called: as stewards named them, else by their hour where the round is."""
    zone = zone_info(seating.gathered.forming.time_zone)
    by_hour = names_for([seating.starts_at(one) for one in tables], zone)
    return [one.proposed.name or name for one, name in zip(tables, by_hour, strict=True)]


def _name(seating: Seating, tables: Sequence[SeatedTable]) -> None:
    for table, name in zip(tables, names_of(seating, tables), strict=True):
        table.proposed.name = name
    ProposedCrew.objects.bulk_update([one.proposed for one in tables], ["name"])


def _tell(seating: Seating, tables: Sequence[SeatedTable]) -> None:
    forming = seating.gathered.forming
    seats = ProposedSeat.objects.kept().filter(proposed__in=[one.proposed for one in tables])
    # Of those whose hand came down meanwhile nothing is left.
    seats.exclude(participant__person__in=seating.gathered.seekers).delete()
    seats.update(told_at=forming.published_at or timezone.now())
    owe_all(
        Notice(kind=SEAT, key=f"seat {seat.pk}", person=seat.participant.person, ref=seat.pk)
        for seat in seats.select_related("participant__person")
    )
    unplaced = [seating.gathered.participants[seeker.id] for seeker in seating.unplaced]
    key = f"round {forming.pk}"
    owe_all(Notice(kind=NO_SEAT, key=key, person=one.person, ref=one.pk) for one in unplaced)

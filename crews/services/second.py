"""What a second proposal looks at and comes to: read, searched, not yet written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from circles.models import Membership
from circles.scales import Scale
from crews.models import Crew, FormingRound, Participant, ProposedSeat
from crews.rules.points import Seeker, shared_slots
from crews.rules.proposing import Locked, propose
from crews.services.seekers import first_week, seekers_of
from crews.showing.wording import names_for
from people.models import Person
from people.time_zones import zone_info
from practice.rules import slots
from practice.rules.shared_hours import Member

SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Table:
    """A new table, with a name; people are ids."""

    name: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """A seat in a crew that has begun, for somebody (id)."""

    crew: Crew
    person: int


@dataclass(frozen=True, slots=True)
class Second:
    """What is proposed to whom. `pool` is everybody it was about, by the person's id."""

    pool: dict[int, Participant]
    sizes: dict[int, int]
    tables: Sequence[Table]
    hands: Sequence[Hand]

    def still_holds(self, forming: FormingRound) -> bool:
        """Whether the same people still look for a seat, and the crews are as they were."""
        pool = set(without_a_seat(forming).values_list("person", flat=True))
        sizes = {crew.pk: crew.size for crew in _open_crews(forming)}
        return pool == self.pool.keys() and sizes == self.sizes


def without_a_seat(forming: FormingRound) -> QuerySet[Participant]:
    """Those who want a seat and have none: their table did not come about, or they had none.

    Not those who have stepped out, did not answer, or have sat down somewhere since.
    """
    own = ProposedSeat.objects.filter(participant=OuterRef("pk"))
    sat_down = Membership.objects.present().filter(
        person=OuterRef("person"),
        scale=Scale.CREW,
        circle__parent=forming.congregation_id,
        joined_at__gte=forming.published_at,
    )
    return (
        forming.participants.up()
        .filter(~Exists(own.exclude(answer=ProposedSeat.Answer.FREED)), ~Exists(sat_down))
        .select_related("person")
        .order_by("raised_at", "pk")
    )


def second_proposal(forming: FormingRound, now: datetime) -> Second:
    """Search for seats around the crews that have begun; whoever sits there is not moved."""
    pool = {one.person_id: one for one in without_a_seat(forming)}
    crews = list(_open_crews(forming))
    tables = _tables(crews)
    begins = first_week(forming, now)
    seekers = _seekers(forming, pool, tables, begins)
    locked = [
        Locked(people, may_grow=True, seats=crew.seats)
        for crew, people in tables
        # A table with an hour for all; else nobody could join it.
        if shared_slots([seekers[one] for one in people])
    ]
    found = propose(list(seekers.values()), seed=forming.pk, seconds=SECONDS, locked=locked)
    sitting = {person: crew for crew, people in tables for person in people}
    new, hands = [], []
    for people in found.crews:
        crew = next((sitting[one] for one in people if one in sitting), None)
        if crew is None:
            new.append(people)
        else:
            hands += [Hand(crew, one) for one in people if one in pool]
    sizes = {crew.pk: crew.size for crew in crews}
    return Second(pool, sizes, _named(new, pool, seekers, forming, begins), hands)


def _open_crews(forming: FormingRound) -> QuerySet[Crew]:
    return Crew.objects.for_newcomers().filter(parent=forming.congregation_id).order_by("pk")


def _tables(crews: Sequence[Crew]) -> list[tuple[Crew, frozenset[int]]]:
    """Each crew with its people. Of two that share somebody the first is asked."""
    seated: dict[int, set[int]] = {crew.pk: set() for crew in crews}
    present = Membership.objects.present().filter(circle__in=seated).order_by("pk")
    for circle, person in present.values_list("circle", "person"):
        seated[circle].add(person)
    tables = []
    taken: set[int] = set()
    for crew in crews:
        if seated[crew.pk] and not seated[crew.pk] & taken:
            taken |= seated[crew.pk]
            tables.append((crew, frozenset(seated[crew.pk])))
    return tables


def _seekers(
    forming: FormingRound,
    pool: dict[int, Participant],
    tables: Sequence[tuple[Crew, frozenset[int]]],
    begins: datetime,
) -> dict[int, Seeker]:
    """The pool and all who sit, by the hours of their hand in the round, else by their own."""
    ids = {*pool, *(person for _, people in tables for person in people)}
    hands = {one.person_id: one for one in forming.participants.filter(person__in=ids)}
    members, interests = [], {}
    for person in Person.objects.filter(pk__in=ids).order_by("pk"):
        hand = hands.get(person.pk)
        said = hand.hours if hand else person.suitable_hours
        zone = hand.time_zone if hand else person.time_zone
        members.append(Member(person.pk, zone_info(zone), frozenset(said)))
        interests[person.pk] = hand.interests if hand else []
    return seekers_of(members, interests, begins, forming.minutes)[0]


def _named(
    new: Sequence[tuple[int, ...]],
    pool: dict[int, Participant],
    seekers: dict[int, Seeker],
    forming: FormingRound,
    begins: datetime,
) -> list[Table]:
    moments = []
    for people in new:
        shared = shared_slots([seekers[one] for one in people])
        zones = [zone_info(pool[one].time_zone) for one in people]
        slot = slots.best(shared, zones, begins, forming.minutes)
        moments.append(None if slot is None else slots.moment_of(slot, begins))
    names = names_for(moments, zone_info(forming.time_zone))
    return [Table(name, people) for name, people in zip(names, new, strict=True)]

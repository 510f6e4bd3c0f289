"""Which open seats fit whom, and why: read and reckoned, nothing is written.

Nobody who sits is ever moved, and no seat is shown at a table where anybody would rather not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from circles.models import Circle, Membership
from crews.models import Crew, Participant, SeatOffer
from crews.models.round import USUAL_MINUTES
from crews.rules.latecomers import OpenTable, Seat, seats_for_each
from crews.rules.points import Seeker, shared_slots
from crews.services.seekers import seekers_of
from people.models import Person
from practice.hours import member_of
from practice.rules import slots

MOST_CREWS = 60
MOST_FITS = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """A seat at a crew's table that fits somebody: the hour that all share, and what else.

    `interests` are those of the newcomer with the people at the table who chose them, too;
    `met` are those at the table whom the newcomer knows.
    """

    crew: Crew
    people: tuple[Person, ...]
    newcomer: Person
    at: datetime | None
    interests: Mapping[str, tuple[Person, ...]]
    met: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _Tables:
    """Crews with their people, and everybody as the rules see them."""

    crews: dict[int, Crew]
    people: dict[int, list[Person]]
    seekers: dict[int, Seeker]
    begins: datetime

    def open(self) -> list[OpenTable]:
        """As the rules know them."""
        return [
            OpenTable(
                pk,
                tuple(self.seekers[one.pk] for one in self.people.get(pk, [])),
                crew.seats - len(self.people.get(pk, [])),
            )
            for pk, crew in self.crews.items()
        ]

    def fit(self, crew: int, newcomer: Person) -> Fit:
        """Why the newcomer fits, in facts."""
        people, one = self.people.get(crew, []), self.seekers[newcomer.pk]
        shared = shared_slots([one, *(self.seekers[other.pk] for other in people)])
        zones = [newcomer.zone, *(other.zone for other in people)]
        slot = slots.best(shared, zones, self.begins, USUAL_MINUTES)
        return Fit(
            crew=self.crews[crew],
            people=tuple(people),
            newcomer=newcomer,
            at=None if slot is None else slots.moment_of(slot, self.begins),
            interests={
                str(interest): same
                for interest in sorted(one.interests, key=str)
                if (same := tuple(p for p in people if interest in self.seekers[p.pk].interests))
            },
            met=tuple(other for other in people if other.pk in one.met),
        )


def fits_for(
    newcomers: Collection[Person], congregations: Iterable[Circle | int], now: datetime
) -> dict[int, list[Fit]]:
    """For each (by id) the few seats that fit best in crews that take newcomers.

    Not those they have said no to, and not where their hand is up. The number of queries does
    not depend on how many people or crews there are.
    """
    crews = Crew.objects.for_newcomers().filter(parent__in=congregations)
    tables = _tables(crews.select_related("parent").fullest_first()[:MOST_CREWS], newcomers, now)
    refused = _refused(newcomers)
    open_tables = tables.open()
    seats = seats_for_each([tables.seekers[one.pk] for one in newcomers], open_tables)
    return {
        one.pk: [
            tables.fit(seat.table, one)
            for seat in _allowed(one, seats[one.pk], tables, refused[one.pk])[:MOST_FITS]
        ]
        for one in newcomers
    }


def fit_of(newcomer: Person, crew: Crew, now: datetime) -> Fit:
    """What speaks for somebody at a crew's table, whether there is room or not."""
    return _tables([crew], [newcomer], now).fit(crew.pk, newcomer)


def _allowed(
    newcomer: Person, seats: Sequence[Seat], tables: _Tables, refused: set[int]
) -> list[Seat]:
    return [
        seat
        for seat in seats
        if seat.table not in refused
        and speaks_with(newcomer, tables.crews[seat.table], tables.people[seat.table])
    ]


def speaks_with(newcomer: Person, crew: Crew, people: Sequence[Person]) -> bool:
    """Whether there is a language for all; who has not said theirs is in nobody's way."""
    spoken = [set(one.languages) for one in (newcomer, *people) if one.languages]
    if crew.languages:
        spoken = [set(crew.languages), set(newcomer.languages or crew.languages)]
    return not spoken or bool(set.intersection(*spoken))


def _refused(newcomers: Collection[Person]) -> dict[int, set[int]]:
    """Crews not to be shown to each: they said no, or have asked there already."""
    refused: dict[int, set[int]] = defaultdict(set)
    offers = SeatOffer.objects.filter(person__in=newcomers).exclude(
        answer__in=[SeatOffer.Answer.WAITING, SeatOffer.Answer.GONE]
    )
    for person, crew in offers.values_list("person", "crew"):
        refused[person].add(crew)
    return refused


def _tables(crews: Iterable[Crew], newcomers: Collection[Person], now: datetime) -> _Tables:
    by_pk = {crew.pk: crew for crew in crews}
    people: dict[int, list[Person]] = defaultdict(list)
    everybody = {one.pk: one for one in newcomers}
    for seat in Membership.objects.present().filter(circle__in=by_pk).at_table():
        people[seat.circle_id].append(seat.person)
        everybody.setdefault(seat.person_id, seat.person)
    begins = slots.week_after(now)
    members = [member_of(one) for one in everybody.values()]
    seekers, _ = seekers_of(members, _interests(everybody), begins, USUAL_MINUTES)
    return _Tables(by_pk, people, seekers, begins)


def _interests(people: Iterable[int]) -> dict[int, list[str]]:
    """What each chose when they last raised a hand in a round."""
    hands = Participant.objects.filter(person__in=people).order_by("raised_at", "pk")
    return dict(hands.values_list("person", "interests"))

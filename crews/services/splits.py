"""A table becomes two: proposing it, choosing where to sit, calling it off."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.errors import NotAllowed
from circles.models import JoinRequest, Membership
from circles.scales import Scale
from circles.services import present
from crews import errors
from crews.models import Crew, Split, SplitPlace
from crews.rules import splitting
from crews.services.diners import diners_of, ties_of
from crews.services.parting import part_in_two, tell_tables
from crews.services.tables import changing
from crews.services.turning_away import turn_hands_away
from people.models import Person


@dataclass(frozen=True, slots=True)
class Tables:
    """An open split with the places of all who are still in it, by the person's id."""

    split: Split
    places: dict[int, SplitPlace]

    def size(self, table: int) -> int:
        """How many would sit at a table."""
        return sum(place.table == table for place in self.places.values())

    def may_go_over(self, place: SplitPlace) -> bool:
        """Whether somebody may change tables without another in return."""
        return splitting.may_change(self.size(place.table), self.size(3 - place.table))

    @property
    def is_seated(self) -> bool:
        """Whether both tables have a crew's size."""
        return splitting.may_happen(self.size(1), self.size(2))

    @property
    def suits_all(self) -> bool:
        """Whether everybody has said so."""
        return all(place.suits_since for place in self.places.values())


def tables_of(split: Split) -> Tables:
    """Who is still in it: those who sit in the crew, and the seventh while their hand is up."""
    seated = Membership.objects.present().filter(circle=split.crew_id)
    inside = set(seated.values_list("person_id", flat=True))
    places = split.places.select_related("person").order_by("table", "person__name", "pk")
    found = {place.person_id: place for place in places}
    outside = set(found) - inside
    if outside:
        up = JoinRequest.objects.waiting().filter(circle=split.crew_id, person__in=outside)
        inside |= set(up.values_list("person_id", flat=True))
    return Tables(split, {one: place for one, place in found.items() if one in inside})


def place_at_two_tables(crew: Crew, person: Person) -> SplitPlace | None:
    """The person's place where two tables are laid; None where there are none."""
    split = Split.objects.open().filter(crew=crew).first()
    return tables_of(split).places.get(person.pk) if split else None


@transaction.atomic
def open_split(*, crew: Crew, by: Person, seventh: Person | None = None) -> Split:
    """Propose to become two; the others, and the seventh whose hand is up, are told by mail.

    Raises NotAllowed (also for a seventh whose hand is not up), CircleClosed, TooFewForTwo,
    AlreadySplitting.
    """
    crew = changing(crew, by)
    people = [seat.person for seat in crew.memberships.present().at_table()]
    if seventh is not None:
        if not JoinRequest.objects.waiting().filter(circle=crew, person=seventh).exists():
            raise NotAllowed
        people.append(seventh)
    if len(people) < splitting.LEAST_FOR_TWO:
        raise errors.TooFewForTwo
    split = _new(crew, by, seventh)
    first, _second = splitting.propose(diners_of(people, timezone.now()), ties_of(crew, people))
    SplitPlace.objects.bulk_create(
        SplitPlace(split=split, person=person, table=1 if person.pk in first else 2)
        for person in people
    )
    tell_tables(split, people, "opened", besides=by)
    return split


def _new(crew: Crew, by: Person, seventh: Person | None) -> Split:
    try:
        with transaction.atomic():
            return Split.objects.create(
                crew=crew,
                opened_by=by,
                seventh=seventh,
                first_name=crew.name,
                second_name=_("{crew}, second table").format(crew=crew.name[:60]),
            )
    except IntegrityError as error:
        raise errors.AlreadySplitting from error


@transaction.atomic
def change_table(*, split: Split, by: Person) -> bool:
    """Go over to the other table; whether that was possible at once.

    Where it would leave too few, the wish is kept: it comes true as soon as somebody changes
    the other way. Nobody's “this suits me” is taken back; the page shows who has moved since.
    Raises NotAllowed, NoSplit.
    """
    tables, mine = _at(split, by)
    if tables.may_go_over(mine):
        _move(mine)
    elif other := _who_waits(tables, 3 - mine.table):
        _move(mine)
        _move(other)
    else:
        mine.would_change_since = mine.would_change_since or timezone.now()
        mine.save(update_fields=["would_change_since"])
        return False
    _let_waiting_go(tables)
    return True


@transaction.atomic
def stay_here(*, split: Split, by: Person) -> None:
    """Wait no more for somebody to change tables with. Raises NotAllowed, NoSplit."""
    _tables, mine = _at(split, by)
    mine.would_change_since = None
    mine.save(update_fields=["would_change_since"])


def _move(place: SplitPlace) -> None:
    place.table, place.moved_at, place.would_change_since = 3 - place.table, timezone.now(), None
    place.save(update_fields=["table", "moved_at", "would_change_since"])


def _who_waits(tables: Tables, table: int) -> SplitPlace | None:
    waiting = [one for one in tables.places.values() if one.table == table]
    since = [one for one in waiting if one.would_change_since]
    return min(since, key=lambda one: (one.would_change_since, one.pk), default=None)


def _let_waiting_go(tables: Tables) -> None:
    """Whoever waited to change and can now does; each at most once."""
    for table in (1, 2):
        waiting = _who_waits(tables, table)
        if waiting is not None and tables.may_go_over(waiting):
            _move(waiting)


@transaction.atomic
def say_it_suits(*, split: Split, by: Person, suits: bool = True) -> Crew | None:
    """Say “this suits me”, or take that back. The last to say so makes the two crews: then the
    second one is returned.

    Raises NotAllowed, NoSplit.
    """
    tables, mine = _at(split, by)
    mine.suits_since = timezone.now() if suits else None
    mine.save(update_fields=["suits_since"])
    if not (suits and tables.suits_all and tables.is_seated):
        return None
    return part_in_two(tables.split, list(tables.places.values()))


@transaction.atomic
def name_tables(*, split: Split, by: Person, first_name: str, second_name: str) -> None:
    """Say what the two will be called. Raises NotAllowed, NoSplit."""
    found = _at(split, by)[0].split
    found.first_name, found.second_name = first_name, second_name
    found.save(update_fields=["first_name", "second_name"])


@transaction.atomic
def call_split_off(*, split: Split, by: Person) -> None:
    """Stay one table. Anybody in it may, until it has happened; the others are told.

    Raises NotAllowed, NoSplit.
    """
    tables, _mine = _at(split, by)
    _end(tables, besides=by)


def _end(tables: Tables, *, besides: Person | None) -> None:
    tables.split.ended_at, tables.split.outcome = timezone.now(), Split.Outcome.CALLED_OFF
    tables.split.save(update_fields=["ended_at", "outcome"])
    people = [place.person for place in tables.places.values()]
    tell_tables(tables.split, people, "called_off", besides=besides)


@transaction.atomic
def stay_one_table(*, request: JoinRequest, by: Person) -> None:
    """Answer a hand raised at a full table: it stays as it is. The asker is helped onward.

    Raises NotAllowed, CircleClosed, AlreadySplitting where two tables were laid meanwhile.
    """
    crew = Crew.objects.select_for_update().get(pk=request.circle_id)
    if not present(crew, by):
        raise NotAllowed
    if Split.objects.open().filter(crew=crew).exists():
        raise errors.AlreadySplitting
    turn_hands_away(changing(crew, by), why="closed", by=by, only=request)


def _at(split: Split, by: Person) -> tuple[Tables, SplitPlace]:
    """The open split, its crew locked, and the place of `by` in it."""
    Crew.objects.select_for_update().get(pk=split.crew_id)
    found = Split.objects.open().select_related("crew").filter(pk=split.pk).first()
    if found is None:
        raise errors.NoSplit
    tables = tables_of(found)
    if by.pk not in tables.places:
        raise NotAllowed
    return tables, tables.places[by.pk]


def give_place(seat: Membership) -> None:
    """Whoever sits down while two tables are laid has a place at the smaller one."""
    if seat.scale != Scale.CREW:
        return
    split = Split.objects.open().filter(crew=seat.circle_id).first()
    if split is not None:
        tables = tables_of(split)
        table = 1 if tables.size(1) <= tables.size(2) else 2
        SplitPlace.objects.get_or_create(split=split, person=seat.person, defaults={"table": table})


def give_up_place(seat: Membership) -> None:
    """Whoever leaves the crew is in its split no more; with five there cannot be two tables."""
    split = Split.objects.open().select_related("crew").filter(crew=seat.circle_id).first()
    if split is None:
        return
    split.places.filter(person=seat.person).delete()
    tables = tables_of(split)
    if len(tables.places) < splitting.LEAST_FOR_TWO:
        _end(tables, besides=None)
    else:
        _let_waiting_go(tables)

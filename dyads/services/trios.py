"""Somebody who was left over: three this time where it fits, or first place next time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from circles import services as seats
from circles.errors import NotAllowed
from circles.jobs import each
from circles.models import Circle, Preference
from dyads import errors
from dyads.models import Dyad, PairingRound, Place, ProposedPair, Trio, TrioYes
from dyads.rules.trios import ANSWERED_WITHIN, ASKED_WITHIN, most_hours_first
from dyads.services.introducing import fresh_times
from dyads.services.outcomes import let_go_of
from dyads.services.places import heard
from notifications.services import owe
from pages.registry import Registry
from people.models import Person
from practice.hours import member_of
from practice.models import PracticeSession

ASKED, TOGETHER, APART = "dyads.trio_asked", "dyads.trio_together", "dyads.trio_apart"
# Whose own meetings leave no hour free at all is rare; so many pairs are looked at.
MOST_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Three:
    """Who would sit at a table of three, and the plan of their round."""

    people: Sequence[Person]
    round: PairingRound


# What lays a table for three: an app above knows how, and gives back its circle.
tables: Registry[Callable[[Three], Circle]] = Registry()


def is_choosing(place: Place, now: datetime) -> bool:
    """Whether somebody was left over in a round, not too long ago."""
    published_at = place.round.published_at
    return (
        published_at is not None
        and place.was_in
        and place.pair_id is None
        and now < published_at + ASKED_WITHIN
    )


def fitting(place: Place) -> ProposedPair | None:
    """A pair of the same round with whom somebody left over could be three; None for none.

    All three share an hour of the round's length, and none of them would rather not be with
    another. Why there is none is nobody's to know. Five queries, however many pairs there are,
    and some for the few that are looked at closely.
    """
    now = timezone.now()
    if not is_choosing(place, now) or not Place.objects.up().filter(pk=place.pk).exists():
        return None
    pairs = _open_pairs(place, now)
    fit = {
        number: [member_of(one) for one in people]
        for number, people in _gladly(place.person, pairs).items()
    }
    minutes = place.round.minutes
    ordered = most_hours_first(member_of(place.person), fit, after=now, minutes=minutes)
    for number in ordered[:MOST_LOOKED_AT]:
        if fresh_times([place.person, *pairs[number]], minutes=minutes, now=now):
            return ProposedPair.objects.select_related("dyad").get(pk=number)
    return None


def _open_pairs(place: Place, now: datetime) -> dict[int, list[Person]]:
    """The pairs of the round that still are two, have not met and are asked by nobody else."""
    asked = Trio.objects.filter(pair=OuterRef("pair")).exclude(outcome=Trio.Outcome.APART)
    met = PracticeSession.objects.past(now).filter(circle=OuterRef("pair__dyad"))
    places = Place.objects.up().filter(
        ~Exists(asked),
        ~Exists(met),
        round=place.round_id,
        pair__dyad__isnull=False,
        pair__dyad__closed_at__isnull=True,
    )
    pairs: dict[int, list[Person]] = {}
    for one in places.select_related("person").order_by("pair", "side"):
        pairs.setdefault(one.pair_id or 0, []).append(one.person)
    return {number: people for number, people in pairs.items() if len(people) == 2}


def _gladly(alone: Person, pairs: dict[int, list[Person]]) -> dict[int, list[Person]]:
    """Those pairs in which nobody of the three would rather not, and none is a dyad with them."""
    everybody = [alone.pk, *(one.pk for people in pairs.values() for one in people)]
    refusals = Preference.objects.refusals().among(everybody)
    refused = {frozenset(two) for two in refusals.values_list("by", "whom")}
    dyads = Dyad.objects.open().of(alone)
    others = dyads.filter(memberships__left_at__isnull=True).values_list(
        "memberships__person", flat=True
    )
    known = set(others) - {alone.pk}
    return {
        number: people
        for number, people in pairs.items()
        if known.isdisjoint(one.pk for one in people)
        and refused.isdisjoint(
            frozenset(two)
            for two in (
                (alone.pk, people[0].pk),
                (alone.pk, people[1].pk),
                (people[0].pk, people[1].pk),
            )
        )
    }


@transaction.atomic
def ask_to_be_three(*, place: Place, by: Person) -> Trio | None:
    """Ask a pair that fits to be three; None where none fits, and first place next time stays.

    Asked twice, it is the same question. Raises NotAllowed, CircleClosed, NotLeftOver.
    """
    place = _choosing(place, by)
    if trio := Trio.objects.filter(place=place).first():
        return trio
    trio = _asked(place)
    place.wants = Place.Wants.TRIO if trio else Place.Wants.FIRST
    place.save(update_fields=["wants"])
    heard(person=by, round=place.round)
    return trio


def _asked(place: Place) -> Trio | None:
    pair = fitting(place)
    if pair is None:
        return None
    try:
        with transaction.atomic():
            trio = Trio.objects.create(
                place=place, pair=pair, due_at=timezone.now() + ANSWERED_WITHIN
            )
    except IntegrityError:
        # Somebody else asked this pair at the very same moment; another one may fit.
        return _asked(place)
    for person in two_of(trio):
        owe(kind=ASKED, key=f"trio {trio.pk}", person=person, ref=trio.pk)
    return trio


def _choosing(place: Place, by: Person) -> Place:
    """The place, its congregation locked. Raises NotAllowed, CircleClosed, NotLeftOver."""
    seats.locked(place.round.congregation)
    place = Place.objects.select_related("round__congregation", "person").get(pk=place.pk)
    if place.person != by or not Place.objects.up().filter(pk=place.pk).exists():
        raise NotAllowed
    if not is_choosing(place, timezone.now()):
        raise errors.NotLeftOver
    return place


@transaction.atomic
def take_first_place(*, place: Place, by: Person) -> Place:
    """Rather first place next time; a question to be three that waits is taken back.

    Raises NotAllowed, CircleClosed, NotLeftOver, and TrioDecided once they are three.
    """
    place = _choosing(place, by)
    trio = Trio.objects.filter(place=place).first()
    if trio is not None:
        trio = _locked(trio)
        if trio.outcome == Trio.Outcome.TOGETHER:
            raise errors.TrioDecided
        if trio.decided_at is None:
            _end(trio, besides=by)
    place.wants = Place.Wants.FIRST
    place.save(update_fields=["wants"])
    heard(person=by, round=place.round)
    return place


def two_of(trio: Trio) -> list[Person]:
    """The pair that is asked, by their sides."""
    places = Place.objects.filter(pair=trio.pair_id).select_related("person")
    return [one.person for one in places.order_by("side")]


@transaction.atomic
def answer_trio(*, trio: Trio, by: Person, yes: bool) -> Trio:
    """Say yes or no to being three. With the second yes they are; a no of one ends the question.

    Where one of the three would rather not by now, a yes is kept, and the question ends with its
    day, as one without an answer: an end at the press would tell that somebody refused.

    Raises NotAllowed, and TrioDecided when it was decided already, or its day has passed.
    """
    trio = _locked(trio)
    people = two_of(trio)
    if by not in people:
        raise NotAllowed
    if trio.decided_at is not None or trio.due_at <= timezone.now():
        raise errors.TrioDecided
    heard(person=by, round=trio.place.round)
    if not yes or not _are_there(trio):
        return _end(trio, besides=by if not yes else None)
    TrioYes.objects.get_or_create(trio=trio, person=by)
    if TrioYes.objects.filter(trio=trio, person__in=people).count() == len(people) == 2:
        everybody = [trio.place.person_id, *(one.pk for one in people)]
        if not Preference.objects.refusals().among(everybody).exists():
            _begin(trio, people, by)
    return trio


def _locked(trio: Trio) -> Trio:
    """The question as it is now, behind the locks of its congregation and the dyad asked.

    In that order always: a table that is laid in the congregation holds on to its row, too.
    """
    rounds = PairingRound.objects.filter(places__trio=trio)
    Circle.objects.select_for_update().filter(pk__in=rounds.values("congregation")).first()
    Circle.objects.select_for_update().filter(dyad__proposal=trio.pair_id).first()
    found = Trio.objects.select_for_update(of=("self",)).select_related(
        "place__person", "place__round__congregation", "pair__dyad"
    )
    return found.get(pk=trio.pk)


def _are_there(trio: Trio) -> bool:
    """Whether the two still are a dyad, and all three sit in the congregation."""
    dyad = trio.pair.dyad
    if dyad is None or not dyad.is_open or dyad.memberships.present().count() < 2:
        return False
    three = Q(pair=trio.pair_id) | Q(pk=trio.place_id)
    return trio.place.round.congregation.is_open and Place.objects.up().filter(three).count() == 3


def _begin(trio: Trio, people: Sequence[Person], by: Person) -> None:
    """They are three: a table of their own, and the two's dyad ends without a word more."""
    three = Three([*people, trio.place.person], trio.place.round)
    (lay,) = tables.sources
    trio.crew = lay(three)
    trio.outcome, trio.decided_at = Trio.Outcome.TOGETHER, timezone.now()
    trio.save(update_fields=["crew", "outcome", "decided_at"])
    if trio.pair.dyad is not None:
        seats.close(circle=trio.pair.dyad, by=by)
        let_go_of(trio.pair.dyad, timezone.now())
    for person in three.people:
        heard(person=person, round=three.round)
        owe(kind=TOGETHER, key=f"trio {trio.pk}", person=person, ref=trio.pk)


def _end(trio: Trio, *, besides: Person | None = None) -> Trio:
    """Not this time. All hear the same, but whoever has just said so on the page."""
    trio.outcome, trio.decided_at = Trio.Outcome.APART, timezone.now()
    trio.save(update_fields=["outcome", "decided_at"])
    for person in [trio.place.person, *two_of(trio)]:
        if person != besides:
            owe(kind=APART, key=f"trio {trio.pk}", person=person, ref=trio.pk)
    return trio


def end_trios_where_due(now: datetime) -> int:
    """Questions to be three whose day has come end; returns how many."""
    due = Trio.objects.filter(decided_at__isnull=True, due_at__lte=now)
    return sum(each(_end_when_due, trio, now) for trio in due.order_by("pk"))


@transaction.atomic
def _end_when_due(trio: Trio, now: datetime) -> bool:
    trio = _locked(trio)
    if trio.decided_at is not None or trio.due_at > now:
        return False
    _end(trio)
    return True

"""Somebody left over, and the pair that is asked to be three: what each of them finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Circle
from circles.scales import Scale
from dyads.models import Place, Trio
from dyads.rules.trios import ASKED_WITHIN
from dyads.services.introducing import fresh_times
from dyads.services.trios import fitting, is_choosing, two_of
from dyads.showing.now import DyadNow
from pages.registry import Waiting
from pages.sections import Step
from people.languages import names
from people.models import Person
from practice.showing.meetings import Place as Wall
from practice.showing.meetings import places

MOST_WAITING = 2
Outcome = Trio.Outcome


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What somebody left over finds on the round's page.

    `state` is "choose" (a pair fits), "asked" (it is asked until `due_at`), "together" (the
    table is `crew`), or "first": first place next time, said so or not.
    """

    place: Place
    state: str
    due_at: datetime | None = None
    crew: Circle | None = None
    # Whether a pair was asked and it did not come about.
    was_asked: bool = False


def left_over(place: Place | None) -> LeftOver | None:
    """What the reader may choose, whose place in a published round this is."""
    if place is None or not (place.was_in and place.pair_id is None):
        return None
    trio = Trio.objects.filter(place=place).select_related("crew").first()
    if trio is None:
        waits = place.wants != Place.Wants.FIRST and is_choosing(place, timezone.now())
        return LeftOver(place, "choose" if waits and fitting(place) else "first")
    if trio.outcome == Outcome.NONE:
        return LeftOver(place, "asked", due_at=trio.due_at)
    if trio.outcome == Outcome.TOGETHER:
        return LeftOver(place, "together", crew=trio.crew)
    return LeftOver(place, "first", was_asked=True)


@dataclass(frozen=True, slots=True)
class Hour:
    """A time that would suit all three; `elsewhere` are walls that show another."""

    at: datetime
    elsewhere: Sequence[Wall]


@dataclass(frozen=True, slots=True)
class TrioPage:
    """The question to a pair, for one of the two. `state`: "open", "said_yes", "together",
    "apart"."""

    trio: Trio
    third: Person
    other: Person
    state: str
    hours: Sequence[Hour]
    languages: Sequence[str]


def trio_page(trio: Trio, reader: Person) -> TrioPage:
    """What somebody of the pair reads; who said what stays with whoever said it."""
    now, third = timezone.now(), trio.place.person
    people = two_of(trio)
    other = next(one for one in people if one != reader)
    state = _state(trio, reader, now)
    is_open = state in {"open", "said_yes"}
    minutes = trio.place.round.minutes
    moments = fresh_times([*people, third], minutes=minutes, now=now) if is_open else []
    spoken = [
        code for code in reader.languages if code in third.languages and code in other.languages
    ]
    return TrioPage(
        trio=trio,
        third=third,
        other=other,
        state=state,
        hours=[Hour(at, _elsewhere(at, [third, other], reader)) for at in moments],
        languages=names(spoken),
    )


def _state(trio: Trio, reader: Person, now: datetime) -> str:
    if trio.outcome == Outcome.TOGETHER:
        return "together"
    if trio.outcome == Outcome.APART or trio.due_at <= now:
        return "apart"
    return "said_yes" if trio.yeses.filter(person=reader).exists() else "open"


def _elsewhere(at: datetime, others: Sequence[Person], reader: Person) -> list[Wall]:
    here = at.astimezone(reader.zone).utcoffset()
    walls = places(at, others, reader)
    different = [wall for wall in walls if wall.local.utcoffset() != here]
    return list({wall.city: wall for wall in different}.values())


def to_be_three(now: DyadNow) -> Step | None:
    """On the page of the two: somebody would like to be the third, and waits for the reader."""
    if not now.is_complete:
        return None
    trio = _waiting_for(now.reader).filter(pair__dyad=now.dyad).first()
    if trio is None:
        return None
    return Step(
        heading=_("{who} would like to be your third").format(who=trio.place.person.first_name),
        words=_("It needs a yes of each of you two. A no needs no reason."),
        url=reverse("dyads:trio", args=[trio.pk]),
        action=_("Look at it"),
    )


def trios_wait(person: Person) -> Iterator[Waiting]:
    """On Today: somebody asks the reader and their partner to be three, or the reader was left
    over and may choose. One query; more only for somebody who was left over and has not chosen."""
    asked = _waiting_for(person).order_by().annotate(at=F("due_at"), is_left_over=Value(False))
    left = _has_not_chosen(person).annotate(at=F("round__published_at"), is_left_over=Value(True))
    rows = asked.values_list("is_left_over", "at", "pk", "place__person__name").union(
        left.values_list("is_left_over", "at", "pk", "person__name")
    )
    for is_left_over, _at, pk, name in rows.order_by("is_left_over", "at")[: MOST_WAITING + 1]:
        if is_left_over:
            yield from _choice(pk)
            continue
        yield Waiting(
            scale=Scale.DYAD,
            heading=_("{who} would like to be your third").format(who=name),
            words=_(
                "{who} was left over in the pairing. It needs a yes of each of you two."
            ).format(who=name.split(" ", 1)[0]),
            url=reverse("dyads:trio", args=[pk]),
            action=_("Look at it"),
            asks=True,
        )


def _has_not_chosen(person: Person) -> QuerySet[Place]:
    """The reader's places of the last rounds with whom nobody was paired."""
    since = timezone.now() - ASKED_WITHIN
    return Place.objects.left_over().filter(
        person=person, wants="", trio__isnull=True, round__published_at__gt=since
    )


def _choice(pk: int) -> Iterator[Waiting]:
    """Three or first next time, where there is a pair to ask; else nothing waits."""
    place = Place.objects.select_related("person", "round__congregation").get(pk=pk)
    if fitting(place) is None:
        return
    yield Waiting(
        scale=Scale.DYAD,
        heading=_("Three this time, or first next time?"),
        words=_("In {circle} nobody was left to pair you with. A pair could make room.").format(
            circle=place.round.congregation
        ),
        url=place.round.get_absolute_url(),
        action=_("Choose"),
        in_letter=False,
    )


def _waiting_for(person: Person) -> QuerySet[Trio]:
    return (
        Trio.objects.filter(
            outcome=Outcome.NONE,
            due_at__gt=timezone.now(),
            pair__places__person=person,
            pair__dyad__closed_at__isnull=True,
        )
        .exclude(yeses__person=person)
        .select_related("place__person")
        .order_by("due_at")
    )

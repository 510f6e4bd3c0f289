"""What pairing has for Today, a congregation's page, and a steward's pulse."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from circles.scales import Scale
from circles.seats import seats_of
from congregation.models import Congregation
from congregation.pulse import MOST as MOST_PULSE
from congregation.pulse import Need, PulseRow
from congregation.showing.parts import Part
from dyads.models import Openness, PairingRhythm, PairingRound, Place, TakingPart
from dyads.rules.rounds import Standing, standing
from dyads.services.places import dyads_and_most
from pages.registry import Waiting
from people.models import Person

MOST = 3
State = PairingRound.State


def rounds_going_on(person: Person, congregations: Iterable[int]) -> list[Any]:
    """Rounds going on in these congregations, with what the person said to each (`answer`, None
    without a place; `must_say_yes`, `is_full`) and until when they pause (`paused_until`)."""
    mine = Place.objects.filter(round=OuterRef("pk"), person=person)
    full = mine.annotate(**dyads_and_most()).filter(Q(("has__gte", F("at_most"))))
    paused = Openness.objects.filter(person=person).values("paused_until")
    rounds = PairingRound.objects.going_on().filter(congregation__in=list(congregations))
    return list(
        rounds.annotate(
            answer=Subquery(mine.values("answer")),
            must_say_yes=Exists(mine.filter(must_say_yes=True)),
            is_full=Exists(full),
            paused_until=Subquery(paused),
        )
        .select_related("congregation")
        .order_by("pairs_at", "pk")[:MOST]
    )


def _standing(round: Any) -> Standing:
    return standing(
        answer=round.answer,
        must_say_yes=round.must_say_yes,
        is_full=round.is_full,
        paused_until=round.paused_until,
        pairing_day=round.pairing_day,
    )


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l j F")


# --- Today ----------------------------------------------------------------------------------


def pairing_waits(person: Person) -> Iterator[Waiting]:
    """For Today: a round that waits for the reader's word, or pairs that wait for a steward."""
    seats = [one for one in seats_of(person) if one.scale == Scale.CONGREGATION]
    seats = [one for one in seats if one.circle.is_open]
    if not seats:
        return
    stewarded = {one.circle_id for one in seats if one.is_steward}
    now = timezone.now()
    for round in rounds_going_on(person, [one.circle_id for one in seats]):
        state = round.state(now)
        waits = None
        if state == State.OPEN:
            waits = _asks(round, person)
        elif state == State.PROPOSED and round.congregation_id in stewarded:
            waits = _to_publish(round)
        if waits:
            yield waits


def pairing_comes(person: Person) -> list[Waiting]:
    """For the page of one's dyads: rounds that ask the reader or count on them. One query."""
    places = [one.circle_id for one in seats_of(person) if one.scale == Scale.CONGREGATION]
    now, news = timezone.now(), []
    for round in rounds_going_on(person, places) if places else ():
        if round.state(now) != State.OPEN:
            continue
        if asks := _asks(round, person):
            news.append(asks)
        elif _standing(round) == Standing.SAID_YES:
            news.append(
                Waiting(
                    scale=Scale.DYAD,
                    heading=_("You’ll be paired on {day}").format(day=_day(round.pairs_at)),
                    words=_("You are in. You can still change your mind until then."),
                    url=round.get_absolute_url(),
                    action=_("Look at it"),
                )
            )
    return news


def _asks(round: Any, person: Person) -> Waiting | None:
    """Whoever is in it without a word is told; the others are asked; who has said it, is not."""
    day = _day(round.pairs_at)
    headings = {
        Standing.COUNTED_IN: _("You’ll be paired on {day}").format(day=day),
        Standing.MUST_SAY_YES: _("Shall we pair you this time?"),
        Standing.INVITED: _("Would you like to be paired with somebody?"),
    }
    words = {
        Standing.COUNTED_IN: _("If it does not suit you this time, skip it."),
        Standing.MUST_SAY_YES: _("{circle} pairs people on {day}. A yes is enough.").format(
            circle=round.congregation, day=day
        ),
        Standing.INVITED: _("{circle} pairs people on {day}.").format(
            circle=round.congregation, day=day
        ),
    }
    found = _standing(round)
    if found == Standing.SAID_YES and not person.suitable_hours:
        heading = _("You’ll be paired on {day}, and we do not know your hours").format(day=day)
        said = _("Without them we can find nobody for you.")
    elif found in headings:
        heading, said = headings[found], words[found]
    else:
        return None
    return Waiting(
        scale=Scale.DYAD,
        heading=heading,
        words=said,
        url=round.get_absolute_url(),
        action=_("Look at it") if found == Standing.COUNTED_IN else _("Answer"),
    )


def _to_publish(round: Any) -> Waiting:
    return Waiting(
        scale=Scale.DYAD,
        heading=_("The pairs for {circle} are found").format(circle=round.congregation),
        words=_publishing_in_words(round),
        url=round.get_absolute_url(),
        action=_("Look at the pairs"),
    )


def _publishing_in_words(round: PairingRound) -> str:
    if round.publishes_at is None:
        return _("They wait until a steward publishes them.")
    local = timezone.localtime(round.publishes_at)
    return _("They publish themselves on {day} at {time}.").format(
        day=date_format(local, "l j F"), time=date_format(local, "H:i")
    )


# --- the pulse ------------------------------------------------------------------------------


def pairs_to_publish(congregations: Collection[int]) -> Iterator[PulseRow]:
    """Pairs that a steward may look at and publish, the oldest first."""
    proposed = (
        PairingRound.objects.going_on()
        .filter(congregation__in=congregations, proposed_at__isnull=False)
        .filter(publish_pressed_at__isnull=True)
        .select_related("congregation")
        .order_by("proposed_at", "pk")
    )
    for round in proposed[:MOST_PULSE]:
        yield PulseRow(
            need=Need.PAIRS_WAIT,
            since=round.proposed_at or round.pairs_at,
            heading=_("The pairs for {circle} are found").format(circle=round.congregation),
            words=_publishing_in_words(round),
            url=round.get_absolute_url(),
            action=_("Look at the pairs"),
        )


# --- a congregation's page ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PairingShown:
    """Pairing as a congregation's page tells of it: the round that goes on, else what comes."""

    congregation: Congregation
    round: PairingRound | None
    state: PairingRound.State | None
    standing: Standing | None
    is_steward: bool
    takes_part: bool = False
    next_at: datetime | None = None


def pairing_part(congregation: Congregation, reader: Person, is_steward: bool) -> Part | None:
    """For a congregation's page: the open round in one press; else how to be paired. One query,
    or two when a round goes on."""
    if not congregation.is_open:
        return None
    taking = TakingPart.objects.now().filter(congregation=OuterRef("pk"), person=reader)
    rhythm = PairingRhythm.objects.filter(congregation=OuterRef("pk"), ended_at__isnull=True)
    goes_on = PairingRound.objects.going_on().filter(congregation=OuterRef("pk"))
    takes_part, next_at, is_going_on = (
        Congregation.objects.filter(pk=congregation.pk)
        .annotate(
            takes=Exists(taking), next_at=Subquery(rhythm.values("next_at")), on=Exists(goes_on)
        )
        .values_list("takes", "next_at", "on")
        .get()
    )
    for round in rounds_going_on(reader, [congregation.pk]) if is_going_on else ():
        state = round.state(timezone.now())
        shown = PairingShown(congregation, round, state, _standing(round), is_steward)
        return Part("dyads/_round_news.html", shown, is_news=True)
    shown = PairingShown(
        congregation, None, None, None, is_steward, takes_part=takes_part, next_at=next_at
    )
    return Part("dyads/_pairing.html", shown)

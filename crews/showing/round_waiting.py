"""What rounds have for Today, and for a congregation's page. One query, or two for a steward."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle
from circles.scales import Scale
from circles.seats import seats_of
from congregation.showing.parts import Part
from crews.models import Drawing, FormingRound, Participant, ProposedCrew
from crews.rules.rounds import FEWEST_HANDS, FRESH
from pages.registry import Waiting
from people.models import Person
from practice.models import PracticeSession

MOST = 3
State = FormingRound.State


def rounds_going_on(person: Person, congregations: Iterable[int]) -> list[Any]:
    """Rounds going on in these congregations, with `hands`, whether the person `has_answered`,
    and whether somebody has begun to set its tables (`is_drawn`)."""
    up = (
        Participant.objects.up()
        .filter(round=OuterRef("pk"))
        .order_by()
        .values("round")
        .annotate(count=Count("pk"))
        .values("count")
    )
    mine = Participant.objects.filter(round=OuterRef("pk"), person=person)
    begun = Exists(Drawing.objects.filter(round=OuterRef("pk"))) | Exists(
        ProposedCrew.objects.filter(round=OuterRef("pk"))
    )
    rounds = FormingRound.objects.going_on().filter(congregation__in=list(congregations))
    return list(
        rounds.annotate(
            hands=Coalesce(Subquery(up, output_field=IntegerField()), 0),
            has_answered=Exists(mine),
            is_drawn=Q(begun),
        )
        .select_related("congregation", "opened_by")
        .order_by("closes_at", "pk")[:MOST]
    )


def rounds_wait(person: Person) -> Iterator[Waiting]:
    """For Today: a round that waits for the reader's word, or for them as a steward."""
    seats = [one for one in seats_of(person) if one.scale == Scale.CONGREGATION]
    seats = [one for one in seats if one.circle.is_open]
    if not seats:
        return
    stewarded = {one.circle_id for one in seats if one.is_steward}
    now = timezone.now()
    for forming in rounds_going_on(person, [one.circle_id for one in seats]):
        waits = _waits(forming, now, is_steward=forming.congregation_id in stewarded)
        if waits:
            yield waits


def _waits(forming: Any, now: datetime, *, is_steward: bool) -> Waiting | None:
    state = forming.state(now)
    if state == State.OPEN and not forming.has_answered:
        return Waiting(
            scale=Scale.CREW,
            heading=_("{round}: would you like a seat in a crew?").format(round=forming),
            words=_("Hands go up until {day}.").format(day=_day(forming.closes_at)),
            url=forming.get_absolute_url(),
            action=_("Look at the round"),
        )
    if state == State.ASKED and is_steward:
        asked = _("{who} would like a round of crews in {circle}")
        return Waiting(
            scale=Scale.CREW,
            heading=asked.format(
                who=forming.opened_by or _("Somebody"), circle=forming.congregation
            ),
            said=forming.words,
            url=forming.get_absolute_url(),
            action=_("Answer"),
        )
    if state == State.DRAWING and is_steward and not forming.is_drawn:
        return Waiting(
            scale=Scale.CREW,
            heading=hands_in_words(forming.hands),
            words=_("{round} is closed, and the tables wait to be set.").format(round=forming)
            if forming.hands >= FEWEST_HANDS
            else _("{round} is closed, and a crew begins with three.").format(round=forming),
            url=forming.get_absolute_url(),
            action=_("Set the tables")
            if forming.hands >= FEWEST_HANDS
            else _("Give it more time, or call it off"),
        )
    return None


def hands_in_words(hands: int) -> str:
    """How many hands are up."""
    if not hands:
        return _("No hand is up")
    return ngettext("One hand is up", "{count} hands are up", hands).format(count=hands)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l j F")


def after_a_gathering(person: Person) -> Iterator[Waiting]:
    """For a steward's Today: that crews could be formed out of what was held of late."""
    stewarded = [
        one.circle_id
        for one in seats_of(person)
        if one.scale == Scale.CONGREGATION and one.is_steward and one.circle.is_open
    ]
    if not stewarded:
        return
    now = timezone.now()
    # What was held last, unless there was a round since.
    since = FormingRound.objects.filter(
        Q(asked_at__gte=OuterRef("ends_at")) | Q(ended_at__isnull=True, called_off_at__isnull=True),
        congregation=OuterRef("circle"),
    )
    held = (
        PracticeSession.objects.past(now)
        .filter(~Exists(since), circle__in=stewarded, ends_at__gt=now - FRESH)
        .select_related("circle")
        .first()
    )
    if held is not None:
        yield Waiting(
            scale=Scale.CREW,
            heading=_("{circle} met on {day}").format(circle=held.circle, day=_day(held.starts_at)),
            words=_("After a gathering people know whom they would like to go on with."),
            url=out_of(held),
            action=_("Form crews out of it"),
            in_letter=False,
        )


def out_of(held: PracticeSession) -> str:
    """Where a round is opened out of a gathering."""
    return f"{reverse('crews:open_round', args=[held.circle_id])}?gathering={held.pk}"


@dataclass(frozen=True, slots=True)
class RoundNews:
    """The round that is going on, in a line, and one way to go on."""

    forming: FormingRound
    words: str
    action: str


def round_news(congregation: Circle, reader: Person, is_steward: bool) -> Part | None:
    """For a congregation's page: the round that is going on."""
    rounds = rounds_going_on(reader, [congregation.pk])
    if not rounds:
        return None
    (forming,) = rounds
    state = forming.state(timezone.now())
    if state == State.ASKED and not (is_steward or forming.opened_by == reader):
        return None
    hands = hands_in_words(forming.hands)
    words = {
        State.ASKED: _("It waits for a steward."),
        State.OPEN: _("{hands}. More may go up until {day}.").format(
            hands=hands, day=_day(forming.closes_at)
        ),
        State.DRAWING: _("{hands}, and the tables are being set.").format(hands=hands),
        State.PUBLISHED: _("The tables are set and wait for everybody’s yes."),
    }
    may_raise = state == State.OPEN and not forming.has_answered
    action = _("Raise my hand for this round") if may_raise else _("Look at the round")
    return Part("crews/_round_news.html", RoundNews(forming, words[state], action), is_news=True)

"""What a round's page shows, in each of its states. Refusals and wishes never come in here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dyads.models import Openness, PairingRound, Place, TakingPart
from dyads.rules.plan import USUAL_DYADS
from dyads.rules.rounds import Standing, standing
from dyads.services.places import dyads_and_most, who_is_in
from dyads.services.rounds import may_go_on
from dyads.showing.results import result_of
from dyads.showing.trios import left_over
from people.models import Person
from practice.showing.often import how_often
from practice.showing.wording import in_words

State = PairingRound.State
Answer = Place.Answer
# Where each state is shown; the folder is templates/dyads.
TEMPLATES = {
    State.OPEN: "dyads/_round_open.html",
    State.PAIRING: "dyads/_round_pairing.html",
    State.PROPOSED: "dyads/_round_proposed.html",
    State.PUBLISHING: "dyads/_round_publishing.html",
    State.PUBLISHED: "dyads/_round_published.html",
    State.CALLED_OFF: "dyads/_round_called_off.html",
}


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round, as one reader sees it."""

    round: PairingRound
    state: PairingRound.State
    reader: Person
    is_steward: bool
    takes_part: bool
    place: Place | None
    standing: Standing
    paused_until: date | None
    most: int
    people: int

    @property
    def template(self) -> str:
        """The part of the page for its state."""
        return TEMPLATES[self.state]

    @property
    def would_be_paired(self) -> bool:
        """Whether the reader is in it as things stand."""
        return self.standing in {Standing.COUNTED_IN, Standing.SAID_YES}

    @property
    def has_no_hours(self) -> bool:
        """Whether nobody could be found for the reader, who has said no hours that suit."""
        return not self.reader.suitable_hours

    @property
    def may_go_on(self) -> bool:
        """Whether the reader may take back that it was called off."""
        return self.is_steward and may_go_on(self.round, timezone.now())

    @property
    def people_in_words(self) -> str:
        """How many are in so far, in words."""
        return people_in_words(self.people)

    @property
    def plan_in_words(self) -> str:
        """What its dyads begin with."""
        return plan_in_words(self.round)


def round_shown(
    round: PairingRound, person: Person, *, is_steward: bool, now: datetime
) -> RoundShown:
    """The round for one reader. As many queries for few people as for many."""
    openness = Openness.objects.filter(person=person).first()
    place = round.places.filter(person=person).annotate(**dyads_and_most()).first()
    paused_until = openness.paused_until if openness else None
    taking = TakingPart.objects.now().filter(congregation=round.congregation_id, person=person)
    return RoundShown(
        round=round,
        state=round.state(now),
        reader=person,
        is_steward=is_steward,
        takes_part=taking.exists(),
        place=place,
        standing=standing(
            answer=place.answer if place else None,
            must_say_yes=bool(place and place.must_say_yes),
            is_full=bool(place and place.has >= place.at_most),
            paused_until=paused_until,
            pairing_day=round.pairing_day,
        ),
        paused_until=paused_until,
        most=openness.most if openness else USUAL_DYADS,
        people=who_is_in(round, now).count() if round.state(now) == State.OPEN else 0,
    )


def people_in_words(people: int) -> str:
    """How many are in so far."""
    if not people:
        return _("Nobody is in it so far.")
    words = ngettext(
        "One person is in it so far.", "{people} people are in it so far.", people
    ).format(people=in_words(people))
    return words[:1].upper() + words[1:]


def plan_in_words(round: PairingRound) -> str:
    """ "six meetings, every second week, 45 minutes each"."""
    return ngettext(
        "one meeting of {minutes} minutes",
        "{meetings} meetings, {often}, {minutes} minutes each",
        round.meetings,
    ).format(meetings=in_words(round.meetings), often=how_often(round.weeks), minutes=round.minutes)


# What the part of a state needs besides: that state's own module adds a line here.
MORE: dict[State, Callable[[RoundShown, datetime], dict[str, Any]]] = {
    State.PUBLISHED: lambda shown, now: {
        "result": result_of(shown.round, shown.reader, shown.place, is_steward=shown.is_steward),
        "left": left_over(shown.place),
    },
}


def more_for(shown: RoundShown, now: datetime) -> dict[str, Any]:
    """What else the page of its state shows."""
    more = MORE.get(shown.state)
    return more(shown, now) if more else {}

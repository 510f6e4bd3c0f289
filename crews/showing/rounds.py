"""What a round's page shows, in each of its states. Refusals and wishes never come in here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from circles.models import Membership, Preference
from circles.scales import LAWS, Scale
from crews.models import FormingRound, Participant
from crews.rules.interests import label
from crews.rules.rounds import FEWEST_HANDS
from crews.services.rounds import may_go_on
from crews.showing.published import crews_of_round, my_crew, published
from people.models import Person
from people.week import in_words

MOST = LAWS[Scale.CONGREGATION].most
# Where each state is shown; the folder is templates/crews.
TEMPLATES = {
    FormingRound.State.ASKED: "crews/_round_asked.html",
    FormingRound.State.OPEN: "crews/_round_open.html",
    FormingRound.State.DRAWING: "crews/_round_drawing.html",
    FormingRound.State.PUBLISHED: "crews/_round_published.html",
    FormingRound.State.ENDED: "crews/_round_ended.html",
    FormingRound.State.CALLED_OFF: "crews/_round_called_off.html",
}


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round, as one reader sees it."""

    forming: FormingRound
    state: FormingRound.State
    reader: Person
    is_steward: bool
    hands: list[Participant]
    mine: Participant | None

    @property
    def template(self) -> str:
        """The part of the page for its state."""
        return TEMPLATES[self.state]

    @property
    def is_up(self) -> bool:
        """Whether the reader's own hand is up."""
        return self.mine is not None and self.mine.withdrawn_at is None

    @property
    def said_no(self) -> bool:
        """Whether the reader has said "not this time", or taken the hand down."""
        return self.mine is not None and not self.is_up

    @property
    def too_few(self) -> bool:
        """Whether there is no crew in it yet."""
        return len(self.hands) < FEWEST_HANDS

    @property
    def may_go_on(self) -> bool:
        """Whether the reader may take back that it was called off."""
        return self.is_steward and may_go_on(self.forming, timezone.now())

    @property
    def my_hours(self) -> str:
        """The reader's own hours, in words."""
        return in_words(self.mine.hours) if self.mine else ""

    @property
    def my_interests(self) -> str:
        """The reader's own interests, in words."""
        return ", ".join(label(one) for one in self.mine.interests) if self.mine else ""


def round_shown(
    forming: FormingRound, person: Person, *, is_steward: bool, now: datetime
) -> RoundShown:
    """The round with the names of those whose hand is up. Two queries, however many they are."""
    up = forming.participants.up().select_related("person").order_by("raised_at", "pk")
    return RoundShown(
        forming=forming,
        state=forming.state(now),
        reader=person,
        is_steward=is_steward,
        hands=list(up[:MOST]),
        mine=forming.participants.filter(person=person).first(),
    )


def more_for(shown: RoundShown) -> dict[str, Any]:
    """What the part of its state needs besides: a state's own module adds a line here."""
    if shown.state == FormingRound.State.PUBLISHED:
        return {"published": published(shown.forming, shown.reader, shown.mine, timezone.now())}
    if shown.state == FormingRound.State.ENDED:
        return {"cards": crews_of_round(shown.forming, shown.reader), "mine": my_crew(shown.mine)}
    return {}


def people_to_choose(forming: FormingRound, person: Person) -> list[Person]:
    """The others of the congregation, by name."""
    seats = Membership.objects.present().filter(
        circle=forming.congregation_id, person__is_active=True
    )
    others = seats.exclude(person=person).select_related("person").order_by("person__name", "pk")
    return [seat.person for seat in others[:MOST]]


def preferences_of(person: Person, among: list[Person]) -> dict[int, str]:
    """What the person has said about these people: for their own eyes only."""
    said = Preference.objects.of(person).filter(whom__in=[one.pk for one in among])
    return dict(said.values_list("whom", "kind"))

"""One more hour, as it is asked for."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from crews.models import FormingRound, Participant
from people.week import HOURS_IN_WEEK
from practice.showing.often import days

# A meeting of two hours that begins within an hour touches three.
MOST_HOURS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """Hours of the week that somebody is asked for, by the clock of their hand."""

    forming: FormingRound
    participant: Participant
    hours: tuple[int, ...]

    @property
    def when(self) -> str:
        """ "Saturdays from 10:00 to 12:00"."""
        first, last = self.hours[0], self.hours[-1]
        return _("{days} from {first}:00 to {after}:00").format(
            days=days(first // 24), first=first % 24, after=last % 24 + 1
        )

    @property
    def in_address(self) -> str:
        """As an address carries them."""
        return "-".join(map(str, self.hours))


def hours_in(said: str) -> tuple[int, ...]:
    """The hours that an address or a mail carries; none when it is not a few in a row."""
    numbers = [int(one) for one in said.split("-") if one.isdecimal() and len(one) < 4]
    week = range(HOURS_IN_WEEK)
    follow = all((one + 1) % HOURS_IN_WEEK == two for one, two in pairwise(numbers))
    fits = 0 < len(numbers) <= MOST_HOURS and all(one in week for one in numbers) and follow
    return tuple(numbers) if fits else ()


def asked_of(participant: int, said: str) -> Asked | str:
    """What somebody (by their hand) is asked for now; or why there is nothing to ask."""
    hand = (
        Participant.objects.up()
        .select_related("round__congregation", "person")
        .filter(pk=participant)
        .first()
    )
    hours = hours_in(said)
    if hand is None or not hours:
        return "the hand came down"
    if hand.round.state(timezone.now()) != FormingRound.State.DRAWING:
        return "tables are no longer being set"
    if set(hours) <= set(hand.hours):
        return "said already"
    if hand.seats.kept().exists():
        return "has a seat by now"
    return Asked(hand.round, hand, hours)

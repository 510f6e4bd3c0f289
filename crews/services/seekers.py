"""The hands of a round as the rules of forming see them: hours as slots, wishes, who met whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from circles.models import Preference
from crews.models import FormingRound, Participant
from crews.rules.points import Seeker
from people.time_zones import zone_info
from practice.met import Pair, pairs_from_crews, pairs_who_met
from practice.rules import slots
from practice.rules.shared_hours import Member


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everybody whose hand is up, by the person's id, and the week that slots count from.

    `seekers` know whom somebody would rather not sit with, so they are for the rules and never
    for a page; `met` holds dyads, too. What others may read of who knows whom is `known`.
    """

    forming: FormingRound
    begins: datetime
    participants: dict[int, Participant]
    seekers: dict[int, Seeker]
    met: set[Pair]
    known: set[Pair]

    def best(self, table: list[Seeker], shared: tuple[int, ...]) -> int | None:
        """Which of the hours they share is kindest to these people; None for none."""
        zones = [zone_info(self.participants[one.id].time_zone) for one in table]
        return slots.best(shared, zones, self.begins, self.forming.minutes)

    def moment(self, slot: int) -> datetime:
        """When a slot is, in UTC."""
        return slots.moment_of(slot, self.begins)


def first_week(forming: FormingRound, now: datetime) -> datetime:
    """The week whose hours count: the first one in which crews of this round could meet.

    Published, it is that after the last day to answer; before, as if it were published now. So
    a table that a change of clocks pulls apart is seen to be so.
    """
    answered = max(forming.closes_at, now) + timedelta(days=forming.days_to_answer)
    return slots.week_after(forming.answers_due or answered)


def gather(forming: FormingRound, now: datetime | None = None) -> Gathered:
    """The hands that are up. Five queries, however many they are."""
    up = forming.participants.up().select_related("person").order_by("raised_at", "pk")
    participants = {one.person_id: one for one in up}
    begins = first_week(forming, now or timezone.now())
    members = [
        Member(person, zone_info(one.time_zone), frozenset(one.hours))
        for person, one in participants.items()
    ]
    interests = {person: one.interests for person, one in participants.items()}
    seekers, pairs = seekers_of(members, interests, begins, forming.minutes)
    known = pairs_from_crews(participants, forming.congregation_id)
    return Gathered(forming, begins, participants, seekers, pairs, known)


def seekers_of(
    members: Sequence[Member],
    interests: Mapping[int, Iterable[object]],
    begins: datetime,
    minutes: int,
) -> tuple[dict[int, Seeker], set[Pair]]:
    """People by their hours and interests as the rules see them, and who of them has met whom.

    Three queries, however many they are.
    """
    free = slots.slots(members, begins, minutes)
    wishes: dict[int, set[int]] = defaultdict(set)
    not_with: dict[int, set[int]] = defaultdict(set)
    said = Preference.objects.among(free)
    for by, whom, kind in said.values_list("by", "whom", "kind"):
        (wishes if kind == Preference.Kind.WISH else not_with)[by].add(whom)
    pairs = pairs_who_met(free)
    met: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        met[one].add(other)
        met[other].add(one)
    seekers = {
        person: Seeker(
            id=person,
            slots=free[person],
            interests=frozenset(interests.get(person, ())),
            wishes=frozenset(wishes[person]),
            met=frozenset(met[person]),
            not_with=frozenset(not_with[person]),
        )
        for person in free
    }
    return seekers, pairs

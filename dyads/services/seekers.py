"""Those who are in a round as the rules of pairing see them: hours, wishes, who met whom when."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from circles.models import Invitation, Membership, Preference
from circles.scales import Scale
from dyads.models import DidMeet, PairingRound, Place, Trio
from dyads.rules.pairing import Seeker
from dyads.services.places import who_is_in
from practice.hours import member_of
from practice.met import Pair, weeks_since_met
from practice.rules import slots


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everybody who is in, by the person's id, and the week that slots count from.

    `seekers` know who would rather not be with whom, so they are for the rules and never for a
    page. `own` holds for each the people whom they know to be their dyads, or have asked to be.
    """

    round: PairingRound
    now: datetime
    begins: datetime
    places: dict[int, Place]
    seekers: dict[int, Seeker]
    own: dict[int, set[int]]

    def moment(self, slot: int) -> datetime:
        """When a slot is, in UTC."""
        return slots.moment_of(slot, self.begins)


def gather(round: PairingRound, now: datetime, *, only: Collection[int] = ()) -> Gathered:
    """Those who are in; once a pairing was made, of those who were in then, and once it was
    published, all who were. With `only`, just these people (ids).

    The same number of queries, however many they are.
    """
    places, together = _in_question(round, now, only)
    begins = slots.week_after(round.published_at or max(round.publishes_at or now, now))
    people = [member_of(place.person) for place in places.values()]
    free = slots.slots(people, begins, round.minutes)
    wishes, not_with = _preferences(places)
    own = {person: together[person] & places.keys() for person in places}
    paired = {person: set(others) for person, others in own.items()}
    for by, whom in _asked(places):
        own[by].add(whom)
        paired[by].add(whom)
        paired[whom].add(by)
    weeks = _weeks(places, now)
    left_out = _left_out(round, places)
    seekers = {
        person: Seeker(
            id=person,
            slots=free[person],
            languages=frozenset(place.person.languages),
            wishes=frozenset(wishes[person]),
            weeks_since=weeks[person],
            not_with=frozenset(not_with[person]),
            paired_with=frozenset(paired[person]),
            left_out_last_time=person in left_out,
        )
        for person, place in places.items()
    }
    return Gathered(round, now, begins, places, seekers, own)


def _in_question(
    round: PairingRound, now: datetime, only: Collection[int]
) -> tuple[dict[int, Place], dict[int, set[int]]]:
    """The places in question, by person; and with whom each of them is a dyad. Two queries."""
    places = round.places.all() if round.published_at else who_is_in(round, now)
    if round.proposed_at is not None:
        places = places.filter(was_in=True)
    if only:
        places = places.filter(person__in=only)
    found = {one.person_id: one for one in places.select_related("person").order_by("pk")}
    return found, _dyads_of(found)


def _dyads_of(people: Collection[int]) -> dict[int, set[int]]:
    """With whom each of these people is a dyad now, in whatever congregation."""
    seats = Membership.objects.present().filter(
        circle__scale=Scale.DYAD, circle__closed_at__isnull=True
    )
    mine = seats.filter(person__in=people).values("circle")
    at: dict[int, set[int]] = defaultdict(set)
    for circle, person in seats.filter(circle__in=mine).values_list("circle", "person"):
        at[circle].add(person)
    together: dict[int, set[int]] = defaultdict(set)
    for table in at.values():
        for person in table:
            together[person] |= table - {person}
    return together


def _asked(people: Collection[int]) -> list[tuple[int, int]]:
    """Who of these people has asked whom to be a dyad, and has no answer yet."""
    waiting = Invitation.objects.waiting().filter(
        circle__scale=Scale.DYAD, invited_by__in=people, person__in=people
    )
    return [(by, whom) for by, whom in waiting.values_list("invited_by", "person") if whom]


def _preferences(people: Collection[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    wishes: dict[int, set[int]] = defaultdict(set)
    not_with: dict[int, set[int]] = defaultdict(set)
    said = Preference.objects.among(people).values_list("by", "whom", "kind")
    for by, whom, kind in said:
        (wishes if kind == Preference.Kind.WISH else not_with)[by].add(whom)
    return wishes, not_with


def _weeks(people: Collection[int], now: datetime) -> dict[int, dict[int, int]]:
    """For each the weeks since they met each of the others whom they ever met."""
    introduced = _introduced(people)
    denied: dict[int, datetime] = {}
    agreed: dict[int, datetime] = {}
    words = DidMeet.objects.filter(introduction__dyad__in=introduced, said_at__lte=now)
    for dyad, met, at in words.values_list("introduction__dyad", "met", "said_at"):
        kept = agreed if met else denied
        kept[dyad] = max(at, kept.get(dyad, at))
    said: dict[Pair, datetime] = {}
    for dyad, at in agreed.items():
        if dyad not in denied:
            pair = introduced[dyad]
            said[pair] = max(at, said.get(pair, at))
    found = weeks_since_met(people, now, introduced=introduced, denied=denied, said=said)
    weeks: dict[int, dict[int, int]] = defaultdict(dict)
    for pair, count in found.items():
        one, other = pair
        weeks[one][other] = weeks[other][one] = count
    return weeks


def _introduced(people: Collection[int]) -> dict[int, Pair]:
    """The dyads in which two of these people were brought together by a round."""
    paired: dict[int, set[int]] = defaultdict(set)
    places = Place.objects.filter(
        person__in=people, pair__dyad__introduction__isnull=False
    ).values_list("pair__dyad", "person")
    for dyad, person in places:
        paired[dyad].add(person)
    return {dyad: frozenset(pair) for dyad, pair in paired.items() if len(pair) == 2}


def _left_out(round: PairingRound, people: Collection[int]) -> set[int]:
    """Whose turn it is not to be left over, by the rounds of this congregation before.

    Whoever was left over more often than whoever of these was so least: so nobody is left over
    twice before everybody was once. And whoever was in the last round they took part in; they
    alone, where that would be everybody. Who became one of three was not left over.
    """
    times_left: Counter[int] = Counter()
    last: dict[int, bool] = {}
    places = Place.objects.filter(
        round__congregation=round.congregation_id,
        round__published_at__isnull=False,
        person__in=people,
        was_in=True,
    ).order_by("round__published_at", "pk")
    for person, pair, three in places.values_list("person", "pair", "trio__outcome"):
        last[person] = pair is None and three != Trio.Outcome.TOGETHER
        times_left[person] += last[person]
    least = min((times_left[person] for person in people), default=0)
    more_often = {person for person in people if times_left[person] > least}
    last_time = {person for person, was_left in last.items() if was_left}
    either = more_often | last_time
    return last_time if len(either) == len(people) else either

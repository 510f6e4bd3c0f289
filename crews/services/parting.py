"""Making two crews of one, in one go."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from circles.models import JoinRequest
from circles.scales import LAWS, Scale
from circles.services import end_seat, take_seat
from crews.models import Crew, Split, SplitPlace
from crews.services.agreements import copy_agreements
from crews.services.deciding import decided_by_splitting
from crews.services.going import begin_now
from notifications.services import owe
from people.models import Person

LAW = LAWS[Scale.CREW]


def part_in_two(split: Split, places: Sequence[SplitPlace]) -> Crew:
    """Seat those of the second table at a crew of their own, and return it; all are told.

    The first table keeps the crew, its meetings to come and its notes. The second has the same
    intention, agreements and congregation, and has begun. The crew is locked by who calls.
    """
    crew = split.crew
    second = _second_crew(split, sum(place.table == 2 for place in places))
    # Ended first: whoever moves must not be taken for somebody who leaves.
    split.ended_at, split.outcome, split.second = timezone.now(), Split.Outcome.HAPPENED, second
    split.save(update_fields=["ended_at", "outcome", "second"])
    begin_now(crew)
    decided_by_splitting(crew, split.opened_by)
    crew.name = split.first_name
    crew.save(update_fields=["name"])
    _answer_the_seventh(split)
    seats = {seat.person_id: seat for seat in crew.memberships.present()}
    leaving = [place for place in places if place.table == 2]
    for place in leaving:
        if place.person_id in seats:
            end_seat(seats[place.person_id])
        take_seat(circle=second, person=place.person)
    # Only now is there a chair for a seventh at the first table.
    for place in places:
        if place.table == 1 and place.person_id not in seats:
            take_seat(circle=crew, person=place.person)
    tell_tables(split, [place.person for place in places], "happened")
    return second


def _second_crew(split: Split, people: int) -> Crew:
    crew = split.crew
    second = Crew.objects.create(
        scale=Scale.CREW,
        name=split.second_name,
        intention=crew.intention,
        seats=max(LAW.ideal, people),
        rhythm_in_words=crew.rhythm_in_words,
        parent=crew.parent,
        languages=crew.languages,
        hours=crew.hours,
        time_zone=crew.time_zone,
        meetings=crew.meetings,
        begun_at=timezone.now(),
    )
    copy_agreements(of=crew, to=second)
    return second


def _answer_the_seventh(split: Split) -> None:
    """Their hand has found a seat, at one table or the other."""
    hands = JoinRequest.objects.filter(
        circle=split.crew_id, person=split.seventh_id, state=JoinRequest.State.WAITING
    )
    hands.update(state=JoinRequest.State.ACCEPTED, answered_at=split.ended_at)


def tell_tables(
    split: Split, people: Iterable[Person], what: str, *, besides: Person | None = None
) -> None:
    """Owe each of them one mail about the split: "opened", "called_off" or "happened"."""
    for person in people:
        if person != besides:
            owe(
                kind="crews.split",
                key=f"{what} {split.pk}",
                person=person,
                ref=split.pk,
                payload={"what": what, "who": str(besides or "")},
            )

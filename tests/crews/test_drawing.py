"""The job that draws tables: what it writes, and how it is stopped, overtaken and taken up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from circles.blanks import PROPOSALS
from circles.errors import NotAllowed
from crews import services
from crews.errors import NotBeingSet
from crews.models import Drawing, FormingRound, Participant, ProposedCrew
from crews.models.proposal import SILENCE
from crews.services import drawing as job
from crews.services.moving import guarded
from crews.services.seating import seating_of
from people.models import Person
from tests.crews.desks import (
    MONDAY,
    SATURDAY,
    THURSDAY,
    hand,
    hands,
    make_round,
    on,
    refuse,
    table,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def steward(forming: FormingRound) -> Person:
    person = forming.congregation.created_by
    assert person is not None
    return person


def drawn(forming: FormingRound) -> Drawing:
    """Asked for, and done by a worker."""
    drawing = services.ask_for_drawing(forming=forming, by=steward(forming))
    services.draw(drawing.pk)
    drawing.refresh_from_db()
    return drawing


def seated(forming: FormingRound) -> list[set[int]]:
    """Who sits at which table, by participant."""
    return [{seat.participant_id for seat in one.seats.all()} for one in forming.proposed.all()]


def ids(people: list[Participant]) -> set[int]:
    return {one.pk for one in people}


def test_tables_are_set_by_the_hours_people_share() -> None:
    forming = make_round()
    monday, saturday = hands(forming, 4, on(MONDAY)), hands(forming, 5, on(SATURDAY))
    alone = hand(forming, hours=on(THURSDAY))
    drawing = drawn(forming)
    assert seated(forming) == [ids(monday), ids(saturday)]
    assert (drawing.outcome, drawing.placed, drawing.people, drawing.percent) == (
        Drawing.Outcome.DONE,
        9,
        10,
        100,
    )
    assert not alone.seats.exists()
    before = forming.version
    forming.refresh_from_db()
    assert forming.version == before + 1


def test_locked_tables_stay_and_the_others_are_drawn_with_another_seed() -> None:
    forming = make_round()
    everybody = hands(forming, 9, on(MONDAY))
    locked = table(forming, everybody[:3], locked_at=timezone.now(), name="The three")
    table(forming, everybody[3:6])
    first, second = drawn(forming), drawn(forming)
    assert (first.seed, second.seed) == (1, 2)
    assert seated(forming)[0] == ids(everybody[:3])
    assert forming.proposed.first() == locked
    assert sum(map(len, seated(forming))) == 9


def test_the_same_seed_sets_the_same_tables() -> None:
    forming = make_round()
    hands(forming, 11, on(MONDAY, 18, 22))
    drawn(forming)
    first = seated(forming)
    forming.drawings.all().delete()
    drawn(forming)
    assert seated(forming) == first


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_hands_are_no_table_and_no_error(count: int) -> None:
    forming = make_round()
    hands(forming, count, on(MONDAY))
    assert drawn(forming).outcome == Drawing.Outcome.DONE
    assert seated(forming) == []


def test_nobody_has_said_hours() -> None:
    forming = make_round()
    hands(forming, 6)
    assert drawn(forming).placed == 0


def test_everybody_refuses_everybody() -> None:
    forming = make_round()
    people = hands(forming, 4, on(MONDAY))
    for one in people:
        for other in people:
            if one != other:
                refuse(one, other)
    assert drawn(forming).placed == 0


def test_whoever_presses_twice_asks_once() -> None:
    forming = make_round()
    one = services.ask_for_drawing(forming=forming, by=steward(forming))
    assert services.ask_for_drawing(forming=forming, by=steward(forming)) == one


def test_only_stewards_ask_and_only_while_tables_are_set() -> None:
    forming = make_round()
    member = hand(forming).person
    for person in (member, make_person()):
        with pytest.raises(NotAllowed):
            services.ask_for_drawing(forming=forming, by=person)
    still_open = timezone.now() + timedelta(days=1)
    FormingRound.objects.filter(pk=forming.pk).update(closes_at=still_open)
    with pytest.raises(NotBeingSet):
        services.ask_for_drawing(forming=forming, by=steward(forming))


def test_one_that_is_stopped_before_a_worker_came_ends_at_once() -> None:
    forming = make_round()
    hands(forming, 4, on(MONDAY))
    drawing = services.ask_for_drawing(forming=forming, by=steward(forming))
    services.stop_drawing(drawing=drawing, by=steward(forming))
    drawing.refresh_from_db()
    assert drawing.outcome == Drawing.Outcome.STOPPED
    services.draw(drawing.pk)
    assert seated(forming) == []


def test_a_stop_keeps_the_best_so_far() -> None:
    """Asked for in the middle: the worker hears it with its next sign of life."""
    forming = make_round()
    hands(forming, 40, on(MONDAY))
    drawing = services.ask_for_drawing(forming=forming, by=steward(forming))
    now = timezone.now()
    Drawing.objects.filter(pk=drawing.pk).update(stop_asked_at=now)
    services.draw(drawing.pk)
    drawing.refresh_from_db()
    assert drawing.outcome == Drawing.Outcome.STOPPED
    assert drawing.placed == sum(map(len, seated(forming))) > 0


@pytest.mark.parametrize(
    "happened",
    [
        {"called_off_at": timezone.now()},
        {"published_at": timezone.now(), "answers_due": timezone.now() + timedelta(days=7)},
        {"closes_at": timezone.now() + timedelta(days=3)},
        {"version": 7},
    ],
    ids=["called off", "published", "extended", "changed"],
)
def test_a_round_that_moved_on_meanwhile_is_left_alone(happened: dict[str, object]) -> None:
    forming = make_round()
    people = hands(forming, 8, on(MONDAY))
    before = table(forming, people[:3])
    drawing = services.ask_for_drawing(forming=forming, by=steward(forming))

    mine = job.claim(drawing.pk)
    assert mine is not None
    tables = job.find_tables(mine)
    FormingRound.objects.filter(pk=forming.pk).update(**happened)
    job.keep(mine, tables)
    drawing.refresh_from_db()
    assert drawing.outcome == Drawing.Outcome.OVERTAKEN
    assert list(forming.proposed.all()) == [before]
    assert seated(forming) == [ids(people[:3])]


def test_who_took_their_hand_down_meanwhile_has_no_seat() -> None:
    forming = make_round()
    people = hands(forming, 4, on(MONDAY))
    drawing = services.ask_for_drawing(forming=forming, by=steward(forming))
    mine = job.claim(drawing.pk)
    assert mine is not None
    tables = job.find_tables(mine)
    Participant.objects.filter(pk=people[0].pk).update(withdrawn_at=timezone.now())
    job.keep(mine, tables)
    assert seated(forming) == [ids(people[1:])]


def test_a_table_somebody_refuses_meanwhile_is_not_set() -> None:
    forming = make_round()
    people = hands(forming, 4, on(MONDAY))
    drawing = services.ask_for_drawing(forming=forming, by=steward(forming))
    mine = job.claim(drawing.pk)
    assert mine is not None
    tables = job.find_tables(mine)
    refuse(people[0], people[1])
    job.keep(mine, tables)
    assert seated(forming) == []


def long_ago(drawing: Drawing) -> None:
    """Its worker was last heard of before SILENCE."""
    then = timezone.now() - SILENCE - timedelta(seconds=1)
    Drawing.objects.filter(pk=drawing.pk).update(started_at=then, heard_at=then)


def test_what_a_dead_worker_left_is_taken_up_once() -> None:
    forming = make_round()
    people = hands(forming, 4, on(MONDAY))
    drawing = services.ask_for_drawing(forming=forming, by=steward(forming))
    dead = job.claim(drawing.pk)
    assert dead is not None
    assert job.claim(drawing.pk) is None
    assert services.take_up_silent(timezone.now()) == 0
    long_ago(drawing)
    assert services.take_up_silent(timezone.now()) == 1
    services.draw(drawing.pk)
    assert seated(forming) == [ids(people)]
    # The dead one was only asleep: what it brings is not written any more.
    job.keep(dead, [tuple(one.person_id for one in people[:3])])
    assert seated(forming) == [ids(people)]


def test_a_silent_one_makes_room_for_a_new_one_with_the_same_seed() -> None:
    forming = make_round()
    hands(forming, 4, on(MONDAY))
    silent = services.ask_for_drawing(forming=forming, by=steward(forming))
    long_ago(silent)
    fresh = services.ask_for_drawing(forming=forming, by=steward(forming))
    silent.refresh_from_db()
    assert (silent.outcome, fresh.seed) == (Drawing.Outcome.FAILED, silent.seed)
    assert fresh != silent


def test_the_job_is_asked_for_after_the_commit(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    forming = make_round()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        services.ask_for_drawing(forming=forming, by=steward(forming))
    assert len(callbacks) == 1


def test_a_round_has_three_proposals_and_then_the_first_again() -> None:
    """Over many more a steward would see who never comes together."""
    forming = make_round()
    hands(forming, 11, on(MONDAY, 18, 22))
    shown = []
    for _ in range(2 * PROPOSALS):
        assert drawn(forming).outcome == Drawing.Outcome.DONE
        shown.append(seated(forming))
    assert shown[:PROPOSALS] == shown[PROPOSALS:]


def test_around_locked_tables_blanks_hold_as_for_a_move_by_hand() -> None:
    """Whoever locks all but three would else know that two of them refuse each other."""
    forming = make_round()
    up = {one.person_id: one for one in hands(forming, 30, on(MONDAY))}
    seating = seating_of(forming)
    blanks = {one.id: one.not_with for one in guarded(seating, up)}
    one = next(person for person in up if blanks[person])
    other = min(blanks[one])
    third, *rest = (
        person for person in up if person not in {one, other} | blanks[one] | blanks[other]
    )
    locked = table(forming, [up[person] for person in rest[:3]], locked_at=timezone.now())
    stay = {one, other, third, *rest[:3]}
    forming.participants.exclude(person__in=stay).update(withdrawn_at=timezone.now())
    assert drawn(forming).placed == 3
    ProposedCrew.objects.filter(pk=locked.pk).update(locked_at=None)
    assert drawn(forming).placed == 6

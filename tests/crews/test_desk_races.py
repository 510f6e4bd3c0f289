"""Two stewards press at the very same moment; a drawing and a steward, too."""

import pytest

from circles.services import seats
from crews import errors, services
from crews.models import Drawing, FormingRound, ProposedSeat
from crews.services import drawing as job
from notifications.models import Notice
from people.models import Person
from tests.crews.desks import MONDAY, hand, hands, make_round, on, table
from tests.factories import make_person
from tests.races import RACES, at_once

pytestmark = RACES


def two_stewards(forming: FormingRound) -> tuple[Person, Person]:
    one, other = forming.congregation.created_by, make_person()
    assert one is not None
    seats.take_seat(circle=forming.congregation, person=other, is_steward=True)
    return one, other


def test_of_two_who_move_somebody_at_once_one_is_told() -> None:
    forming = make_round()
    stewards = two_stewards(forming)
    people = hands(forming, 2, on(MONDAY))

    def move(number: int) -> None:
        services.move_to(
            forming=forming,
            by=stewards[number],
            version=forming.version,
            participant=people[number],
            to="new",
        )

    met = at_once(lambda: move(0), lambda: move(1))
    assert set(met) == {None, errors.TablesChanged}
    assert ProposedSeat.objects.count() == 1


def test_of_two_who_move_the_same_person_one_does() -> None:
    forming = make_round()
    stewards = two_stewards(forming)
    person = hand(forming, hours=on(MONDAY))
    tables = [table(forming, hands(forming, 3, on(MONDAY)), also=[person]) for _ in range(2)]

    def move(number: int) -> None:
        services.move_to(
            forming=forming,
            by=stewards[number],
            version=forming.version,
            participant=person,
            to=str(tables[number].pk),
        )

    met = at_once(lambda: move(0), lambda: move(1))
    assert set(met) == {None, errors.TablesChanged}
    assert person.seats.count() == 1


def test_two_who_ask_for_tables_at_once_ask_for_one_drawing() -> None:
    forming = make_round()
    one, other = two_stewards(forming)
    hands(forming, 4, on(MONDAY))
    met = at_once(
        *[
            lambda by=by: services.ask_for_drawing(forming=forming, by=by)
            for by in (one, other, one, other)
        ]
    )
    assert met == [None] * 4
    assert Drawing.objects.count() == 1


def test_of_several_workers_one_draws() -> None:
    forming = make_round()
    one, _ = two_stewards(forming)
    people = hands(forming, 4, on(MONDAY))
    drawing = services.ask_for_drawing(forming=forming, by=one)
    assert at_once(*[lambda: services.draw(drawing.pk)] * 4) == [None] * 4
    assert forming.proposed.count() == 1
    assert ProposedSeat.objects.count() == len(people)


def test_two_who_publish_at_once_tell_everybody_once() -> None:
    forming = make_round()
    stewards = two_stewards(forming)
    table(forming, hands(forming, 3, on(MONDAY)))
    met = at_once(
        *[
            lambda by=by: services.publish(forming=forming, by=by, version=forming.version)
            for by in stewards
        ]
    )
    assert set(met) == {None, errors.NotBeingSet}
    assert Notice.objects.filter(kind="crews.seat_proposed").count() == 3


@pytest.mark.parametrize("turn", range(4))
def test_tables_are_published_or_drawn_anew_and_never_mixed(turn: int) -> None:
    forming = make_round()
    one, other = two_stewards(forming)
    people = hands(forming, 8, on(MONDAY))
    before = table(forming, people[:3])
    drawing = services.ask_for_drawing(forming=forming, by=one)
    mine = job.claim(drawing.pk)
    assert mine is not None
    tables = job.find_tables(mine)
    # As if somebody had closed the drawing's page, and it were given up meanwhile.
    met = at_once(
        lambda: job.keep(mine, tables),
        lambda: services.publish(forming=forming, by=other, version=forming.version),
    )
    drawing.refresh_from_db()
    forming.refresh_from_db()
    assert met[0] is None
    # Nothing is published while tables are drawn, and not the old ones once they are.
    assert met[1] in {errors.BeingDrawn, errors.TablesChanged}
    assert forming.published_at is None
    assert not forming.proposed.filter(pk=before.pk).exists()
    assert drawing.outcome == Drawing.Outcome.DONE

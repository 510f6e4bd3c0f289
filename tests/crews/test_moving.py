"""Moving, locking, naming at the desk; and that no move tells whom somebody refuses."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from circles.blanks import ONE_IN, is_blank
from circles.errors import CircleError, NotAllowed
from crews import errors, services
from crews.models import Drawing, FormingRound, Participant, ProposedCrew
from crews.rules.blanks import with_blanks
from crews.rules.moving import move as what_a_move_does
from crews.rules.points import Seeker
from crews.services.moving import NEW_TABLE, NO_SEAT, ways
from crews.services.seating import seating_of
from people.models import Person
from tests.crews.desks import MONDAY, SATURDAY, hand, hands, make_round, on, refuse, table

pytestmark = pytest.mark.django_db


def steward(forming: FormingRound) -> Person:
    person = forming.congregation.created_by
    assert person is not None
    return person


def move(participant: Participant, to: ProposedCrew | str, version: int | None = None) -> None:
    forming = FormingRound.objects.get(pk=participant.round_id)
    services.move_to(
        forming=forming,
        by=steward(forming),
        version=version or forming.version,
        participant=participant,
        to=to if isinstance(to, str) else str(to.pk),
    )


def at(table: ProposedCrew) -> set[int]:
    return {seat.participant_id for seat in table.seats.all()}


def test_somebody_moves_to_another_table_and_back() -> None:
    forming = make_round()
    one, other = hands(forming, 4, on(MONDAY)), hands(forming, 4, on(MONDAY))
    left, joined = table(forming, one), table(forming, other, also=one[:1])
    move(one[0], joined)
    assert at(left) == {person.pk for person in one[1:]}
    assert at(joined) == {one[0].pk, *(person.pk for person in other)}
    move(one[0], left)
    assert at(left) == {person.pk for person in one}


def test_to_no_seat_to_a_new_table_and_back_from_an_empty_one() -> None:
    forming = make_round()
    one, other = hands(forming, 2, on(MONDAY))
    first = table(forming, [one])
    move(one, NO_SEAT)
    assert not one.seats.exists()
    move(other, NEW_TABLE)
    assert other.seats.get().proposed.round == forming
    move(one, first)
    move(other, NO_SEAT)
    assert list(forming.proposed.all()) == [first]


def test_six_is_the_most() -> None:
    forming = make_round()
    full = table(forming, hands(forming, 6, on(MONDAY)))
    with pytest.raises(errors.TableFull):
        move(hand(forming, hours=on(MONDAY)), full)


def test_locked_tables_are_left_alone() -> None:
    forming = make_round()
    people = hands(forming, 4, on(MONDAY))
    locked = table(forming, people[:3], locked_at=timezone.now())
    for person, to in ((people[0], NO_SEAT), (people[3], locked)):
        with pytest.raises(errors.TableLocked):
            move(person, to)


def test_no_shared_hour_and_a_refusal_are_answered_alike() -> None:
    forming = make_round()
    people = hands(forming, 3, on(MONDAY))
    set_table = table(forming, people)
    refused, elsewhere = hand(forming, hours=on(MONDAY)), hand(forming, hours=on(SATURDAY))
    refuse(people[0], refused)
    refuser = hand(forming, hours=on(MONDAY))
    refuse(refuser, people[1])
    told = set()
    for person in (refused, refuser, elsewhere):
        with pytest.raises(CircleError) as caught:
            move(person, set_table)
        told.add((type(caught.value), str(caught.value)))
        found = ways(seating_of(forming), person.person_id)
        way = next(one for one in found if one.to and one.to.proposed == set_table)
        told.add((way.move.may_not, way.move.joined))  # type: ignore[arg-type]
    assert told == {
        (errors.DoesNotFit, "These people do not fit one table. More we cannot say."),
        ("does not fit", None),
    }


def test_whoever_presses_twice_moves_once_and_is_not_told_off() -> None:
    forming = make_round()
    person, version = hand(forming, hours=on(MONDAY)), forming.version
    set_table = table(forming, hands(forming, 3, on(MONDAY)), also=[person])
    for _ in range(2):
        move(person, set_table, version)
    assert person.seats.get().proposed == set_table
    forming.refresh_from_db()
    assert forming.version == version + 1


def test_of_two_stewards_the_later_is_told() -> None:
    forming = make_round()
    one, other = hands(forming, 2, on(MONDAY))
    move(one, NEW_TABLE)
    with pytest.raises(errors.TablesChanged):
        move(other, NEW_TABLE, forming.version)
    assert not other.seats.exists()


def test_nothing_is_moved_while_tables_are_drawn_or_published() -> None:
    forming = make_round()
    person = hand(forming, hours=on(MONDAY))
    drawing = Drawing.objects.create(round=forming)
    with pytest.raises(errors.BeingDrawn):
        move(person, NEW_TABLE)
    drawing.delete()
    now = timezone.now()
    FormingRound.objects.filter(pk=forming.pk).update(
        published_at=now, answers_due=now + timedelta(days=7)
    )
    with pytest.raises(errors.NotBeingSet):
        move(person, NEW_TABLE)


def test_only_stewards_move() -> None:
    forming = make_round()
    person = hand(forming, hours=on(MONDAY))
    with pytest.raises(NotAllowed):
        services.move_to(
            forming=forming,
            by=person.person,
            version=forming.version,
            participant=person,
            to=NEW_TABLE,
        )


def test_a_table_is_locked_unlocked_and_named() -> None:
    forming = make_round()
    good = table(forming, hands(forming, 3, on(MONDAY)))
    small = table(forming, hands(forming, 2, on(MONDAY)))
    by = steward(forming)
    assert services.lock_table(table=good, by=by, version=1).is_locked
    assert services.lock_table(table=good, by=by, version=1).is_locked
    assert not services.lock_table(table=good, by=by, version=2, locked=False).is_locked
    with pytest.raises(errors.TablesDoNotHold):
        services.lock_table(table=small, by=by, version=3)
    with pytest.raises(errors.TablesChanged):
        services.name_table(table=good, by=by, version=2, name="Tea")
    assert services.name_table(table=good, by=by, version=3, name="Tea").name == "Tea"


# --- blanks ---------------------------------------------------------------------------------


def test_a_share_of_all_pairs_are_blanks_the_same_ones_each_time() -> None:
    pairs = list(combinations(range(1, 101), 2))
    blanks = {pair for pair in pairs if is_blank(*pair, b"key")}
    assert len(pairs) / ONE_IN * 0.8 < len(blanks) < len(pairs) / ONE_IN * 1.2
    assert blanks == {(one, other) for one, other in pairs if is_blank(other, one, b"key")}
    assert blanks != {pair for pair in pairs if is_blank(*pair, b"another")}


@given(
    refusals=st.frozensets(st.integers(2, 60)),
    together=st.frozensets(st.integers(2, 60)),
    key=st.binary(min_size=8, max_size=8),
)
def test_blanks_take_no_refusal_away_and_touch_nobody_drawn_together(
    refusals: frozenset[int], together: frozenset[int], key: bytes
) -> None:
    person = Seeker(1, not_with=refusals)
    pairs = {frozenset((1, other)) for other in together}
    guarded = with_blanks(person, range(1, 61), key, pairs)
    assert guarded.not_with >= refusals
    assert not (guarded.not_with - refusals) & (together | {1})


def test_a_refusal_looks_like_a_blank() -> None:
    """What a refusal turns down is told as in a world in which nobody refuses: by a blank."""
    people = {number: Seeker(number, slots=frozenset({1})) for number in range(1, 201)}
    guarded = with_blanks(people[1], people, b"key", ())
    blank = next(iter(guarded.not_with))
    refused = next(number for number in people if number not in guarded.not_with | {1})
    refuser = replace(people[refused], not_with=frozenset({1}))
    by_blank, by_refusal = (what_a_move_does(guarded, to=[one]) for one in (people[blank], refuser))
    assert by_blank == by_refusal
    assert not by_blank.may

"""A round of pairing until it pairs: opening, answering, who is in it, changing and calling off."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import leave, take_seat
from dyads import errors, services
from dyads.models import Openness, PairingRound, Place, ProposedPair, TakingPart
from dyads.services import places, rounds
from dyads.showing.rounds import round_shown
from notifications.models import Notice
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.dyads.rounds import due, make_round, taking_part
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db
Answer = Place.Answer
State = PairingRound.State


@pytest.fixture
def estuary() -> Circle:
    congregation: Circle = make_congregation()
    return congregation


def member(congregation: Circle, name: str = "") -> Person:
    person = make_person(name)
    take_seat(circle=congregation, person=person)
    return person


def steward_of(congregation: Circle) -> Person:
    assert congregation.created_by is not None
    return congregation.created_by


def who(round: PairingRound) -> set[Person]:
    round.refresh_from_db()
    return {place.person for place in places.who_is_in(round, timezone.now())}


# --- opening --------------------------------------------------------------------------------


def test_those_who_take_part_have_a_place_and_the_others_are_invited(estuary: Circle) -> None:
    ama, ben = taking_part(estuary), member(estuary)
    round = make_round(estuary)
    assert [place.person for place in round.places.all()] == [ama]
    assert who(round) == {ama}
    told = dict(Notice.objects.filter(ref=round.pk).values_list("person", "kind"))
    assert told == {ama.pk: "pairing.opened", ben.pk: "pairing.invited"}


@pytest.mark.parametrize("days", [-1, 0.5, 91])
def test_not_in_the_past_nor_too_soon_nor_too_far(estuary: Circle, days: float) -> None:
    with pytest.raises(errors.NotThatDay):
        make_round(estuary, days=days)


def test_one_at_a_time_by_stewards_and_in_an_open_congregation(estuary: Circle) -> None:
    round = make_round(estuary)
    with pytest.raises(errors.PairingGoingOn):
        make_round(estuary)
    rounds.call_off(round=round, by=steward_of(estuary))
    in_days = timezone.now() + timedelta(days=5)
    with pytest.raises(NotAllowed):
        rounds.open_round(congregation=estuary, by=member(estuary), pairs_at=in_days)
    make_round(estuary)
    Circle.objects.filter(pk=estuary.pk).update(closed_at=timezone.now())
    with pytest.raises(CircleClosed):
        make_round(estuary)


def test_who_is_a_steward_no_more_cannot_open_change_or_call_off(estuary: Circle) -> None:
    round, by = make_round(estuary), steward_of(estuary)
    estuary.memberships.filter(person=by).update(is_steward=False)
    for act in (rounds.change_round, services.pair_now, rounds.call_off):
        with pytest.raises(NotAllowed):
            act(round=round, by=by)
    assert round.places.count() == 0


# --- answering ------------------------------------------------------------------------------


def test_a_yes_takes_part_from_now_on_and_a_skip_holds_for_this_one(estuary: Circle) -> None:
    ama, ben = member(estuary), taking_part(estuary)
    round = make_round(estuary)
    places.answer(round=round, by=ama, answer=Answer.IN)
    places.answer(round=round, by=ben, answer=Answer.SKIP)
    assert who(round) == {ama}
    assert TakingPart.objects.now().filter(congregation=estuary).count() == 2
    places.answer(round=round, by=ben, answer=Answer.IN)
    assert who(round) == {ama, ben}
    rounds.call_off(round=round, by=steward_of(estuary))
    assert who(make_round(estuary)) == {ama, ben}


def test_not_now_is_remembered_and_takes_nobody_in(estuary: Circle) -> None:
    ama = member(estuary)
    round = make_round(estuary)
    places.answer(round=round, by=ama, answer=Answer.SKIP)
    assert round.places.get().answer == Answer.SKIP
    assert not TakingPart.objects.exists()
    assert who(round) == set()


def test_nobody_answers_after_the_day_nor_from_outside(estuary: Circle) -> None:
    ama = taking_part(estuary)
    round = make_round(estuary)
    with pytest.raises(NotAllowed):
        places.answer(round=round, by=make_person(), answer=Answer.IN)
    due(round)
    with pytest.raises(errors.TooLateToAnswer):
        places.answer(round=round, by=ama, answer=Answer.SKIP)
    assert who(round) == {ama}


def test_joining_while_it_is_open_is_a_yes_and_stopping_a_no(estuary: Circle) -> None:
    round = make_round(estuary)
    ama = taking_part(estuary)
    assert who(round) == {ama}
    places.stop_taking_part(congregation=estuary, by=ama)
    assert who(round) == set()
    assert not TakingPart.objects.now().exists()
    places.take_part(congregation=estuary, by=ama)
    assert who(round) == {ama}


def test_stopping_holds_until_the_pairs_are_published(estuary: Circle) -> None:
    ama, ben = taking_part(estuary), taking_part(estuary)
    round = due(make_round(estuary, hours_to_look=24))
    services.draw(round.pk)
    assert round.pairs.count() == 1
    places.stop_taking_part(congregation=estuary, by=ama)
    assert who(round) == {ben}


def test_leaving_the_congregation_withdraws(estuary: Circle) -> None:
    round = make_round(estuary)
    ama = taking_part(estuary)
    leave(circle=estuary, by=ama)
    assert who(round) == set()
    take_seat(circle=estuary, person=ama)
    assert who(round) == set()
    assert not TakingPart.objects.now().exists()


# --- who is in it ---------------------------------------------------------------------------


def test_a_pause_beyond_the_day_and_no_longer(estuary: Circle) -> None:
    ama, ben = taking_part(estuary), taking_part(estuary)
    round = make_round(estuary)
    day = round.pairs_at.astimezone(round.zone).date()
    places.pause_until(by=ama, until=day + timedelta(days=1))
    places.pause_until(by=ben, until=day)
    assert who(round) == {ben}
    places.pause_until(by=ama, until=None)
    assert who(round) == {ama, ben}
    today = timezone.now().astimezone(ama.zone).date()
    for until in (today, today - timedelta(days=3), today + timedelta(days=400)):
        with pytest.raises(errors.NoSuchPause):
            places.pause_until(by=ama, until=until)


def test_nobody_has_more_dyads_than_they_wish_for(estuary: Circle) -> None:
    ama, ben = taking_part(estuary), taking_part(estuary)
    round = make_round(estuary)
    dyad = services.begin(by=ama, person=ben, parent=estuary)
    take_seat(circle=dyad, person=ben)
    Openness.objects.create(person=ama, most=1)
    assert who(round) == {ben}
    leave(circle=dyad, by=ben)
    assert who(round) == {ama, ben}


def test_what_a_page_says_of_somebody_is_what_the_pairing_does(estuary: Circle) -> None:
    ama = taking_part(estuary)
    round = make_round(estuary)
    openness = Openness.objects.create(person=ama)
    later = round.pairing_day + timedelta(days=1)
    for answer, must, most, until in product(Answer, (True, False), (0, 3), (None, later)):
        Place.objects.filter(person=ama).update(answer=answer, must_say_yes=must)
        openness.most, openness.paused_until = most, until
        openness.save()
        shown = round_shown(round, ama, is_steward=False, now=timezone.now())
        assert shown.would_be_paired == (who(round) == {ama}), (answer, must, most, until)


def paired_before(estuary: Circle, person: Person, *heard: bool) -> None:
    """Rounds in which the person was paired, the last first."""
    for number, said in enumerate(heard):
        held = timezone.now() - timedelta(weeks=8 * (number + 1))
        past = PairingRound.objects.create(
            congregation=estuary,
            pairs_at=held,
            proposed_at=held,
            published_at=held,
            time_zone="UTC",
        )
        Place.objects.create(
            round=past,
            person=person,
            was_in=True,
            pair=ProposedPair.objects.create(round=past),
            side=1,
            heard_at=held if said else None,
        )


def test_who_was_silent_in_the_last_three_must_say_yes(estuary: Circle) -> None:
    silent, heard, fresh = (taking_part(estuary) for _ in range(3))
    paired_before(estuary, silent, False, False, False, True)
    paired_before(estuary, heard, False, False, True)
    paired_before(estuary, fresh, False, False)
    round = make_round(estuary)
    assert {place.person for place in round.places.filter(must_say_yes=True)} == {silent}
    assert who(round) == {heard, fresh}
    places.answer(round=round, by=silent, answer=Answer.IN)
    assert who(round) == {silent, heard, fresh}


def test_a_sign_is_kept_once(estuary: Circle) -> None:
    ama = taking_part(estuary)
    round = make_round(estuary)
    assert round.places.get().heard_at is None
    places.heard(person=ama, round=round)
    first = round.places.get().heard_at
    assert first is not None
    places.heard(person=ama, round=round)
    assert round.places.get().heard_at == first


# --- changing and calling off ---------------------------------------------------------------


def test_a_day_that_moves_is_told_to_those_in_it(estuary: Circle) -> None:
    ama, ben = taking_part(estuary), taking_part(estuary)
    round = make_round(estuary)
    places.answer(round=round, by=ben, answer=Answer.SKIP)
    later = round.pairs_at + timedelta(days=3)
    rounds.change_round(round=round, by=steward_of(estuary), pairs_at=later, words="Later.")
    round.refresh_from_db()
    assert (round.pairs_at, round.words) == (later, "Later.")
    assert [one.person for one in Notice.objects.filter(kind="pairing.moved")] == [ama]


def test_pairing_now_takes_no_more_answers(estuary: Circle) -> None:
    round = make_round(estuary)
    services.pair_now(round=round, by=steward_of(estuary))
    round.refresh_from_db()
    assert round.state(timezone.now()) == PairingRound.State.PAIRING
    with pytest.raises(errors.PairedAlready):
        services.pair_now(round=round, by=steward_of(estuary))
    with pytest.raises(errors.TooLateToChange):
        rounds.change_round(round=round, by=steward_of(estuary), words="Later.")


def test_called_off_is_told_to_those_who_count_on_it(estuary: Circle) -> None:
    ama, ben = taking_part(estuary), taking_part(estuary)
    round = make_round(estuary)
    places.answer(round=round, by=ben, answer=Answer.SKIP)
    rounds.call_off(round=round, by=steward_of(estuary), word="Snow.")
    told = Notice.objects.get(kind="pairing.called_off")
    assert (told.person, told.payload["word"]) == (ama, "Snow.")
    with pytest.raises(errors.TooLateToChange):
        rounds.call_off(round=round, by=steward_of(estuary))
    with pytest.raises(errors.TooLateToAnswer):
        places.answer(round=round, by=ama, answer=Answer.IN)


def test_for_a_day_a_round_that_was_called_off_can_go_on_as_it_was(estuary: Circle) -> None:
    ama, ben = taking_part(estuary), taking_part(estuary)
    round = make_round(estuary)
    places.answer(round=round, by=ben, answer=Answer.SKIP)
    planned = round.pairs_at
    rounds.call_off(round=round, by=steward_of(estuary))
    address = reverse("dyads:round_goes_on", args=[round.pk])
    assert address in text(signed_in(steward_of(estuary)).get(round.get_absolute_url()))
    assert address not in text(signed_in(ama).get(round.get_absolute_url()))
    assert signed_in(ama).post(address).status_code == 403
    signed_in(steward_of(estuary)).post(address)
    round.refresh_from_db()
    assert (round.state(timezone.now()), round.pairs_at) == (State.OPEN, planned)
    assert round.places.get(person=ben).answer == Answer.SKIP
    with pytest.raises(errors.TooLateToGoOn):
        rounds.go_on(round=round, by=steward_of(estuary))


def test_what_would_have_happened_meanwhile_happens_in_a_day(estuary: Circle) -> None:
    round = make_round(estuary, days=1.01)
    rounds.call_off(round=round, by=steward_of(estuary))
    ended = timezone.now() - timedelta(hours=20)
    PairingRound.objects.filter(pk=round.pk).update(
        called_off_at=ended, pairs_at=ended + timedelta(hours=2)
    )
    round = rounds.go_on(round=round, by=steward_of(estuary))
    assert round.pairs_at > timezone.now() + timedelta(hours=23)


def test_a_round_that_was_called_off_goes_on_neither_later_nor_beside_another(
    estuary: Circle,
) -> None:
    round = make_round(estuary)
    rounds.call_off(round=round, by=steward_of(estuary))
    other = make_round(estuary)
    with pytest.raises(errors.PairingGoingOn):
        rounds.go_on(round=round, by=steward_of(estuary))
    rounds.call_off(round=other, by=steward_of(estuary))
    PairingRound.objects.filter(pk=round.pk).update(
        called_off_at=timezone.now() - timedelta(hours=25)
    )
    with pytest.raises(errors.TooLateToGoOn):
        rounds.go_on(round=round, by=steward_of(estuary))

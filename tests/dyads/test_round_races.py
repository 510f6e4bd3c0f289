"""Two beats, two stewards, an answer and the pairing: at the very same moment."""

from datetime import timedelta

from django.utils import timezone

from dyads import errors, services
from dyads.models import PairingRhythm, PairingRound, Place, TakingPart
from dyads.services import places, rhythms
from notifications.models import Notice
from tests.dyads.rounds import make_round, taking_part
from tests.factories import make_congregation
from tests.races import RACES, at_once

pytestmark = RACES


def test_two_stewards_open_one_round() -> None:
    estuary = make_congregation()
    met = at_once(*[lambda: make_round(estuary)] * 3)
    assert sorted(met, key=str) == sorted(
        [None, errors.PairingGoingOn, errors.PairingGoingOn], key=str
    )
    assert PairingRound.objects.count() == 1


def test_two_beats_open_one_round_and_tell_everybody_once() -> None:
    estuary = make_congregation()
    taking_part(estuary)
    now = timezone.now()
    rhythm = rhythms.set_rhythm(
        congregation=estuary,
        by=estuary.created_by,
        next_at=now + timedelta(days=4),
        apart=4,
        notice=5,
    )
    assert at_once(*[lambda: rhythms.open_where_due(now)] * 3) == [None] * 3
    assert PairingRound.objects.count() == 1
    assert Place.objects.count() == 1
    assert Notice.objects.filter(kind__startswith="pairing.").count() == 2
    assert PairingRhythm.objects.get().next_at > rhythm.next_at


def test_two_stewards_set_one_rhythm() -> None:
    estuary = make_congregation()
    next_at = timezone.now() + timedelta(days=10)

    def set_it() -> None:
        rhythms.set_rhythm(
            congregation=estuary, by=estuary.created_by, next_at=next_at, apart=4, notice=5
        )

    assert at_once(set_it, set_it) == [None, None]
    assert PairingRhythm.objects.count() == 1


def test_one_who_presses_twice_has_one_place_and_takes_part_once() -> None:
    estuary = make_congregation()
    round, person = make_round(estuary), estuary.created_by

    def yes() -> None:
        places.answer(round=round, by=person, answer=Place.Answer.IN)

    def join() -> None:
        places.take_part(congregation=estuary, by=person)

    assert at_once(yes, join, yes) == [None] * 3
    assert Place.objects.get().answer == Place.Answer.IN
    assert TakingPart.objects.count() == 1


def test_an_answer_comes_before_the_pairing_or_is_told_that_it_is_too_late() -> None:
    estuary = make_congregation()
    person = taking_part(estuary)
    round = make_round(estuary)
    met = at_once(
        lambda: places.answer(round=round, by=person, answer=Place.Answer.SKIP),
        lambda: services.pair_now(round=round, by=estuary.created_by),
    )
    assert met[1] is None
    assert met[0] in {None, errors.TooLateToAnswer}
    said = Place.objects.get().answer
    assert said == (Place.Answer.SKIP if met[0] is None else Place.Answer.NONE)

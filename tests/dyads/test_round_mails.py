"""Who hears of a round of pairing, in which words, and who no longer does."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle
from circles.services import leave, take_seat
from congregation.rules.rounds import TOLD_AFTER
from dyads.models import Openness, Place
from dyads.services import places, rounds
from notifications.services import queue_due_notices, send_due
from people.models import Person
from people.services import set_hours
from tests.dyads.rounds import due, make_round, taking_part
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db
Answer = Place.Answer


@pytest.fixture
def estuary() -> Circle:
    congregation: Circle = make_congregation()
    return congregation


def steward_of(congregation: Circle) -> Person:
    assert congregation.created_by is not None
    return congregation.created_by


def member(congregation: Circle) -> Person:
    person = make_person(suitable_hours=[40])
    take_seat(circle=congregation, person=person)
    return person


def letter_to(person: Person) -> str:
    """The last mail to somebody, on one line; "" for none."""
    sent = [one for one in mail.outbox if person.email in one.to[0]]
    return f"{sent[-1].subject} {' '.join(str(sent[-1].body).split())}" if sent else ""


def asked_again() -> int:
    """How many were asked once more; other mails have clocks of their own."""
    return sum("A yes is enough" in str(one.subject) for one in mail.outbox)


def at(moment: object) -> None:
    """Let the clock bring what is due by then, and send it."""
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False):  # type: ignore[arg-type]
        queue_due_notices(timezone.now())
        send_due(seconds=10)


def test_each_hears_what_it_means_for_them_on_their_own_clock(estuary: Circle) -> None:
    taker = taking_part(estuary, "Mere", time_zone="Pacific/Auckland")
    other = member(estuary)
    round = make_round(estuary, words="For the <dark> months.")
    send_due(seconds=10)
    local = round.pairs_at.astimezone(taker.zone)
    told = letter_to(taker)
    assert told.startswith("You’ll be paired on")
    assert "unless you skip this one" in told
    assert f"{local:%H:%M} (your time, Auckland)" in told
    assert "“For the <dark> months.”" in told
    assert "/in/" in told
    assert "/skip/" in told
    assert reverse("dyads:pause_pairing") in told
    asked = letter_to(other)
    assert asked.startswith("Would you like to be paired with somebody in Estuary?")
    assert "Not now: http" in asked
    assert len(mail.outbox) == 2


def test_without_hours_one_is_told_so_gently_with_the_way_there(estuary: Circle) -> None:
    taker = taking_part(estuary)
    make_round(estuary)
    set_hours(person=taker, hours=[])
    send_due(seconds=10)
    told = letter_to(taker)
    assert "We do not know yet which hours suit you" in told
    assert "Say which hours suit me:" in told
    assert reverse("people:hours") in told


def test_nobody_is_told_what_no_longer_holds(estuary: Circle) -> None:
    quick, gone, paused, full = (taking_part(estuary) for _ in range(4))
    round = make_round(estuary)
    places.answer(round=round, by=quick, answer=Answer.SKIP)
    leave(circle=estuary, by=gone)
    places.pause_until(by=paused, until=(round.pairs_at + timedelta(days=9)).date())
    Openness.objects.create(person=full, most=0)
    send_due(seconds=10)
    assert mail.outbox == []


def test_who_must_say_yes_is_asked_without_blame_and_once_more_a_day_before(
    estuary: Circle,
) -> None:
    silent, answered = taking_part(estuary), taking_part(estuary)
    round = make_round(estuary)
    round.places.update(must_say_yes=True)
    send_due(seconds=10)
    told = letter_to(silent)
    assert told.startswith("Shall we pair you this time?")
    assert "We have not heard from you in a while" in told
    places.answer(round=round, by=answered, answer=Answer.IN)
    at(round.pairs_at - timedelta(days=1, minutes=5))
    assert asked_again() == 0
    at(round.pairs_at - timedelta(days=1))
    assert letter_to(silent).startswith("Shall we pair you? A yes is enough")
    assert asked_again() == 1
    at(round.pairs_at - timedelta(hours=12))
    assert asked_again() == 0


def test_nobody_is_asked_again_of_a_round_that_is_off_or_over(estuary: Circle) -> None:
    taking_part(estuary)
    round = make_round(estuary)
    round.places.update(must_say_yes=True)
    rounds.call_off(round=round, by=steward_of(estuary))
    mail.outbox.clear()
    queue_due_notices(round.pairs_at - timedelta(hours=12))
    again = make_round(estuary)
    again.places.update(must_say_yes=True)
    due(again)
    at(timezone.now())
    assert asked_again() == 0


def test_only_the_last_of_several_moves_is_told(estuary: Circle) -> None:
    taker = taking_part(estuary)
    round = make_round(estuary)
    send_due(seconds=10)
    mail.outbox.clear()
    for days in (9, 12):
        moved = timezone.now() + timedelta(days=days)
        rounds.change_round(round=round, by=steward_of(estuary), pairs_at=moved)
    send_due(seconds=10)
    assert len(mail.outbox) == 1
    assert letter_to(taker).startswith("Estuary pairs on another day")


def test_called_off_is_told_with_the_word(estuary: Circle) -> None:
    taker = taking_part(estuary)
    round = make_round(estuary)
    rounds.call_off(round=round, by=steward_of(estuary), word="Snow.")
    send_due(seconds=10)
    assert not mail.outbox
    with time_machine.travel(timezone.now() + TOLD_AFTER):
        send_due(seconds=10)
    assert len(mail.outbox) == 1
    told = letter_to(taker)
    assert told.startswith("The pairing in Estuary was called off")
    assert "“Snow.”" in told


def test_what_was_called_off_and_goes_on_is_told_to_those_who_had_read_of_it(
    estuary: Circle,
) -> None:
    taker, steward = taking_part(estuary), steward_of(estuary)
    round = make_round(estuary)
    send_due(seconds=10)
    mail.outbox.clear()
    rounds.call_off(round=round, by=steward)
    rounds.go_on(round=round, by=steward)
    rounds.call_off(round=round, by=steward)
    with time_machine.travel(timezone.now() + TOLD_AFTER):
        send_due(seconds=10)
        assert [taker.email in one.to[0] for one in mail.outbox] == [True]
        rounds.go_on(round=round, by=steward)
        mail.outbox.clear()
        send_due(seconds=10)
    assert letter_to(taker).startswith("The pairing in Estuary goes on after all")
    assert len(mail.outbox) == 1

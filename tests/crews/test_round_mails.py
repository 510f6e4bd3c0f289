"""Who hears of a round, when, and who no longer does."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from circles.services import leave, take_seat
from congregation.rules.rounds import TOLD_AFTER
from crews.models import FormingRound
from crews.services import round_hands, rounds
from notifications.models import Notice
from notifications.services import queue_due_notices, send_due
from people.models import Person
from practice.models import Attendance, PracticeSession
from tests.congregation.pages import chosen, options, signed_in, text
from tests.crews.rounds import closed, make_round, raise_hands
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def sent_to(person: Person) -> list[str]:
    """The subjects that reached somebody."""
    return [str(one.subject) for one in mail.outbox if person.email in one.to[0]]


def at(moment: object) -> None:
    """Let the clock bring what is due by then, and send it."""
    with time_machine.travel(moment, tick=False):  # type: ignore[arg-type]
        queue_due_notices(timezone.now())
        send_due(seconds=60)


def test_everybody_hears_once_with_the_day_on_their_own_clock() -> None:
    estuary = make_congregation()
    mere = make_person("Mere", time_zone="Pacific/Auckland")
    take_seat(circle=estuary, person=mere)
    forming = make_round(estuary, words="For the <dark> months.")
    send_due(seconds=60)
    (letter,) = mail.outbox
    assert letter.subject == "Winter round: would you like a seat in a crew?"
    local = forming.closes_at.astimezone(mere.zone)
    assert f"{local:%H:%M} (your time, Auckland)" in " ".join(str(letter.body).split())
    assert "For the <dark> months." in letter.body
    assert reverse("crews:round", args=[forming.pk]) in letter.body


def test_whoever_was_quick_left_or_switched_it_off_is_not_told() -> None:
    estuary = make_congregation()
    quick, gone = make_person(), make_person()
    for person in (quick, gone):
        take_seat(circle=estuary, person=person)
    forming = make_round(estuary)
    raise_hands(forming, [quick])
    leave(circle=estuary, by=gone)
    send_due(seconds=60)
    assert mail.outbox == []


def test_those_who_are_silent_are_asked_once_two_days_before() -> None:
    estuary = make_congregation()
    silent, up, down, never = (make_person(name) for name in ("Si", "Up", "Do", "Ne"))
    for person in (silent, up, down, never):
        take_seat(circle=estuary, person=person)
    forming = make_round(estuary)
    send_due(seconds=60)
    raise_hands(forming, [up, down])
    round_hands.take_hand_down(forming=forming, by=down)
    signed_in(never).post(reverse("crews:round_hand_down", args=[forming.pk]))
    mail.outbox.clear()
    at(forming.closes_at - timedelta(days=2, minutes=5))
    assert mail.outbox == []
    at(forming.closes_at - timedelta(days=2))
    at(forming.closes_at - timedelta(days=1))
    asked = "A seat in a crew? Winter round closes soon"
    assert sent_to(silent) == [asked]
    # The steward opened it, and has not said whether they want a seat themselves.
    assert len(mail.outbox) == 2
    assert sent_to(up) == sent_to(down) == sent_to(never) == []


def test_nobody_is_asked_right_after_they_were_told() -> None:
    forming = make_round(make_congregation(people=1), days=2)
    send_due(seconds=60)
    mail.outbox.clear()
    at(forming.closes_at - timedelta(hours=30))
    assert mail.outbox == []
    at(forming.closes_at - timedelta(hours=23))
    assert len(mail.outbox) == 2


def test_nobody_is_asked_of_a_round_that_waits_closed_or_was_called_off() -> None:
    estuary = make_congregation(people=1)
    asker = make_person()
    take_seat(circle=estuary, person=asker)
    forming = make_round(estuary, by=asker)
    at(forming.closes_at - timedelta(hours=12))
    assert Notice.objects.filter(kind="rounds.question").count() == 0
    rounds.consent(forming=forming, by=estuary.created_by)
    rounds.call_off(forming=forming, by=estuary.created_by)
    at(forming.closes_at - timedelta(hours=12))
    closed(make_round(estuary))
    at(timezone.now())
    assert Notice.objects.filter(kind="rounds.question").count() == 0


def test_a_steward_reads_who_asks_and_the_asker_the_answer() -> None:
    estuary = make_congregation()
    asker = make_person("Ama Boateng")
    take_seat(circle=estuary, person=asker)
    forming = make_round(estuary, by=asker, words="We need it.")
    send_due(seconds=60)
    assert sent_to(estuary.created_by) == ["Ama Boateng would like a round of crews in Estuary"]
    rounds.decline(forming=forming, by=estuary.created_by, word="After the harvest.")
    send_due(seconds=60)
    assert sent_to(asker) == ["Not now: Winter round"]
    assert "After the harvest." in mail.outbox[-1].body
    again = make_round(estuary, by=asker)
    rounds.consent(forming=again, by=estuary.created_by)
    send_due(seconds=60)
    assert sent_to(asker)[1:] == ["Winter round is open"]


def test_only_the_last_of_several_moves_is_told() -> None:
    forming = make_round(make_congregation(people=1))
    steward = forming.congregation.created_by
    assert steward is not None
    send_due(seconds=60)
    mail.outbox.clear()
    for days in (20, 30):
        closes_at = timezone.now() + timedelta(days=days)
        rounds.change_round(forming=forming, by=steward, closes_at=closes_at)
    send_due(seconds=60)
    assert [one.subject for one in mail.outbox] == ["Winter round has another last day"]


def test_a_round_called_off_is_told_to_hands_with_the_word() -> None:
    forming = make_round()
    (hand,) = raise_hands(forming, 1)
    assert forming.congregation.created_by is not None
    rounds.call_off(forming=forming, by=forming.congregation.created_by, word="Snow.")
    with time_machine.travel(timezone.now() + TOLD_AFTER):
        send_due(seconds=60)
    assert sent_to(hand.person)[-1] == "Winter round was called off"
    assert "Snow." in mail.outbox[-1].body


# --- after a gathering ----------------------------------------------------------------------


def gathering(estuary: object, there: Person | None = None, days: int = 3) -> PracticeSession:
    ended = timezone.now() - timedelta(days=days)
    held = PracticeSession.objects.create(
        circle=estuary,  # type: ignore[misc]
        starts_at=ended - timedelta(hours=3),
        ends_at=ended,
        time_zone="UTC",
    )
    if there is not None:
        Attendance.objects.create(session=held, person=there, was_there=True)
    return held


def test_those_who_were_at_the_gathering_hear_first_and_everybody_hears() -> None:
    estuary = make_congregation(people=1)
    was_there = make_person()
    take_seat(circle=estuary, person=was_there)
    forming = make_round(estuary, gathering=gathering(estuary, was_there))
    send_due(seconds=60)
    assert [one.to[0] for one in mail.outbox] == [str(mail.outbox[0].to[0])]
    assert sent_to(was_there)
    at(forming.opened_at + timedelta(hours=3))  # type: ignore[operator]
    assert len(mail.outbox) == 2


def test_a_gathering_is_offered_to_stewards_for_thirty_days_and_until_there_is_a_round() -> None:
    estuary = make_congregation(people=1)
    steward = signed_in(estuary.created_by)
    old = gathering(estuary, days=31)
    assert "Form crews out of it" not in text(steward.get("/today/"))
    held = gathering(estuary)
    page = text(steward.get("/today/"))
    assert "Form crews out of it" in page
    url = f"{reverse('crews:open_round', args=[estuary.pk])}?gathering={held.pk}"
    assert url in page
    assert url in text(steward.get(held.get_absolute_url()))
    member = signed_in(estuary.memberships.present().get(seat=2).person)
    assert "Form crews out of it" not in text(member.get("/today/"))
    assert "Form crews out of it" not in text(member.get(held.get_absolute_url()))
    form = text(steward.get(url))
    assert "After the gathering of" in form
    assert chosen(form, "gathering") == {str(held.pk)}
    assert str(old.pk) not in options(form, "gathering")
    make_round(estuary, gathering=held)
    assert FormingRound.objects.get().gathering == held
    assert "Form crews out of it" not in text(steward.get("/today/"))

"""Opening a round: at once by a steward, with consent by anybody else; changing and ending it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from circles.errors import NotAllowed
from circles.services import leave, take_seat
from congregation.models import Congregation
from congregation.rules.rounds import TOLD_AFTER
from crews import errors
from crews.models import FormingRound
from crews.services import rounds
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.rounds import closed, make_round, raise_hands
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db
State = FormingRound.State


def address(forming: FormingRound, name: str = "round") -> str:
    return reverse(f"crews:{name}", args=[forming.pk])


def member_of(congregation: Congregation, name: str = "") -> Person:
    person = make_person(name)
    take_seat(circle=congregation, person=person)
    return person


def words(**other: str) -> dict[str, str]:
    day = timezone.now() + timedelta(days=10)
    return {
        "title": "Winter <round> ❄️",
        "words": "For the long evenings.",
        "day": f"{day:%Y-%m-%d}",
        "at": "20:00",
        "weeks": "2",
        "minutes": "90",
        "meetings": "6",
        "days_to_answer": "7",
        **other,
    }


def state(forming: FormingRound) -> FormingRound.State:
    forming.refresh_from_db()
    return forming.state(timezone.now())


# --- opening --------------------------------------------------------------------------------


def test_a_stewards_round_opens_at_once_and_everybody_else_is_told() -> None:
    estuary = make_congregation(people=3)
    steward = estuary.created_by
    url = reverse("crews:open_round", args=[estuary.pk])
    assert "Open the round" in text(signed_in(steward).get(url))
    page = text(signed_in(steward).post(url, words(), follow=True))
    assert "Winter &lt;round&gt; ❄️" in page
    assert "Raise my hand for this round" in page
    assert state(FormingRound.objects.get()) == State.OPEN
    told = Notice.objects.filter(kind="rounds.opened")
    assert told.count() == 3
    assert not told.filter(person=steward).exists()


def test_the_closing_is_an_hour_of_the_openers_own_clock() -> None:
    steward = make_person(time_zone="Asia/Kathmandu")
    estuary = make_congregation(by=steward)
    url = reverse("crews:open_round", args=[estuary.pk])
    signed_in(steward).post(url, words())
    closes_at = FormingRound.objects.get().closes_at
    assert closes_at.strftime("%H:%M") == "14:15"


def test_a_members_round_waits_and_a_steward_says_yes() -> None:
    estuary = make_congregation(people=2)
    member = member_of(estuary, "Ama Boateng")
    url = reverse("crews:open_round", args=[estuary.pk])
    page = text(signed_in(member).post(url, words(), follow=True))
    assert "Your round waits for a steward" in page
    forming = FormingRound.objects.get()
    assert [one.person for one in Notice.objects.filter(kind="rounds.asked")] == [
        estuary.created_by
    ]
    assert not Notice.objects.filter(kind="rounds.opened").exists()
    steward = signed_in(estuary.created_by)
    assert "Ama Boateng would like a round of crews" in text(steward.get(address(forming)))
    steward.post(address(forming, "consent_round"), {"yes": "1"})
    assert state(forming) == State.OPEN
    # The two members and the steward's fellow… everybody but who asked, who has a mail of theirs.
    assert Notice.objects.filter(kind="rounds.opened").count() == 3
    assert Notice.objects.get(kind="rounds.answered").person == member


def test_a_round_that_waits_is_nobody_elses_to_see() -> None:
    estuary = make_congregation()
    asker, other = member_of(estuary), member_of(estuary)
    forming = make_round(estuary, by=asker)
    assert signed_in(other).get(address(forming)).status_code == 404
    assert signed_in(asker).post(address(forming, "consent_round"), {"yes": "1"}).status_code == 403
    page = text(signed_in(other).get(reverse("crews:open_round", args=[estuary.pk])))
    assert "A round was asked for just now" in page
    assert "Winter round" not in page


def test_no_with_a_word_and_then_another_round_may_be_opened() -> None:
    estuary = make_congregation()
    forming = make_round(estuary, by=member_of(estuary))
    url = address(forming, "consent_round")
    signed_in(estuary.created_by).post(url, {"no": "1", "word": "After the harvest."})
    assert state(forming) == State.CALLED_OFF
    told = Notice.objects.get(kind="rounds.answered")
    assert told.payload["word"] == "After the harvest."
    with pytest.raises(errors.AlreadyConsented):
        rounds.consent(forming=forming, by=estuary.created_by)
    assert state(make_round(estuary)) == State.OPEN


def test_consent_that_comes_late_leaves_as_many_days_as_were_asked_for() -> None:
    estuary = make_congregation()
    forming = make_round(estuary, by=member_of(estuary), days=5)
    week_ago = timezone.now() - timedelta(days=7)
    FormingRound.objects.update(asked_at=week_ago, closes_at=week_ago + timedelta(days=5))
    rounds.consent(forming=forming, by=estuary.created_by)
    assert state(forming) == State.OPEN
    left = forming.closes_at - timezone.now()
    assert timedelta(days=4, hours=23) < left <= timedelta(days=5)


def test_one_round_at_a_time_says_which_one_is_going_on() -> None:
    forming = make_round()
    steward = forming.congregation.created_by
    assert steward is not None
    url = reverse("crews:open_round", args=[forming.congregation_id])
    page = text(signed_in(steward).get(url))
    assert "Winter round is going on" in page
    assert address(forming) in page
    with pytest.raises(errors.RoundGoingOn):
        make_round(forming.congregation)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Please fill this in."),
        ("title", "two\nlines", "on one line"),
        ("day", "2026-01-01", "choose a later day"),
        ("day", "9999-12-31", "within the next ninety"),
        ("day", "soon", "Choose a day."),
        ("at", "", "Please fill this in."),
        ("weeks", "5", "Choose a number from 1 to 4."),
        ("minutes", "30", "Choose a number from 60 to 120."),
        ("meetings", "2", "Choose a number from 5 to 10."),
        ("days_to_answer", "1", "Choose a number from 2 to 21."),
        ("gathering", "7", ""),
    ],
)
def test_bad_input_is_said_beside_the_field(field: str, value: str, said: str) -> None:
    estuary = make_congregation()
    url = reverse("crews:open_round", args=[estuary.pk])
    response = signed_in(estuary.created_by).post(url, words(**{field: value}))
    assert response.status_code == 422
    assert said in text(response)
    assert "For the long evenings." in text(response)
    assert not FormingRound.objects.exists()


@pytest.mark.parametrize("days", [-1, 0.9, 91])
def test_the_rule_itself_keeps_to_its_days(days: float) -> None:
    with pytest.raises(errors.NotToOpen):
        make_round(days=days)


def test_strangers_and_people_who_left_open_nothing() -> None:
    estuary = make_congregation()
    gone = member_of(estuary)
    leave(circle=estuary, by=gone)
    for person in (gone, make_person()):
        with pytest.raises(NotAllowed):
            make_round(estuary, by=person)
        url = reverse("crews:open_round", args=[estuary.pk])
        assert signed_in(person).get(url).status_code == 404


# --- changing and ending --------------------------------------------------------------------


def test_moving_the_day_tells_those_whom_it_concerns_and_a_small_correction_nobody() -> None:
    estuary = make_congregation()
    forming = make_round(estuary)
    up = raise_hands(forming, 2)
    silent, said_no = member_of(estuary), member_of(estuary)
    signed_in(said_no).post(address(forming, "round_hand_down"))
    rounds.change_round(
        forming=forming, by=estuary.created_by, closes_at=forming.closes_at + timedelta(hours=3)
    )
    moved = Notice.objects.filter(kind="rounds.moved")
    assert not moved.exists()
    day = timezone.now() + timedelta(days=20)
    client = signed_in(estuary.created_by)
    response = client.post(address(forming, "edit_round"), words(day=f"{day:%Y-%m-%d}"))
    assert response.status_code == 303
    assert {one.person for one in moved} == {up[0].person, up[1].person, silent}
    forming.refresh_from_db()
    assert forming.closes_at.date() == day.date()


def test_hands_may_go_up_again_after_they_were_down() -> None:
    forming = closed(make_round())
    steward = forming.congregation.created_by
    assert steward is not None
    page = text(signed_in(steward).get(address(forming)))
    assert "Too few hands to set a table" in page
    rounds.change_round(forming=forming, by=steward, closes_at=timezone.now() + timedelta(days=3))
    assert state(forming) == State.OPEN
    raise_hands(forming, 1)


def test_closing_now_lets_no_hand_up_any_more() -> None:
    forming = make_round()
    raise_hands(forming, 3)
    steward = forming.congregation.created_by
    assert steward is not None
    signed_in(steward).post(address(forming, "close_round"))
    assert state(forming) == State.DRAWING
    with pytest.raises(errors.HandsAreDown):
        raise_hands(forming, 1)
    with pytest.raises(errors.HandsAreDown):
        rounds.close_now(forming=forming, by=steward)


def test_after_the_closing_its_words_can_still_be_changed() -> None:
    forming = make_round()
    raise_hands(forming, 3)
    steward = forming.congregation.created_by
    assert steward is not None
    closes_at = rounds.close_now(forming=forming, by=steward).closes_at
    now = words(title="Spring round", day=f"{closes_at:%Y-%m-%d}", at=f"{closes_at:%H:%M}")
    response = signed_in(steward).post(address(forming, "edit_round"), now)
    assert response.status_code == 303
    forming.refresh_from_db()
    assert (forming.title, forming.closes_at) == ("Spring round", closes_at)


def test_calling_off_tells_those_with_a_hand_up() -> None:
    estuary = make_congregation(people=3)
    forming = make_round(estuary)
    (up,) = raise_hands(forming, 1)
    client = signed_in(estuary.created_by)
    assert "One hand is up" in text(client.get(address(forming, "call_off_round")))
    client.post(address(forming, "call_off_round"), {"word": "Too much snow."})
    assert state(forming) == State.CALLED_OFF
    assert [one.person for one in Notice.objects.filter(kind="rounds.called_off")] == [up.person]
    assert "was called off" in text(signed_in(up.person).get(address(forming)))


def test_whoever_asked_takes_it_back_while_it_waits_and_no_later() -> None:
    estuary = make_congregation()
    asker = member_of(estuary)
    forming = make_round(estuary, by=asker)
    rounds.call_off(forming=forming, by=asker)
    again = make_round(estuary, by=asker)
    rounds.consent(forming=again, by=estuary.created_by)
    with pytest.raises(NotAllowed):
        rounds.call_off(forming=again, by=asker)
    assert signed_in(asker).get(address(again, "call_off_round")).status_code == 403


@pytest.mark.parametrize("name", ["edit_round", "close_round", "consent_round", "call_off_round"])
def test_members_look_after_nothing(name: str) -> None:
    forming = make_round()
    member = member_of(forming.congregation)  # type: ignore[arg-type]
    assert signed_in(member).post(address(forming, name)).status_code == 403


def test_for_a_day_a_round_that_was_called_off_goes_on_with_the_hands_that_are_up() -> None:
    estuary = make_congregation(people=2)
    forming = make_round(estuary)
    (up,) = raise_hands(forming, 1)
    steward = estuary.created_by
    planned = forming.closes_at
    rounds.call_off(forming=forming, by=steward)
    with time_machine.travel(timezone.now() + TOLD_AFTER):
        send_due(seconds=10)
    with pytest.raises(NotAllowed):
        rounds.go_on(forming=forming, by=up.person)
    page = text(signed_in(steward).get(address(forming)))
    assert address(forming, "round_goes_on") in page
    signed_in(steward).post(address(forming, "round_goes_on"))
    forming.refresh_from_db()
    assert (state(forming), forming.closes_at) == (State.OPEN, planned)
    assert forming.participants.up().count() == 1
    told = Notice.objects.get(kind="rounds.goes_on")
    assert told.person == up.person
    send_due(seconds=10)
    told.refresh_from_db()
    assert told.sent_at is not None
    with pytest.raises(errors.TooLateToGoOn):
        rounds.go_on(forming=forming, by=steward)


def test_a_wish_for_a_round_that_was_answered_with_no_is_not_taken_back() -> None:
    estuary = make_congregation(people=1)
    member = estuary.memberships.exclude(person=estuary.created_by).get().person
    forming = make_round(estuary, by=member)
    rounds.decline(forming=forming, by=estuary.created_by)
    with pytest.raises(errors.TooLateToGoOn):
        rounds.go_on(forming=forming, by=estuary.created_by)

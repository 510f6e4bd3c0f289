"""The pages of a round: who may do what there, and what each of them reads."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle
from circles.services import take_seat
from dyads import answer_links
from dyads.models import Openness, PairingRhythm, PairingRound, Place, TakingPart
from dyads.services import places
from people.models import Person
from tests.congregation.pages import signed_in, text
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


def member(congregation: Circle, **fields: object) -> Person:
    person = make_person(**fields)  # type: ignore[arg-type]
    take_seat(circle=congregation, person=person)
    return person


def address(round: PairingRound, name: str = "round") -> str:
    return reverse(f"dyads:{name}", args=[round.pk])


def typed(other: dict[str, str] | None = None, days: int = 6) -> dict[str, str]:
    day = timezone.now() + timedelta(days=days)
    return {
        "words": "For the <long> evenings.",
        "day": f"{day:%Y-%m-%d}",
        "at": "20:00",
        "weeks": "2",
        "minutes": "45",
        "meetings": "6",
        "hours_to_look": "24",
        **(other or {}),
    }


# --- stewards -------------------------------------------------------------------------------


def test_a_steward_opens_a_round_by_their_own_clock() -> None:
    steward = make_person(time_zone="Asia/Kathmandu")
    estuary = make_congregation(by=steward)
    url = reverse("dyads:open_round", args=[estuary.pk])
    assert "Open the round" in text(signed_in(steward).get(url))
    page = text(signed_in(steward).post(url, typed(), follow=True))
    assert "For the &lt;long&gt; evenings." in page
    round = PairingRound.objects.get()
    assert round.pairs_at.strftime("%H:%M") == "14:15"
    assert round.hours_to_look == 24
    assert "A pairing is going on" in text(signed_in(steward).get(url))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"day": "2020-01-01"}, "choose a later day"),
        ({"day": "0001-01-01"}, "choose a later day"),
        ({"day": "9999-12-31"}, "within the next ninety"),
        ({"day": "tomorrow"}, "Choose a day."),
        ({"minutes": "5"}, "from 20 to 120"),
        ({"meetings": "99"}, "from 1 to 24"),
        ({"hours_to_look": "900"}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_what_was_typed_stays(
    estuary: Circle, other: dict[str, str], words: str
) -> None:
    url = reverse("dyads:open_round", args=[estuary.pk])
    answer = signed_in(steward_of(estuary)).post(url, typed(other))
    assert answer.status_code == 422
    assert words in text(answer)
    assert "For the &lt;long&gt; evenings." in text(answer)
    assert not PairingRound.objects.exists()


def test_changing_keeps_what_stands_and_calling_off_says_whom_it_tells(estuary: Circle) -> None:
    round, steward = make_round(estuary), signed_in(steward_of(estuary))
    assert "so nobody is told" in text(steward.get(address(round, "call_off_round")))
    taking_part(estuary)
    standing = round.pairs_at
    same = typed({"day": f"{standing:%Y-%m-%d}", "at": f"{standing:%H:%M}", "meetings": "8"})
    steward.post(address(round, "edit_round"), same)
    round.refresh_from_db()
    assert (round.pairs_at, round.meetings) == (standing, 8)
    assert "hear by mail" in text(steward.get(address(round, "call_off_round")))
    page = text(steward.post(address(round, "call_off_round"), {"word": "Snow."}, follow=True))
    assert "This pairing was called off" in page


def test_a_steward_reads_that_one_is_too_few_and_pairs_two_at_once(estuary: Circle) -> None:
    round, steward = make_round(estuary), signed_in(steward_of(estuary))
    page = text(steward.get(address(round)))
    assert "Nobody is in it so far." in page
    assert "A pairing takes two people at least" in page
    assert "Pair now" not in page
    for _ in range(2):
        taking_part(estuary)
    page = text(steward.get(address(round)))
    assert "Two people are in it so far." in page
    assert "Pair now" in page
    steward.post(address(round, "pair_now"))
    round.refresh_from_db()
    assert round.state(timezone.now()) != PairingRound.State.OPEN


# --- everybody ------------------------------------------------------------------------------


def test_each_reads_how_they_stand_to_it(estuary: Circle) -> None:
    counted_in, invited = taking_part(estuary), member(estuary)
    round = make_round(estuary)
    page = text(signed_in(counted_in).get(address(round)))
    assert "You’ll be paired on" in page
    assert "Skip this one" in page
    assert "Pause until…" in page
    assert "You look after this round" not in page
    page = text(signed_in(invited).get(address(round)))
    assert "Would you like to be paired with somebody?" in page
    assert "Not now" in page
    assert "We do not know yet which hours suit you" in page
    Place.objects.filter(person=counted_in).update(must_say_yes=True)
    page = text(signed_in(counted_in).get(address(round)))
    assert "Shall we pair you this time?" in page
    assert "Not this time" in page
    Openness.objects.create(person=counted_in, most=0)
    assert "You have as many dyads as you wish for" in text(
        signed_in(counted_in).get(address(round))
    )


def test_one_press_answers_and_another_takes_it_back(estuary: Circle) -> None:
    ama = taking_part(estuary)
    round = make_round(estuary)
    client = signed_in(ama)
    page = text(client.post(address(round, "answer_round"), {"answer": "skip"}, follow=True))
    assert "You skip this one" in page
    page = text(client.post(address(round, "answer_round"), {"answer": "in"}, follow=True))
    assert "You are in." in page
    client.post(address(round, "answer_round"), {"answer": "perhaps"})
    assert round.places.get().answer == Answer.IN


def test_after_the_day_nobody_answers_and_the_page_waits_by_itself(estuary: Circle) -> None:
    ama = taking_part(estuary)
    round = due(make_round(estuary))
    client = signed_in(ama)
    answer = client.post(address(round, "answer_round"), {"answer": "skip"})
    assert answer.status_code == 409
    assert "can’t be answered any more" in text(answer)
    page = text(client.get(address(round)))
    assert "The pairs are being found" in page
    assert 'hx-trigger="every 4s"' in page
    now = timezone.now()
    PairingRound.objects.filter(pk=round.pk).update(proposed_at=now, published_at=now)
    part = text(client.get(address(round), headers={"HX-Request": "true"}))
    assert "hx-trigger" not in part
    assert "<html" not in part


def test_outsiders_find_no_round_and_members_no_stewards_part(estuary: Circle) -> None:
    round = make_round(estuary)
    assert signed_in(make_person()).get(address(round)).status_code == 404
    outside = signed_in(make_person()).post(address(round, "answer_round"), {"answer": "in"})
    assert outside.status_code == 404
    inside = signed_in(member(estuary))
    for name in ("edit_round", "call_off_round"):
        assert inside.get(address(round, name)).status_code == 403
    assert inside.post(address(round, "pair_now")).status_code == 403


def test_as_many_questions_for_few_people_as_for_many(estuary: Circle) -> None:
    round, client = make_round(estuary), signed_in(steward_of(estuary))
    counts = []
    for more in (1, 4):
        for _ in range(more):
            taking_part(estuary)
        with CaptureQueriesContext(connection) as found:
            client.get(address(round))
        counts.append(len(found))
    assert counts[0] == counts[1]


# --- from the mail --------------------------------------------------------------------------


def test_a_link_in_the_mail_answers_only_when_its_button_is_pressed(estuary: Circle) -> None:
    ama = taking_part(estuary)
    round = make_round(estuary)
    url = reverse(
        "dyads:answer_from_mail", args=[answer_links.token_for(round, ama), Answer.SKIP.value]
    )
    client = Client(enforce_csrf_checks=True)
    assert "Skip this pairing?" in text(client.get(url))
    assert round.places.get().answer == Answer.NONE
    assert "Noted: you skip this one" in text(client.post(url, {"answer": "skip"}, follow=True))
    assert round.places.get().answer == Answer.SKIP
    assert "Noted: you’re in" in text(client.post(url, {"answer": "in"}, follow=True))
    assert client.get(url.replace("reply/", "reply/x")).status_code == 404
    assert client.get(url.replace("skip/", "perhaps/")).status_code == 404
    due(round)
    answer = client.post(url, {"answer": "skip"})
    assert answer.status_code == 409
    assert "Its day has come" in text(answer)
    assert round.places.get().answer == Answer.IN


# --- pausing, taking part -------------------------------------------------------------------


def test_a_pause_is_set_changed_and_taken_back() -> None:
    ama = make_person()
    client, url = signed_in(ama), reverse("dyads:pause_pairing")
    until = date.today() + timedelta(days=60)  # noqa: DTZ011
    page = text(client.post(url, {"until": f"{until:%Y-%m-%d}"}, follow=True))
    assert "No pairing before" in page
    assert Openness.objects.get().paused_until == until
    for wrong in ("2020-01-01", "9999-12-31", "soon", ""):
        assert client.post(url, {"until": wrong}).status_code == 422
    page = text(client.post(url, {"take_back": "1"}, follow=True))
    assert "Pause for a while" in page
    assert Openness.objects.get().paused_until is None


def test_taking_part_and_stopping_are_one_press_each(estuary: Circle) -> None:
    ama = member(estuary)
    client = signed_in(ama)
    client.post(reverse("dyads:take_part", args=[estuary.pk]))
    assert TakingPart.objects.now().get().person == ama
    client.post(reverse("dyads:stop_taking_part", args=[estuary.pk]))
    assert not TakingPart.objects.now().exists()


# --- the rhythm -----------------------------------------------------------------------------


def again(other: dict[str, str] | None = None) -> dict[str, str]:
    return typed({"apart": "8", "notice": "5", **(other or {})})


def test_a_steward_sets_changes_and_ends_a_rhythm(estuary: Circle) -> None:
    client, url = signed_in(steward_of(estuary)), reverse("dyads:rhythm", args=[estuary.pk])
    assert "Pair in this rhythm" in text(client.get(url))
    assert client.post(url, again()).status_code == 303
    assert PairingRhythm.objects.get().apart == 8
    client.post(url, again({"apart": "6"}))
    assert PairingRhythm.objects.get().apart == 6
    client.post(reverse("dyads:end_rhythm", args=[estuary.pk]))
    assert PairingRhythm.objects.get().ended_at is not None
    assert "Pair in this rhythm" in text(client.get(url))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"apart": "2", "notice": "14"}, "Choose fewer days"),
        ({"apart": "1"}, "from 2 to 52"),
        ({"day": "2020-01-01"}, "choose a later day"),
    ],
)
def test_a_rhythm_that_cannot_be_is_explained(
    estuary: Circle, other: dict[str, str], words: str
) -> None:
    url = reverse("dyads:rhythm", args=[estuary.pk])
    answer = signed_in(steward_of(estuary)).post(url, again(other))
    assert answer.status_code == 422
    assert words in text(answer)
    assert not PairingRhythm.objects.exists()


def test_stopping_while_a_round_is_open_is_said_on_its_page(estuary: Circle) -> None:
    ama = taking_part(estuary)
    round = make_round(estuary)
    places.stop_taking_part(congregation=estuary, by=ama)
    assert "You are not in this one" in text(signed_in(ama).get(address(round)))

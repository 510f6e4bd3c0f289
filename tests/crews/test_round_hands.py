"""Raising a hand in a round, changing it, taking it down; and what is wrong with one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Preference
from circles.services import leave, take_seat
from crews import errors
from crews.models import FormingRound, Participant
from crews.rules.interests import LONGEST, own_words
from crews.services import round_hands
from people.models import Person
from tests.congregation.pages import chosen, signed_in, text
from tests.crews.rounds import EVENING, closed, make_round, raise_hands
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def hand_page(forming: FormingRound, name: str = "round_hand") -> str:
    return reverse(f"crews:{name}", args=[forming.pk])


def member_of(forming: FormingRound, name: str = "", **fields: object) -> Person:
    person = make_person(name, **fields)
    take_seat(circle=forming.congregation, person=person)
    return person


def test_a_hand_goes_up_with_everything_and_begins_with_the_usual_hours() -> None:
    forming = make_round()
    me = member_of(forming, "Mere", time_zone="Pacific/Auckland", suitable_hours=EVENING)
    one, other = member_of(forming, "Rory"), member_of(forming, "Anil")
    form = text(signed_in(me).get(hand_page(forming)))
    assert form.count(" checked") == len(EVENING)
    said = {
        "hours": ["44", "45"],
        "interests": ["music"],
        "own": "Slow  Bread, MUSIC and song,boats",
        "wishes": [one.pk],
        "refusals": [other.pk],
        "word": "Early, please <3",
    }
    page = text(signed_in(me).post(hand_page(forming), said, follow=True))
    assert "Your hand is up" in page
    assert "Early, please &lt;3" in page
    assert "music and song, slow bread, boats" in page
    assert "One hand is up" in page
    hand = Participant.objects.get()
    assert (hand.hours, hand.time_zone) == ([44, 45], "Pacific/Auckland")
    assert hand.interests == ["music", "slow bread", "boats"]
    me.refresh_from_db()
    assert me.suitable_hours == EVENING
    again = text(signed_in(me).get(hand_page(forming)))
    assert "slow bread, boats" in again
    assert chosen(again, "refusals") == {str(other.pk)}


def test_the_hours_are_kept_on_the_profile_as_well_when_asked() -> None:
    forming = make_round()
    me = member_of(forming)
    signed_in(me).post(hand_page(forming), {"hours": ["44"], "keeps_hours": "on"})
    me.refresh_from_db()
    assert me.suitable_hours == [44]


@pytest.mark.parametrize("hours", [[], ["168"], ["-1"], ["soon"]])
def test_without_hours_it_says_so_beside_them_and_keeps_the_rest(hours: list[str]) -> None:
    forming = make_round()
    me, one = member_of(forming), member_of(forming)
    said = {"hours": hours, "interests": ["rest"], "word": "Hello.", "wishes": [one.pk]}
    response = signed_in(me).post(hand_page(forming), said)
    assert response.status_code == 422
    page = text(response)
    assert 'id="id_hours_error"' in page
    assert hours or "Without hours nobody can find you a table." in page
    assert "Hello." in page
    assert page.count(" checked") == 2
    assert not Participant.objects.exists()
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"own": "one, two, three, four"}, "Three of your own at most."),
        ({"own": "x" * (LONGEST + 1)}, "forty letters at most"),
        ({"interests": ["nonsense"]}, "error"),
        ({"word": "x" * 301}, "there is room for 300"),
        ({"wishes": ["999999"]}, "error"),
    ],
)
def test_other_odd_input_is_told(said: dict[str, object], told: str) -> None:
    forming = make_round()
    me = member_of(forming)
    response = signed_in(me).post(hand_page(forming), {"hours": ["44"], **said})
    assert response.status_code == 422
    assert told in text(response)
    assert not Participant.objects.exists()


def test_five_wishes_ten_refusals_and_nobody_in_both() -> None:
    forming = make_round()
    me = member_of(forming)
    others = [member_of(forming).pk for _ in range(11)]
    client, url = signed_in(me), hand_page(forming)
    too_many = client.post(url, {"hours": ["44"], "wishes": others[:6]})
    assert "Choose 5 at most." in text(too_many)
    assert "Choose 10 at most." in text(client.post(url, {"hours": ["44"], "refusals": others}))
    both = client.post(url, {"hours": ["44"], "wishes": others[:2], "refusals": others[1:3]})
    assert both.status_code == 422
    assert "Somebody stands in both lists." in text(both)
    client.post(url, {"hours": ["44"], "wishes": others[:5], "refusals": others[5:10]})
    assert Preference.objects.of(me).count() == 10


def test_changing_and_taking_down_until_the_closing() -> None:
    forming = make_round()
    me = member_of(forming)
    raise_hands(forming, [me], word="Hello.")
    client = signed_in(me)
    client.post(hand_page(forming), {"hours": ["50"], "word": "Hello again."})
    assert Participant.objects.get().word == "Hello again."
    page = text(client.post(hand_page(forming, "round_hand_down"), follow=True))
    assert "Your hand is down." in page
    assert "No hand is up yet" in page
    # What was said of one's week is not kept for a round one is not in.
    assert Participant.objects.get().hours == []
    client.post(hand_page(forming), {"hours": ["51"]})
    assert Participant.objects.up().get().hours == [51]
    closed(forming)
    for name in ("round_hand", "round_hand_down"):
        assert client.post(hand_page(forming, name), {"hours": ["52"]}).status_code == 303
    assert Participant.objects.up().get().hours == [51]


def test_whoever_is_late_is_led_to_open_seats() -> None:
    forming = closed(make_round())
    page = text(signed_in(member_of(forming)).get(hand_page(forming), follow=True))
    assert "This round is closed; tables with an open seat are here." in page
    assert reverse("crews:index") in page


def test_not_this_time_is_one_tap_and_nobodys_business() -> None:
    forming = make_round()
    me, other = member_of(forming, "Quiet Person"), member_of(forming)
    assert "would you like a seat in a crew?" in text(signed_in(me).get("/today/"))
    page = text(signed_in(me).post(hand_page(forming, "round_hand_down"), follow=True))
    assert "Not this time, then." in page
    assert "would you like a seat in a crew?" not in text(signed_in(me).get("/today/"))
    for reader in (other, forming.congregation.created_by):
        assert reader is not None
        page = text(signed_in(reader).get(forming.get_absolute_url()))
        assert "Quiet Person" not in page
        assert "No hand is up yet" in page


def test_the_hand_of_whoever_leaves_the_congregation_is_down() -> None:
    forming = make_round()
    hands = raise_hands(forming, 3)
    leave(circle=forming.congregation, by=hands[0].person)
    reader = signed_in(hands[1].person)
    assert "2 hands are up" in text(reader.get(forming.get_absolute_url()))
    assert signed_in(hands[0].person).get(forming.get_absolute_url()).status_code == 404


def test_the_rule_itself() -> None:
    forming = make_round()
    me = member_of(forming)
    with pytest.raises(errors.NoHours):
        round_hands.raise_hand(forming=forming, by=me, hours=[])
    with pytest.raises(NotAllowed):
        round_hands.raise_hand(forming=forming, by=make_person(), hours=EVENING)
    with pytest.raises(NotAllowed):
        round_hands.take_hand_down(forming=forming, by=make_person())
    waiting = make_round(make_congregation(), days=3)
    FormingRound.objects.filter(pk=waiting.pk).update(opened_at=None)
    with pytest.raises(errors.HandsAreDown):
        raise_hands(waiting, 1)


def test_own_words_have_one_spelling() -> None:
    assert own_words(" Slow  BREAD,slow bread,\nStraße ,, Music and Song") == [
        "slow bread",
        "strasse",
        "music",
    ]


def test_today_tells_a_steward_of_hands_that_nobody_draws() -> None:
    forming = make_round()
    raise_hands(forming, 3)
    steward = forming.congregation.created_by
    assert steward is not None
    round_hands.take_hand_down(forming=forming, by=steward)
    client = signed_in(steward)
    assert "hands are up" not in text(client.get("/today/"))
    closed(forming)
    page = text(client.get("/today/"))
    assert "3 hands are up" in page
    assert "Set the tables" in page
    member = signed_in(forming.participants.up().first().person)  # type: ignore[union-attr]
    assert "Set the tables" not in text(member.get("/today/"))


def test_as_many_queries_with_many_people_as_with_few() -> None:
    forming = make_round()
    me = member_of(forming)
    client = signed_in(me)

    def asked() -> list[int]:
        counts = []
        for url in (
            forming.get_absolute_url(),
            hand_page(forming),
            reverse("circles:people_and_i"),
            forming.congregation.get_absolute_url(),
            "/today/",
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
        return counts

    raise_hands(forming, 2)
    few = asked()
    raise_hands(forming, 20)
    assert asked() == few


def test_a_round_with_two_hands_says_so_to_the_stewards_who_give_it_time() -> None:
    forming = make_round()
    raise_hands(forming, 2)
    closed(forming)
    steward = forming.congregation.created_by
    assert steward is not None
    page = text(signed_in(steward).get(forming.get_absolute_url()))
    assert "Give more time" in page
    assert hand_page(forming, "call_off_round") in page
    assert forming.closes_at < timezone.now() - timedelta(minutes=5)

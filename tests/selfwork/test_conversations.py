"""Talking with a part, in turns: nothing that is typed is lost, and nothing is said twice."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from circles.errors import NotAllowed
from people.models import Person
from selfwork import services
from selfwork.forms.conversations import LONGEST_TURN
from selfwork.models import Conversation, Turn, Unsent
from selfwork.showing.conversations import OPENINGS, open_turns, open_unsent
from tests.factories import make_person
from tests.selfwork.quiet import FROM_IT, NAME, TO_IT, make_part, say, signed_in, text

pytestmark = pytest.mark.django_db

SCRIPT = {"accept": "application/json"}


def begun(owner: Person) -> Conversation:
    part = services.meet_part(owner=owner, name=NAME)
    return services.begin_conversation(part=part, owner=owner)


def address(talk: Conversation, name: str = "conversation") -> str:
    return reverse(f"selfwork:{name}", args=[talk.pk])


def wish(body: str, *, key: object = None, voice: str = "me", version: int = 0) -> dict[str, Any]:
    return {"key": str(key or uuid.uuid4()), "voice": voice, "body": body, "version": version}


def said_in(talk: Conversation, owner: Person) -> list[tuple[str, str]]:
    turns = open_turns(talk.turns.all(), services.vault_of(owner))
    return [(one.voice, one.body) for one in turns]


def typed_in(talk: Conversation, owner: Person) -> list[str]:
    return sorted(one.body for one in open_unsent(talk, services.vault_of(owner)))


def typing(client: Client, talk: Conversation, **fields: Any) -> dict[str, Any]:
    answer = client.post(address(talk, "save_turn"), wish(**fields), headers=SCRIPT)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


# --- in turns ---------------------------------------------------------------------------------


def test_saying_hello_begins_a_conversation_and_a_second_press_goes_on_with_it() -> None:
    owner = make_person()
    part = services.meet_part(owner=owner, name=NAME)
    client = signed_in(owner)
    page = reverse("selfwork:part", args=[part.pk])
    assert "Say hello" in text(client.get(page))
    first, second = (
        client.post(reverse("selfwork:talk", args=[part.pk]))["Location"] for _ in range(2)
    )
    assert first == second == address(Conversation.objects.get(part=part))
    words = text(client.get(first))
    assert all(str(opening) in words for opening in OPENINGS)
    assert f">\n{OPENINGS[1]}</textarea>" in text(client.get(first, {"opening": "1"}))
    assert "Go on talking" in text(client.get(page))


def test_two_voices_in_turn_each_offered_to_the_other() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    for voice, body in (("me", TO_IT), ("part", FROM_IT), ("me", "<i>One</i> more. 🦔")):
        answer = client.post(address(talk), wish(body, voice=voice))
        assert (answer.status_code, answer["Location"]) == (303, address(talk))
        words = text(client.get(address(talk)))
        other = "part" if voice == "me" else "me"
        assert re.search(rf'<input[^>]* value="{other}"[^>]* checked', words)
    assert "&lt;i&gt;One&lt;/i&gt; more. 🦔" in words
    assert words.count('class="letter is-part"') == 1
    assert str(OPENINGS[0]) not in words


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "   "},
        {"body": "ü" * (LONGEST_TURN + 1)},
        {"body": "שלום, " * 40_000},
        {"body": TO_IT, "voice": "them"},
    ],
)
def test_what_cannot_be_said_is_explained_and_stays_on_the_sheet(fields: dict[str, Any]) -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    answer = client.post(address(talk), wish(**fields))
    assert answer.status_code == 422
    assert fields["body"].strip() in text(answer)
    assert 'aria-invalid="true"' in text(answer)
    assert not Turn.objects.exists()


def test_a_long_conversation_is_read_in_pages_the_latest_at_hand() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    for number in range(35):
        say(talk, owner, f"Word {number:02}.")
    latest, earlier = (text(client.get(address(talk), {"page": one})) for one in (1, 2))
    assert (latest.count("<article"), earlier.count("<article")) == (30, 5)
    assert latest.index("Word 05.") < latest.index("Word 34.")
    assert "Word 04." in earlier


def test_a_goodbye_ends_it_and_one_may_talk_again() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    say(talk, owner, TO_IT)
    client.post(address(talk, "end_conversation"))
    words = text(client.get(address(talk)))
    assert "Talk again" in words
    assert "<textarea" not in words
    again = client.post(reverse("selfwork:talk", args=[talk.part_id]))["Location"]
    assert again != address(talk)
    # A window that was open all the while loses nothing.
    client.post(address(talk), wish(FROM_IT, voice="part"))
    assert said_in(talk, owner) == [("me", TO_IT), ("part", FROM_IT)]


def test_a_goodbye_before_a_word_leaves_nothing_behind() -> None:
    owner = make_person()
    talk = begun(owner)
    signed_in(owner).post(address(talk, "end_conversation"))
    assert not Conversation.objects.exists()


def test_one_thing_said_and_a_whole_conversation_are_deleted_after_asking_once() -> None:
    owner = make_person()
    talk = Conversation.objects.get(part=make_part(owner))
    client = signed_in(owner)
    turn = talk.turns.first()
    assert turn is not None
    delete = reverse("selfwork:delete_turn", args=[turn.pk])
    assert TO_IT in text(client.get(delete))
    assert client.post(delete)["Location"] == address(talk)
    assert said_in(talk, owner) == [("part", FROM_IT)]
    assert "gone for good" in text(client.get(address(talk, "delete_conversation")))
    client.post(address(talk, "delete_conversation"))
    assert not Conversation.objects.exists()


# --- typed, and not said ----------------------------------------------------------------------


def test_what_is_typed_is_kept_and_stands_on_the_next_sheet() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    key = uuid.uuid4()
    first = typing(client, talk, body="I notice", key=key, voice="part")
    assert first["said"].startswith("Kept at ")
    assert first["fields"] == {"key": str(key), "version": "1"}
    second = typing(client, talk, body="I notice you", key=key, voice="part", version=1)
    assert second["fields"]["version"] == "2"
    words = text(client.get(address(talk)))
    assert ">\nI notice you</textarea>" in words
    assert f'value="{key}"' in words
    client.post(address(talk), wish("I notice you.", key=key, voice="part", version=2))
    assert said_in(talk, owner) == [("part", "I notice you.")]
    assert not Unsent.objects.exists()


def test_two_windows_that_type_at_once_keep_both() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    key = typing(client, talk, body="In one window")["fields"]["key"]
    # Both windows now show the same words; each goes on by itself.
    typing(client, talk, body="In one window, longer", key=key, version=1)
    other = typing(client, talk, body="In the other", key=key, version=1)["fields"]
    assert other["key"] != key
    typing(client, talk, body="In the other, longer", key=other["key"], version=1)
    assert typed_in(talk, owner) == ["In one window, longer", "In the other, longer"]
    words = text(client.get(address(talk)))
    assert "Typed, and not said" in words
    client.post(address(talk), wish("In one window, longer", key=key, version=2))
    client.post(address(talk, "put_away"), {"key": other["key"]})
    assert said_in(talk, owner) == [("me", "In one window, longer")]
    assert typed_in(talk, owner) == []


def test_a_double_click_says_it_once_and_a_late_save_brings_nothing_back() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    once = wish(TO_IT)
    for _ in range(2):
        assert client.post(address(talk), once).status_code == 303
    typing(client, talk, body=TO_IT, key=once["key"])
    assert said_in(talk, owner) == [("me", TO_IT)]
    assert typed_in(talk, owner) == []


def test_words_typed_beside_a_key_that_was_said_are_kept_under_another() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    once = wish(TO_IT)
    client.post(address(talk), once)
    kept = typing(client, talk, body="And another thing", key=once["key"])["fields"]
    assert kept["key"] != once["key"]
    assert typed_in(talk, owner) == ["And another thing"]


def test_a_sheet_that_is_emptied_keeps_nothing() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    key = typing(client, talk, body="Never mind")["fields"]["key"]
    assert typing(client, talk, body="", key=key, version=1)["fields"] == {"version": "0"}
    assert typed_in(talk, owner) == []


def test_what_is_too_long_to_keep_is_said_and_the_last_kept_words_stay() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    key = typing(client, talk, body="Short")["fields"]["key"]
    long = wish("x" * 200_000, key=key, version=1)
    answer = client.post(address(talk, "save_turn"), long, headers=SCRIPT)
    assert answer.status_code == 422
    assert "there is room for 20000" in answer.json()["said"]
    assert typed_in(talk, owner) == ["Short"]


def test_without_a_script_a_button_keeps_it_for_later() -> None:
    owner = make_person()
    talk, client = begun(owner), signed_in(owner)
    answer = client.post(address(talk, "save_turn"), wish("For later"), follow=True)
    assert "Kept, and not said yet." in text(answer)
    assert ">\nFor later</textarea>" in text(answer)


def test_nobody_else_can_say_or_keep_anything_there() -> None:
    owner, other = make_person(), make_person()
    talk = begun(owner)
    with pytest.raises(NotAllowed):
        services.begin_conversation(part=talk.part, owner=other)
    with pytest.raises(NotAllowed):
        say(talk, other, "Mine")
    with pytest.raises(NotAllowed):
        services.keep_unsent(
            conversation=talk, owner=other, key=uuid.uuid4(), version=0, voice="me", body="Mine"
        )


def test_a_conversation_costs_the_same_with_few_and_many_turns(client: Client) -> None:
    owner = make_person()
    talk = begun(owner)
    client.force_login(owner)
    client.get(address(talk))
    say(talk, owner, "One.")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address(talk))
    for _ in range(20):
        say(talk, owner, "More.")
    with CaptureQueriesContext(connection) as many:
        client.get(address(talk))
    assert len(many) == len(few)


class AnyTwoWindows(TestCase):
    """Whatever two windows type and say, in any order: every word that was kept last by a window
    is there, said or typed, and nothing is there twice."""

    databases = "__all__"

    @settings(max_examples=12)
    @given(
        st.lists(st.tuples(st.sampled_from([0, 1]), st.sampled_from(["type", "say"])), max_size=8)
    )
    def test_nothing_kept_is_lost(self, steps: list[tuple[int, str]]) -> None:
        owner = make_person()
        talk = begun(owner)
        first = services.keep_unsent(
            conversation=talk, owner=owner, key=uuid.uuid4(), version=0, voice="me", body="start"
        )
        assert first is not None
        windows: list[dict[str, Any]] = [{"key": first.key, "version": 1} for _ in range(2)]
        last: dict[int, str] = {}
        spoken: list[str] = []
        for number, (window, step) in enumerate(steps):
            state, body = windows[window], f"{window}: {number}"
            if step == "type":
                kept = services.keep_unsent(
                    conversation=talk, owner=owner, voice="me", body=body, **state
                )
                assert kept is not None
                windows[window] = {"key": kept.key, "version": kept.version}
                last[window] = body
            else:
                services.say(conversation=talk, owner=owner, voice="me", body=body, **state)
                spoken.append(body)
                last.pop(window, None)
                windows[window] = {"key": uuid.uuid4(), "version": 0}
        there = [body for _, body in said_in(talk, owner)]
        assert sorted(there) == sorted(spoken)
        assert not [body for body in last.values() if body not in typed_in(talk, owner) + there]

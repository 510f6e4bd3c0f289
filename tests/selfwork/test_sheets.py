"""A step of a guided practice is saved as one types, in one window or two."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from selfwork.forms.guided import LONGEST_SHEET
from selfwork.rules.sheets import Sheet, written
from tests.factories import make_person
from tests.selfwork.quiet import signed_in, text
from tests.selfwork.writing import address, begun, said_on, save, sheet, step

pytestmark = pytest.mark.django_db

FIND = "under the collarbone"


@pytest.fixture
def client() -> Client:
    return signed_in(make_person())


def test_it_is_saved_as_one_types(client: Client) -> None:
    entry = begun(client)
    fields = sheet(client, entry, 1)
    for said in ("under", "under the", FIND):
        answer = save(client, entry, 1, fields, said)
        fields |= answer.json()["fields"]
        assert "for you alone" in answer.json()["said"]
    assert said_on(entry, "find").said == FIND
    version = entry.version
    assert save(client, entry, 1, fields, FIND).status_code == 200
    entry.refresh_from_db()
    assert entry.version == version


@pytest.mark.parametrize("said", ["🦔" * 4000, "שלום לכולם " * 200, "a\u0000b" + "c" * 10])
def test_odd_words_come_back_as_they_are_or_say_why(client: Client, said: str) -> None:
    entry = begun(client)
    answer = save(client, entry, 1, sheet(client, entry, 1), said)
    if answer.status_code == 200:
        assert said_on(entry, "find").said == said
        assert 'dir="auto"' in text(client.get(address("entry", entry)))
    else:
        assert answer.status_code == 422
        assert answer.json()["said"]


def test_too_many_words_are_said_to_be_too_many_and_stay_on_the_page(client: Client) -> None:
    entry, long = begun(client), "w" * 200_000
    answer = save(client, entry, 1, sheet(client, entry, 1), long)
    assert answer.status_code == 422
    assert str(LONGEST_SHEET) in answer.json()["said"]
    for path in (step(entry, 1), f"{step(entry, 1)}save/"):
        answer = client.post(path, {**sheet(client, entry, 1), "said": long})
        assert answer.status_code == 422
        assert long in text(answer)


def test_two_windows_lose_nothing(client: Client) -> None:
    entry = begun(client)
    one, two = sheet(client, entry, 1), sheet(client, entry, 1)
    one |= save(client, entry, 1, one, "from the first").json()["fields"]
    told = save(client, entry, 1, two, "from the").json()
    assert "another window" in told["said"]
    save(client, entry, 1, two, "from the second")
    one |= save(client, entry, 1, one, "from the first, longer").json()["fields"]
    kept = said_on(entry, "find")
    assert (kept.said, list(kept.also.values())) == ("from the first, longer", ["from the second"])
    answer = client.post(step(entry, 1), {**two, "said": "from the second"})
    assert answer["Location"] == step(entry, 1)
    words = text(client.get(step(entry, 1)))
    assert "in another window, too" in words
    client.post(f"{step(entry, 1)}beside/", {"key": next(iter(kept.also)), "is_wanted": "true"})
    kept = said_on(entry, "find")
    assert (kept.said, kept.also) == ("from the first, longer\n\nfrom the second", {})


def test_two_windows_on_two_steps_do_not_meet(client: Client) -> None:
    entry = begun(client)
    one, two = sheet(client, entry, 1), sheet(client, entry, 2)
    save(client, entry, 1, one, "first")
    assert save(client, entry, 2, two, "second").json()["fields"]
    assert (said_on(entry, "find").said, said_on(entry, "focus").said) == ("first", "second")


def test_what_is_beside_can_be_thrown_away(client: Client) -> None:
    entry = begun(client)
    one, two = sheet(client, entry, 1), sheet(client, entry, 1)
    save(client, entry, 1, one, "kept")
    save(client, entry, 1, two, "thrown")
    client.post(f"{step(entry, 1)}beside/", {"key": two["key"]})
    kept = said_on(entry, "find")
    assert (kept.said, kept.also) == ("kept", {})


def test_what_was_deleted_in_another_window_says_so(client: Client) -> None:
    entry = begun(client)
    fields = sheet(client, entry, 1)
    client.post(address("delete_entry", entry))
    answer = save(client, entry, 1, fields, "words")
    assert answer.status_code == 404
    assert "Copy your words" in answer.json()["said"]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["", "x", "y z", "a long one"])),
        max_size=12,
    )
)
def test_the_last_words_of_every_window_are_kept(writes: list[tuple[str, str]]) -> None:
    now, seen, last = Sheet(), dict.fromkeys("abc", 0), {}
    for version, (window, words) in enumerate(writes, start=1):
        said = words and f"{window}: {words}"
        now = written(now, said=said, choice="", by=window, seen=seen[window], version=version)
        last[window] = said
        if now.by == window and window not in now.also:
            seen[window] = version
    kept = {now.said, *now.also.values()}
    # Empty words of a window took nothing of the others' away.
    assert {said for said in last.values() if said} - kept == set()

"""Taking everything along: one file that needs nothing of us."""

import pytest

from selfwork import services
from selfwork.models import Part
from tests.factories import make_person
from tests.selfwork.canary import fill
from tests.selfwork.quiet import NAME, WORDS, make_part, signed_in, talk_with, text

pytestmark = pytest.mark.django_db

KEY = "5b0a1b60-9a0e-4a3c-9f5e-00000000000a"
FILES = {
    "/self/export/": ("text/markdown; charset=utf-8", "my-self-work.md"),
    "/self/export/page/": ("text/html; charset=utf-8", "my-self-work.html"),
}


@pytest.mark.parametrize("address", FILES)
def test_a_file_holds_every_word_in_order_with_dates_and_names(address: str) -> None:
    owner = make_person()
    make_part(owner)
    written = fill(owner)
    make_part(make_person())
    response = signed_in(owner).get(address)
    kind, name = FILES[address]
    assert response["Content-Type"] == kind
    assert f'filename="{name}"' in response["Content-Disposition"]
    said = text(response)
    assert [word for word in [*WORDS, *written.values()] if word not in said] == []
    assert said.index(NAME) < said.index(f"With {NAME}")
    assert f"{Part.objects.latest('pk').met_at:%Y}" in said


def test_the_page_is_whole_by_itself_and_does_nothing() -> None:
    owner = make_person()
    services.meet_part(owner=owner, name="<img src=x onerror=alert(1)>")
    said = text(signed_in(owner).get("/self/export/page/"))
    assert "<img" not in said
    assert "<script" not in said
    assert "href=" not in said


def test_a_file_of_nothing_is_a_file_too() -> None:
    client = signed_in(make_person())
    assert text(client.get("/self/export/")) == "# My self-work\n"
    assert "My self-work" in text(client.get("/self/export/page/"))


WRITINGS = [
    "🦔" * 400 + "👩\u200d👩\u200d👧",
    "שלום לך, מה שלומך?",
    "مرحبا بك\u200f",
    "a\x00b\u2028c\ufffd",
    "ü" * 1900,
]


@pytest.mark.parametrize("words", WRITINGS)
def test_any_writing_comes_back_as_it_was_or_is_refused_in_words(words: str) -> None:
    owner = make_person()
    client = signed_in(owner)
    response = client.post("/self/meet/", {"name": "One", "fears": words})
    if response.status_code == 422:
        assert words.replace("\x00", "") in text(response).replace("\x00", "")
        return
    assert words in text(client.get("/self/export/"))


def test_two_hundred_kilobytes_are_refused_in_words_and_stay_on_the_page() -> None:
    owner = make_person()
    client = signed_in(owner)
    part = make_part(owner)
    much = "long " * 40_000
    for address, fields in (
        ("/self/meet/", {"name": "Two", "fears": much}),
        (talk_with(part), {"key": KEY, "voice": "me", "body": much}),
    ):
        response = client.post(address, fields)
        assert response.status_code == 422
        assert much.strip() in text(response)

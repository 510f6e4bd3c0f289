"""One window deletes what another is writing on at that moment: gone, and never a broken page."""

import uuid
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from selfwork import services
from selfwork.models import Entry, Part, Turn, Unsent
from tests.factories import make_person
from tests.races import RACES, at_once
from tests.selfwork.quiet import make_part, signed_in, talk_with

JSON = {"Accept": "application/json"}


def sent_to(client: Client, url: str, fields: dict[str, object], found: list[int]) -> None:
    found.append(client.post(url, fields).status_code)


@pytest.mark.django_db
def test_a_page_that_saves_by_itself_is_told_that_it_is_gone() -> None:
    owner = make_person()
    part = make_part(owner)
    save, client = f"{talk_with(part)}save/", signed_in(owner)
    client.post(f"{talk_with(part)}delete/")
    answer = client.post(save, {"key": str(uuid.uuid4())}, headers=JSON)
    assert answer.status_code == 404
    assert answer.json() == {"said": "This is not here any more. Copy your words."}
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("round_", range(3))
class TestAtTheSameMoment:
    pytestmark = RACES

    def test_a_conversation(self, round_: int) -> None:
        owner = make_person()
        part = make_part(owner)
        talk = talk_with(part)
        gone = f"{talk}delete/" if round_ else reverse("selfwork:delete_part", args=[part.pk])
        self.race(owner, gone, talk, f"{talk}save/", {"voice": "me", "body": "Rest."})
        assert not Turn.objects.exists()
        assert not Unsent.objects.exists()

    def test_a_practice(self, round_: int) -> None:
        owner = make_person()
        entry = services.begin_entry(owner=owner, kind="meet_a_part")
        step = reverse("selfwork:step", args=[entry.pk, 1])
        gone = reverse("selfwork:delete_entry", args=[entry.pk])
        if round_ == 1:
            gone = reverse("selfwork:forget")
        self.race(owner, gone, step, f"{step}save/", {"said": "Here."})
        assert not Entry.objects.exists()
        assert not Part.objects.exists()

    def race(
        self, owner: Person, gone: str, said: str, saved: str, words: dict[str, object]
    ) -> None:
        """All at once; whoever comes too late is told so."""
        found: list[int] = []
        wishes: list[tuple[str, dict[str, object]]] = [(gone, {})]
        for url in (said, saved, said, saved):
            wishes.append((url, {"key": str(uuid.uuid4()), "version": 1, **words}))
        presses = [partial(sent_to, signed_in(owner), *wish, found) for wish in wishes]
        assert at_once(*presses) == [None] * len(presses)
        assert set(found) <= {303, 404}

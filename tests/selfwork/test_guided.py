"""Guided practices: a few lines a step, nothing lost, another part first, and who it was."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person
from selfwork import services
from selfwork.models import Door, Entry, Part, Turn
from selfwork.rules.guides import GUIDES, LETTER, MEET, PODS, PROMPTS, another_prompt
from selfwork.showing.exporting import as_markdown
from selfwork.showing.lines import sentences_of
from selfwork.showing.parts import open_part
from tests.factories import make_person
from tests.selfwork.quiet import NAME, signed_in, stored, text
from tests.selfwork.writing import address, begun, said_on, sheet, step, write

pytestmark = pytest.mark.django_db

FIND, DOES, FEARS = "under the collarbone", "it counts the lanterns", "the ferry sails early"


@pytest.fixture
def owner() -> Person:
    return make_person()


@pytest.fixture
def client(owner: Person) -> Client:
    return signed_in(owner)


# --- step by step -----------------------------------------------------------------------------


def test_six_steps_and_a_name_make_a_part(client: Client, owner: Person) -> None:
    entry = begun(client)
    said = {1: FIND, 5: DOES, 6: FEARS}
    for number in range(1, 6):
        choice = "curious" if number == 4 else ""
        assert write(client, entry, number, said.get(number, ""), choice) == step(entry, number + 1)
    assert write(client, entry, 6, FEARS) == address("who", entry)
    for _press in range(2):
        answer = client.post(address("who", entry), {"name": NAME})
        assert answer["Location"] == address("entry", entry)
    part = Part.objects.get(owner=owner)
    known = open_part(part, services.vault_of(owner))
    assert (known.name, known.body_place, known.does_for_me, known.fears) == (
        NAME,
        FIND,
        DOES,
        FEARS,
    )
    words = text(client.get(address("entry", entry)))
    assert FEARS in words
    assert "Curious" in words


def test_a_part_one_knows_keeps_what_was_known(client: Client, owner: Person) -> None:
    part = services.meet_part(owner=owner, name=NAME, body_place="in the elbow")
    entry = begun(client)
    write(client, entry, 1, FIND)
    write(client, entry, 6, FEARS)
    client.post(address("who", entry), {"part": part.pk})
    known = open_part(Part.objects.get(owner=owner), services.vault_of(owner))
    assert (known.body_place, known.fears) == ("in the elbow", FEARS)


def test_without_a_name_it_asks_and_lets_one_end(client: Client) -> None:
    entry = begun(client)
    write(client, entry, 6, FEARS)
    answer = client.post(address("who", entry), {"name": " "})
    assert answer.status_code == 422
    assert "Give it a name" in text(answer)
    client.post(address("end_entry", entry))
    entry.refresh_from_db()
    assert entry.ended_at
    assert not Part.objects.exists()


def test_another_part_is_met_first_and_then_the_one_that_waits(client: Client) -> None:
    entry = begun(client)
    assert write(client, entry, 4, "it annoys me", "else") == address("another", entry)
    assert "another part is speaking" in text(client.get(address("another", entry)))
    leads = {client.post(address("another", entry))["Location"] for _press in range(2)}
    first = Entry.objects.get(comes_from=entry)
    assert leads == {step(first, 1)}
    write(client, first, 1, "in the jaw")
    assert "waits for another one" in text(client.get("/self/"))
    write(client, first, 6)
    words = text(client.post(address("who", first), {"name": "The judge"}, follow=True))
    assert "Now go back to the one that waits" in words
    assert step(entry, 4) in words
    assert write(client, entry, 4, "", "kind") == step(entry, 5)


def test_it_stops_and_goes_on_anywhere(client: Client) -> None:
    entry = begun(client)
    assert "Go on where you stopped" not in text(client.get("/self/"))
    write(client, entry, 1, FIND)
    write(client, entry, 2, "")
    words = text(client.get("/self/"))
    assert "Go on where you stopped" in words
    assert address("entry", entry) in words
    assert step(entry, 3) in text(client.get(address("entry", entry)))


def test_one_in_which_nothing_stands_is_begun_once(client: Client) -> None:
    assert begun(client) == begun(client)
    entry = begun(client)
    write(client, entry, 1, FIND)
    assert begun(client) != entry


def test_what_is_done_can_be_changed_and_deleted(client: Client) -> None:
    entry = begun(client, "journal")
    assert write(client, entry, 1, "first") == address("entry", entry)
    assert write(client, entry, 1, "second") == address("entry", entry)
    assert said_on(entry, "write").said == "second"
    assert "Delete for good" in text(client.get(address("delete_entry", entry)))
    client.post(address("delete_entry", entry))
    assert not Entry.objects.exists()


def test_the_kind_closing_lies_in_every_page_on_which_one_writes(
    client: Client, owner: Person
) -> None:
    services.set_would_call(owner=owner, people=["Ada, 555 0142"], seen=[])
    talk = services.begin_conversation(part=services.meet_part(owner=owner, name=NAME), owner=owner)
    meeting = begun(client, "meet-a-part")
    pages = [step(meeting, number) for number in range(1, 7)]
    pages += [address("another", meeting), f"/self/talks/{talk.pk}/", "/self/check-in/", "/self/"]
    for page in pages:
        answer = client.get(page)
        closing = text(answer).partition('<details class="enough">')[2]
        assert "Breathe out slowly" in closing, page
        assert "555 0142" in closing
        assert "no therapy" in closing
        assert answer["Cache-Control"] == "no-store"


def test_leaving_from_the_closing_keeps_what_is_typed(client: Client) -> None:
    for guide in GUIDES:
        entry = begun(client, guide.slug)
        for number in range(1, len(guide.steps) + 1):
            assert 'form="sheet"' in text(client.get(step(entry, number)))
            fields = {**sheet(client, entry, number), "said": f"{FIND} {number}", "then": "later"}
            answer = client.post(f"{step(entry, number)}save/", fields)
            assert answer["Location"] == "/self/"
            assert said_on(entry, guide.steps[number - 1].name).said == f"{FIND} {number}"


def test_back_and_later_keep_what_is_typed(client: Client) -> None:
    entry = begun(client)
    for then, leads in (("back", step(entry, 1)), ("later", "/self/"), ("", step(entry, 2))):
        fields = {**sheet(client, entry, 2), "said": f"typed {then}", "then": then}
        assert client.post(f"{step(entry, 2)}save/", fields)["Location"] == leads
        assert said_on(entry, "focus").said == f"typed {then}"


# --- letter, pod map, journal -----------------------------------------------------------------


def test_a_letter_is_answered_in_a_conversation(client: Client, owner: Person) -> None:
    part = services.meet_part(owner=owner, name=NAME)
    page = text(client.get(reverse("selfwork:part", args=[part.pk])))
    begin = f"/self/guided/begin/letter/?part={part.pk}"
    assert begin in page
    assert f'value="{part.pk}" selected' in text(client.get(begin))
    entry = begun(client, "letter", part=part.pk)
    assert f"Dear {NAME}," in text(client.get(step(entry, 1)))
    for number in range(1, 5):
        write(client, entry, number, f"line {number}")
    leads = {client.post(address("answer_letter", entry))["Location"] for _press in range(2)}
    talk = part.conversations.get()
    assert leads == {address("conversation", talk)}  # type: ignore[arg-type]
    turn = Turn.objects.get()
    said = services.vault_of(owner).open(turn.body)
    assert said == "line 1\n\nline 2\n\nline 3\n\nline 4"


def test_a_letter_to_nobody_yet_asks_who_may_answer(client: Client, owner: Person) -> None:
    entry = begun(client, "letter")
    write(client, entry, 1, "Dear whoever")
    assert client.post(address("answer_letter", entry))["Location"] == address("who", entry)
    answer = client.post(address("who", entry), {"name": NAME})
    assert answer["Location"].startswith("/self/talks/")
    assert Part.objects.get(owner=owner).conversations.get().turns.count() == 1


def test_a_pod_map_ends_in_whom_one_would_call(client: Client, owner: Person) -> None:
    services.set_would_call(owner=owner, people=["Ida"], seen=[])
    entry = begun(client, "pod-map")
    for number in range(1, 4):
        write(client, entry, number, "Ada, 555 0142\r\n\r\nBo\r\nAda, 555 0142")
    leads = write(client, entry, 4)
    assert leads == f"/self/would-call/?from={entry.pk}"
    form = client.get(leads).context["form"]
    assert form["people"].value() == "Ida\nAda, 555 0142\nBo"
    fields = {"people": form["people"].value(), "seen": form["seen"].value()}
    assert client.post(leads, fields)["Location"] == address("entry", entry)
    words = text(client.get("/self/"))
    assert "555 0142" in words
    assert not [value for value in stored() if b"555 0142" in value]


def test_whom_one_would_call_in_two_windows(client: Client, owner: Person) -> None:
    services.set_would_call(owner=owner, people=["Ida"], seen=[])
    client.post("/self/would-call/", {"people": "Ida\nBo", "seen": "Ida"})
    client.post("/self/would-call/", {"people": "Ada", "seen": "Ida"})
    door = Door.objects.get(owner=owner)
    assert services.vault_of(owner).open(door.would_call) == "Ada\nBo"
    client.post("/self/would-call/", {"people": "", "seen": "Ada\nBo"})
    assert "Write down whom I would call" in text(client.get("/self/"))


def test_the_journal_offers_a_question_another_one_or_none(client: Client) -> None:
    page = reverse("selfwork:begin", args=["journal"])
    offered = client.get(page).context["prompt"]
    second = client.get(page, {"prompt": offered["next"]}).context["prompt"]
    assert second["words"] != offered["words"]
    entry = begun(client, "journal", prompt=second["number"])
    words = text(client.get(step(entry, 1)))
    assert str(second["words"]) in words
    write(client, entry, 1, "x")
    without = begun(client, "journal")
    assert client.get(step(without, 1)).context["opened"].prompt == ""
    assert client.get(page, {"prompt": "99999"}).status_code == 200


def test_questions_go_round() -> None:
    seen, number = set(), 3
    for _step in PROMPTS:
        number = another_prompt(number)
        seen.add(number)
    assert len(seen) == len(PROMPTS) >= 12


def test_practices_of_the_library_lead_here(client: Client) -> None:
    for guide in (MEET, LETTER, PODS):
        words = text(client.get(f"/practices/{guide.practice}/"))
        assert reverse("selfwork:begin", args=[guide.slug]) in words
    assert reverse("selfwork:map") in text(client.get("/practices/parts-map/"))
    assert "Do it here" not in text(client.get("/practices/troika/"))


# --- whose it is, and how much it costs -------------------------------------------------------


def test_to_everybody_else_it_is_not_there(client: Client) -> None:
    entry = begun(client)
    write(client, entry, 1, FIND)
    other = signed_in(make_person())
    for name in ("entry", "another", "who", "end_entry", "answer_letter", "delete_entry"):
        for method in (other.get, other.post):
            assert method(address(name, entry)).status_code in {404, 405}
    for path in ("", "save/", "beside/"):
        fields = {"key": str(uuid.uuid4()), "version": 0, "said": "x"}
        assert other.post(step(entry, 1) + path, fields).status_code == 404
    assert said_on(entry, "find").said == FIND


def test_no_step_beyond_the_last(client: Client) -> None:
    entry = begun(client)
    for number in (0, 7, 10**30):
        assert client.get(f"/self/guided/{entry.pk}/{number}/").status_code == 404


def test_it_is_found_and_taken_along(client: Client, owner: Person) -> None:
    entry = begun(client)
    write(client, entry, 1, FIND)
    write(client, entry, 4, "", "kind")
    assert f"notice it?: {FIND}" in as_markdown(owner)
    answer = client.post("/self/search/", {"words": "collarbone"})
    assert address("entry", entry) in text(answer)
    assert not [value for value in stored() if FIND.encode() in value]


def test_one_sentence_of_it_can_be_carried_out(client: Client, owner: Person) -> None:
    entry = begun(client, "journal")
    write(client, entry, 1, "It rained. I stayed.")
    words = text(client.get(address("entry", entry)))
    carry = f"/self/carried/new/?entry={entry.pk}"
    assert carry in words
    rows = Entry.objects.get(pk=entry.pk)
    assert sentences_of(services.vault_of(owner), rows) == ["It rained.", "I stayed."]


def test_pages_cost_the_same_for_few_and_many(client: Client, owner: Person) -> None:
    costs = []
    for rows in (1, 6):
        for _row in range(rows):
            part = services.meet_part(owner=owner, name=NAME)
            entry = Entry.objects.create(owner=owner, kind=MEET.kind, part=part, step=2)
        found = []
        for path in ("/self/", "/self/guided/", address("entry", entry), step(entry, 2)):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        costs.append(found)
    assert costs[0] == costs[1]

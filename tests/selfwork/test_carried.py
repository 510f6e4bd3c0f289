"""One sentence for the others, and the way back."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles import services as circles
from circles.models import Circle
from people.models import Person
from people.services import delete_account
from selfwork import services
from selfwork.entry_words import EntryWords, sealed_entry
from selfwork.models import CarriedLine, Entry
from selfwork.rules.sheets import Sheet
from selfwork.showing.exporting import as_markdown
from tests.dyads.ending import make_pair
from tests.factories import make_person
from tests.selfwork.around import LINE, carry, crew_of, met
from tests.selfwork.quiet import make_part, say, signed_in, stored, text, turn_of

pytestmark = pytest.mark.django_db


def through_the_preview(client: Any, circle: Circle, words: str = LINE, at: str = "") -> Any:
    """Press through: choose, read who reads it, carry."""
    preview = client.post(f"/self/carried/new/{at}", {"words": words, "circle": circle.pk})
    seen = re.search(r'name="readers" value="([^"]*)"', text(preview))
    assert seen is not None
    typed = {"words": words, "circle": circle.pk, "readers": seen[1], "carry": "yes"}
    return client.post(f"/self/carried/new/{at}", typed)


def test_it_is_carried_only_after_its_readers_were_named() -> None:
    owner, mate = make_person("Owner"), make_person("Halcyon Mate")
    crew, client = crew_of(owner, mate), signed_in(owner)
    preview = client.post("/self/carried/new/", {"words": f" {LINE}\n", "circle": crew.pk})
    assert "Halcyon Mate" in text(preview)
    assert LINE in text(preview)
    assert not CarriedLine.objects.exists()
    assert through_the_preview(client, crew).status_code == 303
    page = text(signed_in(mate).get(f"/crews/{crew.pk}/"))
    assert LINE in page
    assert "/self/carried/" not in page
    assert "/take-back/" in text(client.get(f"/crews/{crew.pk}/"))
    assert LINE in as_markdown(owner)
    assert LINE not in text(signed_in(mate).get("/you/my-data/"))


def test_it_is_carried_into_a_dyad() -> None:
    dyad = make_pair()
    one, other = circles_people(dyad)
    carry(one, dyad)
    assert LINE in text(signed_in(other).get(f"/dyads/{dyad.pk}/"))


def circles_people(circle: Circle) -> list[Person]:
    return [seat.person for seat in circle.memberships.present().at_table()]


def test_a_sentence_is_chosen_from_what_was_said() -> None:
    owner, mate = make_person(), make_person()
    part, crew, client = make_part(owner), crew_of(owner, mate), signed_in(owner)
    turn = say(part.conversations.all()[0], owner, "First. مرحبا يا صديقي؟ Last one 🎈")
    page = text(client.get(f"/self/carried/new/?turn={turn.pk}"))
    assert 'value="مرحبا يا صديقي؟"' in page
    chosen = {"chosen": "Last one 🎈", "circle": crew.pk}
    assert "Last one 🎈" in text(client.post(f"/self/carried/new/?turn={turn.pk}", chosen))
    strange = turn_of(make_part())
    assert client.get(f"/self/carried/new/?turn={strange.pk}").status_code == 404
    assert client.get("/self/carried/new/?entry=9").status_code == 404
    other = client.post(f"/self/carried/new/?turn={turn.pk}", {**chosen, "chosen": "Not said"})
    assert other.status_code == 422


def test_a_sentence_is_chosen_from_a_practice() -> None:
    owner, mate = make_person(), make_person()
    crew_of(owner, mate)
    sheets = {"find": Sheet(said="In the throat. It is green."), "feel": Sheet(said="Warm", at=3)}
    words = sealed_entry(services.vault_of(owner), EntryWords("What is it?", sheets))
    entry = Entry.objects.create(owner=owner, kind="meet_a_part", words=words)
    client = signed_in(owner)
    assert f"?entry={entry.pk}" in text(client.get(reverse("selfwork:entry", args=[entry.pk])))
    page = text(client.get(f"/self/carried/new/?entry={entry.pk}"))
    chosen = re.findall(r'name="chosen" value="([^"]*)"', page)
    assert chosen == ["In the throat.", "It is green.", "Warm"]


@pytest.mark.parametrize("words", ["", "   ", "x" * 401])
def test_nothing_and_too_much_are_not_carried(words: str) -> None:
    owner, mate = make_person(), make_person()
    crew = crew_of(owner, mate)
    response = signed_in(owner).post("/self/carried/new/", {"words": words, "circle": crew.pk})
    assert response.status_code == 422
    assert words in text(response)


def test_only_where_one_sits() -> None:
    owner, mate = make_person(), make_person()
    mine, client = crew_of(owner, mate), signed_in(owner)
    for circle in (crew_of(mate), Circle.objects.filter(scale="self").first()):
        pk = circle.pk if circle else 999
        answer = client.post("/self/carried/new/", {"words": LINE, "circle": pk, "carry": "yes"})
        assert answer.status_code == 422
    circles.leave(circle=mine, by=owner)
    typed = {"words": LINE, "circle": mine.pk, "carry": "yes", "readers": f"{mate.pk}"}
    assert client.post("/self/carried/new/", typed).status_code == 422
    assert not CarriedLine.objects.exists()


def test_who_sat_down_meanwhile_is_named_before_it_is_carried() -> None:
    owner, mate, late = make_person("Owner"), make_person("Mate"), make_person("Latecomer")
    crew, client = crew_of(owner, mate), signed_in(owner)
    circles.take_seat(circle=crew, person=late)
    typed = {"words": LINE, "circle": crew.pk, "readers": f"{mate.pk}", "carry": "yes"}
    response = client.post("/self/carried/new/", typed)
    assert response.status_code == 409
    assert "Latecomer" in text(response)
    assert not CarriedLine.objects.exists()
    typed["readers"] = "0,'; drop"
    assert client.post("/self/carried/new/", typed).status_code == 409


def test_alone_at_a_table_nothing_is_carried() -> None:
    owner = make_person()
    crew = crew_of(owner)
    answer = signed_in(owner).post("/self/carried/new/", {"words": LINE, "circle": crew.pk})
    assert answer.status_code == 422
    assert "Nobody sits there but you" in text(answer)


def test_pressing_twice_carries_once_and_another_takes_its_place() -> None:
    owner, mate = make_person(), make_person()
    crew, client = crew_of(owner, mate), signed_in(owner)
    through_the_preview(client, crew)
    first = CarriedLine.objects.get()
    through_the_preview(client, crew)
    assert CarriedLine.objects.get().carried_at == first.carried_at
    through_the_preview(client, crew, "Another.")
    assert CarriedLine.objects.get().words == "Another."


def test_taken_back_it_is_nowhere() -> None:
    owner, mate = make_person(), make_person()
    crew = crew_of(owner, mate)
    line = carry(owner, crew)
    address = f"/self/carried/{line.pk}/take-back/"
    assert signed_in(mate).post(address).status_code == 404
    assert LINE in text(signed_in(owner).get(address))
    signed_in(owner).post(address)
    assert LINE not in text(signed_in(mate).get(f"/crews/{crew.pk}/"))
    assert not [value for value in stored() if LINE.encode() in value]


def readable(person: Person) -> bool:
    return CarriedLine.objects.readable_by(person).exists()


def test_who_leaves_and_who_comes_later_do_not_read_it() -> None:
    owner, mate, late = make_person(), make_person(), make_person()
    crew = crew_of(owner, mate)
    carry(owner, crew)
    circles.take_seat(circle=crew, person=late)
    assert [readable(one) for one in (owner, mate, late)] == [True, True, False]
    circles.leave(circle=crew, by=mate)
    assert not readable(mate)
    circles.take_seat(circle=crew, person=mate)
    assert not readable(mate), "a seat taken anew is a later one"


def test_a_circle_that_ends_tells_it_to_nobody() -> None:
    owner, mate = make_person(), make_person()
    crew = crew_of(owner, mate)
    carry(owner, crew)
    circles.close(circle=crew, by=mate)
    assert not readable(mate)
    assert LINE not in text(signed_in(mate).get(f"/crews/{crew.pk}/"))
    assert "nobody reads it now" in text(signed_in(owner).get("/self/carried/"))


@pytest.mark.parametrize("farewell", [False, True])
def test_whoever_leaves_takes_their_sentence_along(farewell: bool) -> None:
    owner, mate = make_person(), make_person()
    crew = crew_of(owner, mate)
    carry(owner, crew)
    if farewell:
        delete_account(person=owner)
    else:
        circles.leave(circle=crew, by=owner)
    assert not CarriedLine.objects.exists()
    assert not [value for value in stored() if LINE.encode() in value]


def test_the_pages_cost_the_same_for_few_and_many() -> None:
    owner, mates = make_person(), [make_person() for _ in range(3)]
    crew, client = crew_of(owner, *mates), signed_in(owner)
    pages = ("/self/meetings/", "/self/carried/", f"/crews/{crew.pk}/")
    costs = []
    for number in range(2):
        for mate in mates[: 1 + 2 * number]:
            session = met(crew)
            services.note_of_meeting(owner=owner, session=session, parts=[], words="Hm")
            carry(mate, crew)
            carry(owner, crew_of(owner, mate))
        cost = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[1]

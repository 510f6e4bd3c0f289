"""Which part of me was there, and one sentence for the others."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles import services as circles
from circles.models import Circle
from crews import services as crews
from people.models import Person
from people.services import delete_account
from practice.models import PracticeSession
from practice.showing.after import further_after
from selfwork import services
from selfwork.entry_words import EntryWords, sealed_entry
from selfwork.models import CarriedLine, Entry, Noticed
from selfwork.rules.sheets import Sheet
from selfwork.services.door import set_door
from selfwork.showing.exporting import as_markdown
from tests.dyads.ending import make_pair
from tests.factories import make_congregation, make_person
from tests.selfwork.quiet import make_part, say, signed_in, stored, text, turn_of

pytestmark = pytest.mark.django_db

NOTED = "The pelican took the chair 🦩"
LINE = "I would rather be asked than guessed at."


def met(circle: Circle) -> PracticeSession:
    """A meeting of the circle that is over."""
    begun = timezone.now() - timedelta(hours=3)
    return PracticeSession.objects.create(
        circle=circle, starts_at=begun, ends_at=begun + timedelta(hours=1)
    )


def crew_of(*people: Person) -> Circle:
    crew = crews.call(by=people[0], name="Lamplighters", intention="To light.", seats=6)
    for person in people[1:]:
        circles.take_seat(circle=crew, person=person)
    return crew


def sheet(session: PracticeSession) -> str:
    return f"/self/meetings/{session.pk}/"


def carry(owner: Person, circle: Circle, words: str = LINE) -> CarriedLine:
    readers = {person.pk for person in services.readers_in(circle, owner)}
    return services.carry(owner=owner, circle=circle, words=words, readers=readers)


# --- which part of me was there ---------------------------------------------------------------


def test_somebody_notes_which_part_was_there_and_it_is_theirs_alone() -> None:
    owner, mate = make_person("Owner"), make_person("Mate")
    crew, part = crew_of(owner, mate), make_part(owner)
    session, client = met(crew), signed_in(owner)
    assert sheet(session) in text(client.get(f"/sessions/{session.pk}/"))
    response = client.post(sheet(session), {"parts": [part.pk], "words": NOTED})
    assert (response.status_code, response["Location"]) == (303, "/self/meetings/")
    words = text(client.get("/self/meetings/"))
    assert NOTED in words
    assert "Quillfeather" in words
    assert "Crew, " in words
    assert str(crew) not in words
    assert not [value for value in stored() if b"pelican" in value]
    assert NOTED in as_markdown(owner)


def test_it_is_changed_and_deleted() -> None:
    owner = make_person()
    session, client = met(crew_of(owner)), signed_in(owner)
    client.post(sheet(session), {"words": NOTED})
    note = Noticed.objects.get()
    assert NOTED in text(client.get(sheet(session)))
    client.post(sheet(session), {"words": "Another one did."})
    client.post(f"/self/noticed/{note.pk}/", {"words": "Was it really?"})
    words = text(client.get("/self/meetings/"))
    assert "Was it really?" in words
    assert NOTED not in words
    assert NOTED not in text(client.get(f"/self/noticed/{note.pk}/delete/"))
    client.post(f"/self/noticed/{note.pk}/delete/")
    assert not Noticed.objects.exists()


def test_an_empty_sheet_is_not_kept_and_a_strange_part_neither() -> None:
    owner = make_person()
    make_part(owner)
    strange, session, client = make_part(), met(crew_of(owner)), signed_in(owner)
    assert client.post(sheet(session), {"words": ""}).status_code == 422
    assert client.post(sheet(session), {"parts": [strange.pk]}).status_code == 422
    long = client.post(sheet(session), {"words": "שלום " * 2000})
    assert long.status_code == 422
    assert "שלום" in text(long)
    assert not Noticed.objects.exists()


def test_nobody_sees_that_there_is_something() -> None:
    owner, mate = make_person("Owner"), make_person("Mate")
    crew = crew_of(owner, mate)
    session, client = met(crew), signed_in(mate)
    pages = [f"/sessions/{session.pk}/", f"/sessions/{session.pk}/leave/", sheet(session)]

    def seen() -> list[str]:
        hidden = re.compile(r'(csrf\w*"|nonce=)[^>]*|hx-headers=\'[^\']*\'')
        return [hidden.sub("", text(client.get(page))) for page in pages]

    before = seen()
    signed_in(owner).post(sheet(session), {"words": NOTED})
    assert seen() == before
    note = Noticed.objects.get()
    assert client.get(f"/self/noticed/{note.pk}/").status_code == 404
    assert client.post(f"/self/noticed/{note.pk}/", {"words": "x"}).status_code == 404
    assert client.post(f"/self/noticed/{note.pk}/delete/").status_code == 404


def test_the_sheet_is_for_those_who_sit_there_once_it_has_begun() -> None:
    owner, outsider = make_person(), make_person()
    session = met(crew_of(owner))
    assert signed_in(outsider).get(sheet(session)).status_code == 404
    later = timezone.now() + timedelta(days=1)
    PracticeSession.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert signed_in(owner).post(sheet(session), {"words": NOTED}).status_code == 303
    assert not Noticed.objects.exists()


def test_it_stays_with_who_left_the_crew() -> None:
    owner, mate = make_person(), make_person()
    crew = crew_of(owner, mate)
    session, client = met(crew), signed_in(owner)
    client.post(sheet(session), {"words": NOTED})
    circles.leave(circle=crew, by=owner)
    assert client.get(sheet(session)).status_code == 404
    PracticeSession.objects.all().delete()
    assert "A meeting" in text(client.get("/self/meetings/"))
    assert client.get(f"/self/noticed/{Noticed.objects.get().pk}/").status_code == 200


def test_the_page_of_leaving_leads_there() -> None:
    owner = make_person()
    session = met(crew_of(owner))
    assert sheet(session) in [one.url for one in further_after(session, owner)]


def test_the_door_stands_before_it() -> None:
    owner = make_person()
    session, client = met(crew_of(owner)), signed_in(owner)
    client.post(sheet(session), {"words": NOTED})
    set_door(owner=owner, asks_after=0)
    response = client.get("/self/meetings/")
    assert response.status_code == 303
    assert NOTED not in text(response)


# --- nobody else, whoever they are --------------------------------------------------------------


def test_no_other_kind_of_person_reads_either_on_any_page() -> None:
    owner, mate, steward = make_person("Owner"), make_person("Mate"), make_person("Steward")
    outsider, neighbour, root = make_person(), make_person(), make_person(is_superuser=True)
    Person.objects.filter(pk=root.pk).update(is_staff=True)
    congregation = make_congregation(by=steward)
    for person in (owner, mate, neighbour):
        circles.take_seat(circle=congregation, person=person)
    crew = crews.call(by=owner, name="Lamps", intention="Light.", seats=6, parent=congregation)
    circles.take_seat(circle=crew, person=mate)
    session = met(crew)
    services.note_of_meeting(owner=owner, session=session, parts=[], words=NOTED)
    line = carry(owner, crew)
    note = Noticed.objects.get()
    pages = [
        f"/crews/{crew.pk}/",
        "/crews/",
        f"/congregations/{congregation.pk}/",
        f"/sessions/{session.pk}/",
        f"/sessions/{session.pk}/leave/",
        "/today/",
        "/you/my-data/",
        f"/self/noticed/{note.pk}/",
        f"/self/carried/{line.pk}/take-back/",
        "/self/meetings/",
        "/self/carried/",
        f"/steward/circles/circle/{crew.pk}/change/",
        f"/steward/crews/crew/{crew.pk}/change/",
    ]
    assert LINE in text(signed_in(mate).get(pages[0]))
    for person in (outsider, neighbour, steward, root):
        client = signed_in(person)
        for page in pages:
            words = text(client.get(page))
            assert LINE not in words, (person, page)
            assert NOTED not in words, (person, page)
    client = signed_in(mate)
    for page in pages[1:]:
        assert LINE not in text(client.get(page)), page
    assert NOTED not in "".join(text(client.get(page)) for page in pages)
    services.take_back_line(line=line, owner=owner)
    assert LINE not in "".join(text(client.get(page)) for page in pages)


def test_signed_out_nothing_is_carried() -> None:
    owner, mate = make_person(), make_person()
    crew = crew_of(owner, mate)
    client = signed_in(owner)
    client.logout()
    typed = {"words": LINE, "circle": crew.pk, "readers": f"{mate.pk}", "carry": "yes"}
    response = client.post("/self/carried/new/", typed)
    assert response.status_code in {302, 303}
    assert not CarriedLine.objects.exists()
    assert not [value for value in stored() if LINE.encode() in value]


# --- one sentence for the others --------------------------------------------------------------


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

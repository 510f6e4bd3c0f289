"""Which part of me was there: a note to a meeting, for oneself."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from circles import services as circles
from crews import services as crews
from people.models import Person
from practice.models import PracticeSession
from practice.showing.after import further_after
from selfwork import services
from selfwork.models import CarriedLine, Noticed
from selfwork.services.door import set_door
from selfwork.showing.exporting import as_markdown
from tests.factories import make_congregation, make_person
from tests.selfwork.around import LINE, NOTED, carry, crew_of, met, sheet
from tests.selfwork.quiet import make_part, signed_in, stored, text

pytestmark = pytest.mark.django_db


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

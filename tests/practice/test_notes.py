"""Notes of a meeting, that only those who sit at the table read."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import leave, take_seat
from pages.registry import my_data
from people.models import Person
from practice import services
from practice.models import PracticeSession, SessionNote
from practice.showing.notes import A_PAGE
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    questions,
    signed_in,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HTMX = {"HX-Request": "true"}


def write(session: PracticeSession, by: Person, words: str = "Mere brings bread 🍞") -> SessionNote:
    return services.write_note(session=session, by=by, words=words)


def own(name: str, note: SessionNote) -> str:
    return reverse(f"practice:{name}", args=[note.pk])


# --- writing ----------------------------------------------------------------------------------


def test_what_one_writes_the_others_at_the_table_read_on_the_meetings_page() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    response = signed_in(inês).post(page("notes", session), {"words": "Mere brings bread.\n\n- I"})
    assert response.status_code == 303
    assert response["Location"] == f"{session.get_absolute_url()}#notes"
    shown = text(signed_in(tomasz).get(session.get_absolute_url()))
    assert "<p>Mere brings bread.</p>" in shown
    assert "Inês" in shown


def test_whoever_presses_twice_writes_one_note() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    assert write(session, inês) == write(session, inês) != write(session, tomasz)
    assert SessionNote.objects.count() == 2


def test_what_is_written_stays_text() -> None:
    session = meet_once(make_table())
    inês, *_ = people_of(session.circle)
    write(session, inês, "<script>alert(1)</script> & <b>so</b>")
    shown = text(signed_in(inês).get(session.get_absolute_url()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;so&lt;/b&gt;" in shown


def test_with_htmx_the_notes_come_back_alone_with_an_empty_sheet() -> None:
    session = meet_once(make_table())
    client = signed_in(people_of(session.circle)[0])
    response = client.post(page("notes", session), {"words": "Bread"}, headers=HTMX)
    assert response.status_code == 200
    shown = text(response)
    assert shown.strip().startswith('<section class="section" id="notes"')
    assert "<p>Bread</p>" in shown
    assert "></textarea>" in shown.replace("\n", "")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_words_that_are_too_many_are_kept_on_the_page(headers: dict[str, str]) -> None:
    session = meet_once(make_table())
    client = signed_in(people_of(session.circle)[0])
    long = "so much to say " * 300
    response = client.post(page("notes", session), {"words": long}, headers=headers)
    assert response.status_code == 422
    assert long.strip() in text(response)
    assert "there is room for 4000" in text(response)
    assert not SessionNote.objects.exists()


def test_spaces_alone_are_no_note() -> None:
    session = meet_once(make_table())
    response = signed_in(people_of(session.circle)[0]).post(page("notes", session), {"words": " "})
    assert response.status_code == 422
    assert not SessionNote.objects.exists()


def test_ones_own_note_is_written_anew_and_says_so() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    note = write(session, inês)
    assert signed_in(inês).post(own("note", note), {"words": "Mere brings soup"}).status_code == 303
    shown = text(signed_in(tomasz).get(session.get_absolute_url()))
    assert "Mere brings soup" in shown
    assert "bread" not in shown
    assert "(changed since)" in shown


def test_an_emptied_note_is_not_kept_and_the_old_one_stays() -> None:
    session = meet_once(make_table())
    inês, *_ = people_of(session.circle)
    note = write(session, inês)
    assert signed_in(inês).post(own("note", note), {"words": ""}).status_code == 422
    note.refresh_from_db()
    assert (note.words, note.edited_at) == ("Mere brings bread 🍞", None)


def test_ones_own_note_is_deleted_after_asking_once() -> None:
    session = meet_once(make_table())
    inês, *_ = people_of(session.circle)
    note = write(session, inês)
    client = signed_in(inês)
    assert "Delete this note?" in text(client.get(own("delete_note", note)))
    assert SessionNote.objects.exists()
    assert client.post(own("delete_note", note)).status_code == 303
    assert not SessionNote.objects.exists()


@pytest.mark.parametrize("name", ["note", "delete_note"])
def test_nobody_touches_anothers_note(name: str) -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    note = write(session, inês)
    client = signed_in(tomasz)
    assert client.get(own(name, note)).status_code == 404
    assert client.post(own(name, note), {"words": "mine now"}).status_code == 404
    with pytest.raises(NotAllowed):
        services.change_note(note=note, by=tomasz, words="mine now")
    with pytest.raises(NotAllowed):
        services.delete_note(note=note, by=tomasz)
    note.refresh_from_db()
    assert note.words == "Mere brings bread 🍞"


# --- who reads --------------------------------------------------------------------------------


def closed_to(client: Client, session: PracticeSession, note: SessionNote) -> bool:
    addresses = [page("notes", session), own("note", note), own("delete_note", note)]
    answers = [client.get(address) for address in addresses]
    answers += [client.post(address, {"words": "in passing"}) for address in addresses]
    return {answer.status_code for answer in answers} == {404}


def test_strangers_neighbours_and_the_congregations_steward_find_nothing() -> None:
    steward, member = make_person("Steward"), make_person("Member")
    table = make_congregation(by=steward)
    three = [make_person() for _ in range(3)]
    for person in (member, *three):
        take_seat(circle=table, person=person)
    session = meet_once(make_table(*three, parent=table))
    note = write(session, three[0])
    for person in (steward, member, make_person("Stranger")):
        assert closed_to(signed_in(person), session, note)
        with pytest.raises(NotAllowed):
            write(session, person)
    assert SessionNote.objects.count() == 1


def test_who_left_reads_no_more_but_takes_their_own_words_with_them() -> None:
    session = meet_once(make_table(*[make_person() for _ in range(4)]))
    *_, mere = people_of(session.circle)
    note = write(session, mere)
    leave(circle=session.circle, by=mere)
    assert closed_to(signed_in(mere), session, note)
    with pytest.raises(NotAllowed):
        services.delete_note(note=note, by=mere)
    kept = dict(my_data.sources)["notes_of_meetings"](mere)
    assert [row["words"] for row in kept] == ["Mere brings bread 🍞"]  # type: ignore[attr-defined]


def test_my_data_holds_my_notes_and_nobody_elses() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    write(session, inês, "from Inês")
    write(session, tomasz, "from Tomasz")
    shown = text(signed_in(inês).get(reverse("people:my_data")))
    assert "from In" in shown
    assert "from Tomasz" not in shown


def test_notes_stand_neither_in_the_calendar_nor_in_its_file() -> None:
    session = meet_once(make_table())
    inês, *_ = people_of(session.circle)
    write(session, inês)
    client = signed_in(inês)
    for url in (
        reverse("practice:calendar"),
        reverse("practice:calendar_file"),
        page("session_file", session),
        reverse("home:today"),
    ):
        assert "bread" not in text(client.get(url))


# --- when it ends -----------------------------------------------------------------------------


def test_at_a_closed_table_notes_are_read_and_deleted_but_not_written() -> None:
    session = meet_once(make_table())
    inês, *_ = people_of(session.circle)
    note = write(session, inês)
    Circle.objects.filter(pk=session.circle_id).update(closed_at=timezone.now())
    client = signed_in(inês)
    assert "Write something down" not in text(client.get(session.get_absolute_url()))
    response = client.post(page("notes", session), {"words": "Too late"})
    assert response.status_code == 422
    assert "This circle has come to its end." in text(
        client.post(own("note", note), {"words": "?"})
    )
    with pytest.raises(CircleClosed):
        write(session, inês)
    assert client.post(own("delete_note", note)).status_code == 303
    assert not SessionNote.objects.exists()


def test_notes_go_with_their_circle() -> None:
    session = meet_once(make_table())
    write(session, people_of(session.circle)[0])
    Circle.objects.get(pk=session.circle_id).delete()
    assert not SessionNote.objects.exists()


# --- many -------------------------------------------------------------------------------------


def test_many_notes_come_in_pages_the_latest_first_each_in_the_order_of_writing() -> None:
    session = meet_once(make_table())
    inês, *_ = people_of(session.circle)
    for number in range(A_PAGE + 2):
        write(session, inês, f"note {number:02}.")
    client = signed_in(inês)
    latest = text(client.get(session.get_absolute_url()))
    assert latest.index("note 02.") < latest.index(f"note {A_PAGE + 1}.")
    assert "note 01." not in latest
    assert f"{page('notes', session)}?page=2" in latest
    earlier = text(client.get(page("notes", session) + "?page=2"))
    assert earlier.index("note 00.") < earlier.index("note 01.")
    assert "note 02." not in earlier


def test_the_meetings_page_asks_no_more_for_many_notes_than_for_one() -> None:
    one, other, _ = meet(make_table())
    people = people_of(one.circle)
    write(one, people[0])
    for number in range(12):
        write(other, people[number % 3])
    client = signed_in(people[0])
    assert questions(client, one.get_absolute_url()) == questions(client, other.get_absolute_url())

"""Yes, maybe or no: one tap, for one meeting or all that follow."""

import pytest
from django.urls import reverse
from time_machine import Traveller

from circles.errors import NotAllowed
from circles.services import leave, take_seat
from people.models import Person
from practice import errors, services
from practice.models import Answer, PracticeSession
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    HOUR,
    MINUTE,
    SOON,
    WEEK,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    signed_in,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HTMX = {"HX-Request": "true"}


def choices(sessions: list[PracticeSession], person: Person) -> list[str]:
    """The person's answers in the order of the meetings; "" for none."""
    said = dict(Answer.objects.filter(person=person).values_list("session", "choice"))
    return [said.get(session.pk, "") for session in sessions]


def pressed(words: str) -> list[str]:
    """Which of the three buttons is pressed in."""
    lines = [line for line in words.splitlines() if 'aria-pressed="true"' in line]
    return [line.split('value="')[1].split('"')[0] for line in lines]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("yes", "Your cup is out."),
        ("maybe", "Noted: you aren’t sure yet."),
        ("no", "Noted: you can’t come. Thank you for saying so."),
    ],
)
def test_one_tap_answers_and_leads_back_with_a_word(choice: str, said: str) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    client = signed_in(reader)
    assert pressed(text(client.get(page("session", session)))) == []
    response = client.post(page("answer", session), {"answer": choice})
    assert (response.status_code, response["Location"]) == (303, page("session", session))
    words = text(client.get(page("session", session)))
    assert said in words
    assert pressed(words) == [choice]
    assert choices([session], reader) == [choice]


@pytest.mark.parametrize("choice", ["yes", "maybe", "no"])
def test_htmx_gets_the_part_with_the_new_state(choice: str) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    client = signed_in(reader)
    response = client.post(page("answer", session), {"answer": choice}, headers=HTMX)
    assert response.status_code == 200
    words = text(response).strip()
    assert words.startswith(f'<div class="meeting" id="meeting-{session.pk}"')
    assert words.endswith("</div>")
    assert pressed(words) == [choice]
    assert ("Put it in my calendar" in words) == (choice != "no")
    assert "HX-Request" in response["Vary"]


def test_an_answer_can_be_changed_and_stays_one() -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    client = signed_in(reader)
    for choice in ("yes", "no", "no", "maybe"):
        client.post(page("answer", session), {"answer": choice})
    assert Answer.objects.get(session=session, person=reader).choice == "maybe"


def test_the_table_shows_the_cups_of_all() -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    services.answer(session=session, by=tomasz, choice="maybe")
    services.answer(session=session, by=mere, choice="no")
    words = text(signed_in(inês).get(page("session", session)))
    assert "A cup is out for you. Tomasz isn’t sure yet. Mere can’t come." in words


def test_after_the_answer_one_is_led_back_where_one_was_but_never_elsewhere() -> None:
    session = meet_once(make_table())
    client = signed_in(people_of(session.circle)[1])
    for back, to in [
        (reverse("home:today"), reverse("home:today")),
        ("https://elsewhere.example/", page("session", session)),
        ("//elsewhere.example/", page("session", session)),
    ]:
        response = client.post(page("answer", session), {"answer": "yes", "back": back})
        assert response["Location"] == to


def test_and_for_all_that_follow_is_for_those_only() -> None:
    crew = make_table()
    sessions = meet(crew, meetings=4)
    other_run = meet(crew, SOON + 20 * WEEK, meetings=3)
    reader = people_of(crew)[1]
    services.cancel(session=sessions[2], by=reader)
    response = signed_in(reader).post(
        page("answer", sessions[1]), {"answer": "yes", "following": "1"}, follow=True
    )
    assert "Noted for this meeting and 1 that follow" in text(response)
    assert choices(sessions, reader) == ["", "yes", "", "yes"]
    assert choices(other_run, reader) == ["", "", ""]


def test_and_for_all_that_follow_replaces_later_answers_and_leaves_what_was(
    clock: Traveller,
) -> None:
    crew = make_table()
    sessions = meet(crew, meetings=4)
    reader = people_of(crew)[1]
    for session, choice in zip(sessions, ("yes", "maybe", "no", "yes"), strict=True):
        services.answer(session=session, by=reader, choice=choice)
    clock.move_to(sessions[0].ends_at + HOUR)
    assert services.answer(session=sessions[1], by=reader, choice="no", following=True) == 3
    assert choices(sessions, reader) == ["yes", "no", "no", "no"]
    assert choices(sessions, people_of(crew)[0]) == ["yes"] * 4


def test_one_answer_alone_leaves_the_others() -> None:
    crew = make_table()
    sessions = meet(crew, meetings=3)
    reader = people_of(crew)[1]
    signed_in(reader).post(page("answer", sessions[1]), {"answer": "no"})
    assert choices(sessions, reader) == ["", "no", ""]


def test_one_can_decline_at_a_full_table() -> None:
    session = meet_once(make_table(*(make_person() for _ in range(6))))
    for person in people_of(session.circle):
        services.answer(session=session, by=person, choice="yes")
    last = people_of(session.circle)[-1]
    response = signed_in(last).post(page("answer", session), {"answer": "no"}, headers=HTMX)
    assert pressed(text(response)) == ["no"]
    assert choices([session], last) == ["no"]


def test_one_can_say_no_until_the_meeting_is_over(clock: Traveller) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    clock.move_to(session.ends_at - MINUTE)
    assert services.answer(session=session, by=reader, choice="no") == 1
    clock.move_to(session.ends_at)
    with pytest.raises(errors.SessionOver):
        services.answer(session=session, by=reader, choice="yes")
    assert choices([session], reader) == ["no"]


def test_answering_a_meeting_that_is_over_says_so(clock: Traveller) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    client = signed_in(reader)
    clock.move_to(session.ends_at)
    response = client.post(page("answer", session), {"answer": "yes"}, follow=True)
    assert "This meeting is over." in text(response)
    part = text(client.post(page("answer", session), {"answer": "yes"}, headers=HTMX))
    assert "This meeting is over." in part
    assert "<button" not in part
    assert choices([session], reader) == [""]


def test_answering_a_meeting_that_was_called_off_says_so() -> None:
    session = meet_once(make_table())
    inês, reader, _ = people_of(session.circle)
    services.cancel(session=session, by=inês)
    client = signed_in(reader)
    response = client.post(page("answer", session), {"answer": "yes"}, follow=True)
    assert "This meeting was called off." in text(response)
    part = text(client.post(page("answer", session), {"answer": "yes"}, headers=HTMX))
    assert "Called off." in part
    assert "<button" not in part
    assert choices([session], reader) == [""]


def test_a_word_why_is_shown_to_the_table_and_kept_with_the_next_answer() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    client = signed_in(tomasz)
    client.post(page("answer", session), {"answer": "no", "word": "My <aunt> visits 🌻"})
    client.post(page("answer", session), {"answer": "maybe"})
    assert "“My &lt;aunt&gt; visits 🌻”" in text(signed_in(inês).get(page("session", session)))
    client.post(page("answer", session), {"answer": "yes", "word": ""})
    assert Answer.objects.get(session=session, person=tomasz).word == ""


@pytest.mark.parametrize(("letters", "kept"), [(200, True), (201, False)])
def test_a_word_has_two_hundred_letters_at_most(letters: int, kept: bool) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    response = signed_in(reader).post(
        page("answer", session), {"answer": "no", "word": "ü" * letters}, follow=True
    )
    assert ("a word may have up to 200 letters" in text(response)) is not kept
    assert choices([session], reader) == (["no"] if kept else [""])


@pytest.mark.parametrize("answer", ["", "perhaps", "YES"])
def test_anything_else_is_no_answer(answer: str) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    client = signed_in(reader)
    response = client.post(page("answer", session), {"answer": answer}, headers=HTMX)
    assert "Choose yes, maybe or no" in text(response)
    assert choices([session], reader) == [""]


def test_reading_an_address_answers_nothing() -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    response = signed_in(reader).get(page("answer", session), {"answer": "yes"})
    assert response.status_code == 405
    assert choices([session], reader) == [""]


def test_for_outsiders_the_meeting_is_not_there() -> None:
    steward, gone, stranger = make_person("Steward"), make_person("Gone"), make_person()
    congregation = make_congregation(by=steward)
    people = [gone, make_person(), make_person()]
    for person in people:
        take_seat(circle=congregation, person=person)
    session = meet_once(make_table(*people, parent=congregation))
    leave(circle=session.circle, by=gone)
    Answer.objects.all().delete()
    for outsider in (steward, gone, stranger, make_person(is_staff=True, is_superuser=True)):
        client = signed_in(outsider)
        for headers in ({}, HTMX):
            answered = client.post(page("answer", session), {"answer": "yes"}, headers=headers)
            assert answered.status_code == 404
        assert client.get(page("session", session)).status_code == 404
        with pytest.raises(NotAllowed):
            services.answer(session=session, by=outsider, choice="yes")
    assert not Answer.objects.exists()

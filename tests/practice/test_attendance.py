"""Who was there: noted by anyone of the table, and kept apart from who meant to come."""

from collections.abc import Iterable

import pytest
from time_machine import Traveller

from circles.errors import NotAllowed
from pages.registry import waiting
from people.models import Person
from practice import errors, services
from practice.models import Answer, Attendance, PracticeSession
from practice.waiting import attendance
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    DAY,
    MINUTE,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    signed_in,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def there(session: PracticeSession) -> dict[Person, bool]:
    noted = Attendance.objects.filter(session=session).select_related("person")
    return {one.person: one.was_there for one in noted}


def note(session: PracticeSession, by: Person, people: Iterable[Person]) -> None:
    response = signed_in(by).post(page("attendance", session), {"there": [p.pk for p in people]})
    assert response.status_code == 303


def test_anyone_of_the_table_notes_it_once_it_has_begun(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    client = signed_in(mere)
    assert "Who was there?" not in text(client.get(page("session", session)))
    clock.move_to(session.starts_at)
    assert "Who was there?" in text(client.get(page("session", session)))
    wish = {"there": [inês.pk, mere.pk]}
    words = text(client.post(page("attendance", session), wish, follow=True))
    assert there(session) == {inês: True, tomasz: False, mere: True}
    assert "Noted who was there" in words
    assert "Put it right" in words


def test_of_a_meeting_that_is_over_the_page_looks_back(clock: Traveller) -> None:
    session = meet_once(make_table(), link="https://meet.example.org/kettle")
    client = signed_in(people_of(session.circle)[1])
    words = text(client.get(page("session", session)))
    assert "Go to the room" in words
    assert "Inês hosts." in words
    clock.move_to(session.ends_at + DAY)
    words = text(client.get(page("session", session)))
    assert "Go to the room" not in words
    assert "Inês hosts." not in words


def test_not_before_it_has_begun(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    clock.move_to(session.starts_at - MINUTE)
    note(session, by=inês, people=[inês])
    assert there(session) == {}
    assert "has not begun yet" in text(
        signed_in(inês).post(page("attendance", session), follow=True)
    )
    with pytest.raises(errors.NotYet):
        services.note_attendance(session=session, by=inês, there=set(), asked={inês.pk})


def test_who_meant_to_come_is_offered_and_stays_apart(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    services.answer(session=session, by=tomasz, choice="no")
    clock.move_to(session.ends_at)
    words = text(signed_in(mere).get(page("session", session)))
    assert f'value="{inês.pk}" checked' in words
    assert words.count(" checked") == 1
    note(session, by=mere, people=[tomasz])
    said = dict(Answer.objects.filter(session=session).values_list("person", "choice"))
    assert said == {inês.pk: "yes", tomasz.pk: "no"}
    assert there(session) == {inês: False, tomasz: True, mere: False}
    assert f'value="{tomasz.pk}" checked' in text(signed_in(inês).get(page("session", session)))


def test_anybody_can_put_it_right(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    clock.move_to(session.ends_at)
    note(session, by=inês, people=[inês])
    note(session, by=tomasz, people=[tomasz, mere])
    assert there(session) == {inês: False, tomasz: True, mere: True}
    assert {one.noted_by for one in Attendance.objects.all()} == {tomasz}


def test_an_empty_table_can_be_noted_too(clock: Traveller) -> None:
    session = meet_once(make_table())
    clock.move_to(session.ends_at)
    note(session, by=people_of(session.circle)[0], people=[])
    assert set(there(session).values()) == {False}


def test_only_those_of_the_table_are_noted_and_note(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês, outsider = people_of(session.circle)[0], make_person(is_superuser=True, is_staff=True)
    clock.move_to(session.ends_at)
    response = signed_in(outsider).post(page("attendance", session), {"there": [inês.pk]})
    assert response.status_code == 404
    with pytest.raises(NotAllowed):
        services.note_attendance(session=session, by=outsider, there=set(), asked={inês.pk})
    wish = {"there": [str(inês.pk), str(outsider.pk), "9" * 30, "nonsense", "-1"]}
    answer = signed_in(inês).post(page("attendance", session), wish, follow=True)
    assert "Somebody of that list sits here no longer." in text(answer)
    assert there(session) == {}
    signed_in(inês).post(page("attendance", session), {"there": [str(inês.pk)]})
    assert there(session)[inês] is True
    assert outsider not in there(session)


def test_nobody_was_at_a_meeting_that_was_called_off(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    services.cancel(session=session, by=inês)
    clock.move_to(session.ends_at)
    assert "Who was there" not in text(signed_in(inês).get(page("session", session)))
    note(session, by=inês, people=[inês])
    assert there(session) == {}


# --- on Today ---------------------------------------------------------------------------------


def headings(person: Person) -> list[str]:
    return [str(one.heading) for one in attendance(person)]


def test_today_asks_everybody_until_one_has_noted_it(clock: Traveller) -> None:
    assert attendance in waiting.sources
    session = meet_once(make_table())
    people = people_of(session.circle)
    clock.move_to(session.ends_at - MINUTE)
    assert [headings(person) for person in people] == [[], [], []]
    clock.move_to(session.ends_at)
    expected = ["Slow Kettle 🫖 met on Monday"]
    assert [headings(person) for person in people] == [expected] * 3
    today = text(signed_in(people[1]).get("/today/"))
    assert expected[0] in today
    assert page("session", session) in today
    assert headings(make_person()) == []
    note(session, by=people[2], people=people)
    assert [headings(person) for person in people] == [[], [], []]


def test_the_day_is_the_readers(clock: Traveller) -> None:
    reader = make_person(time_zone="Pacific/Auckland")
    session = meet_once(make_table(reader, make_person(), make_person()))
    clock.move_to(session.ends_at)
    assert "Slow Kettle 🫖 met on Tuesday" in text(signed_in(reader).get("/today/"))


def test_after_a_week_nobody_is_asked_any_more(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    clock.move_to(session.ends_at + 7 * DAY - MINUTE)
    assert headings(inês)
    clock.move_to(session.ends_at + 7 * DAY)
    assert headings(inês) == []


def test_neither_a_gathering_nor_a_meeting_called_off_is_asked_about(clock: Traveller) -> None:
    gathering = meet_once(make_congregation(people=3))
    called_off = meet_once(make_table())
    services.cancel(session=called_off, by=people_of(called_off.circle)[0])
    clock.move_to(gathering.ends_at)
    assert headings(people_of(gathering.circle)[0]) == []
    assert headings(people_of(called_off.circle)[0]) == []


def test_at_most_two_are_asked_about_at_once(clock: Traveller) -> None:
    crew = make_table()
    first = people_of(crew)[0]
    starts = meet_once(crew).starts_at
    for days in (1, 2):
        meet(crew, starts + days * DAY, meetings=1)
    clock.move_to(starts + 3 * DAY)
    assert headings(first) == ["Slow Kettle 🫖 met on Wednesday", "Slow Kettle 🫖 met on Tuesday"]

"""A rhythm for oneself: an hour that comes again, of which no mail and no calendar tells more."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from icalendar import Calendar

from circles.errors import NotAllowed
from library.models import Practice
from notifications.models import Notice
from people.models import Person
from practice import services as practice
from practice.calendar import calendar_of, feed_of
from practice.models import Answer, PracticeSession, ReminderRules, Rhythm
from selfwork import services
from selfwork.models import SelfCircle
from tests.factories import make_person
from tests.practice.tables import make_table, meet_once, tick
from tests.selfwork.quiet import signed_in, text

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
BEGINS = datetime(2027, 3, 3, 18, tzinfo=UTC)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def make_time(owner: Person, *, every: str = "week", meetings: int = 2) -> PracticeSession:
    rhythm = practice.set_rhythm(
        circle=services.circle_of(owner),
        by=owner,
        every=every,
        starts_on=BEGINS.date(),
        at=BEGINS.time(),
        time_zone="UTC",
        minutes=30,
        meetings=meetings,
    )
    return rhythm.sessions.earliest("starts_at")


def telling(words: str) -> list[str]:
    """What in a text tells of the private place; tokens in addresses may hold anything."""
    seen = re.sub(r"https?://[^\s\"'<>]*/(mail|account)/[^\s\"'<>]*", "", words)
    practices = Practice.objects.values_list("title", flat=True)
    forbidden = [
        r"\bself\b",
        r"\bself-",
        r"\bparts?\b",
        "quiet place",
        "yourself",
        "/self/",
        "inner",
    ]
    forbidden += [rf"\b{re.escape(title.lower())}\b" for title in practices]
    return [one for one in forbidden if re.search(one, seen.lower())]


def words_of(sent: Any) -> list[str]:
    """Subject, text, HTML and files of a mail."""
    pages = [str(one.content) for one in sent.alternatives]
    return [str(sent.subject), str(sent.body), *pages, *(str(one[1]) for one in sent.attachments)]


# --- setting it ---------------------------------------------------------------------------------


def test_the_ordinary_form_sets_it_without_what_makes_no_sense(clock: Any) -> None:
    owner = make_person()
    client = signed_in(owner)
    page = text(client.get("/self/times/"))
    circle = SelfCircle.objects.get(owner=owner)
    assert f"/sessions/new/{circle.pk}/" in page
    form = text(client.get(f"/sessions/new/{circle.pk}/"))
    for name in ("place", "link", "practice", "room"):
        assert f'name="{name}"' not in form
    assert "/sessions/find/" not in form
    typed = {
        "every": "week",
        "day": "2027-03-03",
        "at": "18:00",
        "time_zone": "UTC",
        "minutes": "30",
        "meetings": "3",
        "place": "The attic",
        "link": "https://meet.example.org/attic",
    }
    response = client.post(f"/sessions/new/{circle.pk}/", typed)
    assert (response.status_code, response["Location"]) == (303, "/self/times/")
    rhythm = Rhythm.objects.get(circle=circle)
    assert (rhythm.place, rhythm.link, rhythm.practice) == ("", "", None)
    page = text(client.get("/self/times/"))
    assert "It stands." in page
    assert "others" not in re.sub(r"(?s)<(nav|footer).*?</\1>", "", page)


def test_it_is_moved_called_off_and_let_rest(clock: Any) -> None:
    owner = make_person()
    session, client = make_time(owner), signed_in(owner)
    moved = {"day": "2027-03-04", "at": "07:00", "time_zone": "UTC", "minutes": "20"}
    for address, typed in (
        (f"/sessions/{session.pk}/move/", moved),
        (f"/sessions/{session.pk}/cancel/", {}),
        (f"/sessions/{session.pk}/take-back/", {}),
        (
            f"/sessions/rhythms/{session.rhythm_id}/pause/",
            {"first_day": "2027-03-09", "last_day": "2027-03-12"},
        ),
    ):
        page = text(client.get(address))
        assert "others" not in page
        response = client.post(address, typed, follow=True)
        assert response.status_code == 200
        assert "hear by mail" not in text(response)
    session.refresh_from_db()
    assert session.starts_at == datetime(2027, 3, 4, 7, tzinfo=UTC)
    assert not session.is_cancelled


# --- what makes no sense is not there -----------------------------------------------------------


def test_what_is_for_several_is_not_there_for_one(clock: Any) -> None:
    owner = make_person()
    session, client = make_time(owner), signed_in(owner)
    circle = session.circle_id
    clock.move_to(BEGINS + timedelta(minutes=5))
    for action in (
        "answer",
        "who-was-there",
        "details",
        "hold",
        "hold/begin",
        "hold/here",
        "leave",
        "roles",
        "guests",
        "notes",
    ):
        address = f"/sessions/{session.pk}/{action}/"
        codes = {client.get(address).status_code, client.post(address, {}).status_code}
        assert codes <= {404, 405}, action
    for address in (
        f"/sessions/find/{circle}/",
        f"/sessions/find/{circle}/poll/",
        f"/sessions/find/{circle}/ask/",
        f"/sessions/take-on/{circle}/",
        f"/sessions/take-on/{circle}/first-four-weeks/",
        f"/sessions/taken-on/{circle}/",
        f"/sessions/standing/{circle}/",
        f"/circles/{circle}/invite/",
        f"/circles/{circle}/leave/",
    ):
        assert {client.get(address).status_code, client.post(address, {}).status_code} <= {404, 405}


def test_no_service_keeps_a_plain_word_about_it(clock: Any) -> None:
    owner = make_person()
    session = make_time(owner)
    with pytest.raises(NotAllowed):
        practice.write_note(session=session, by=owner, words="It wept.")
    with pytest.raises(NotAllowed):
        practice.answer(session=session, by=owner, choice="no", word="It wept.")
    with pytest.raises(NotAllowed):
        practice.change_details(
            session=session, by=owner, practice=None, host=None, place="The attic", link=""
        )
    with pytest.raises(NotAllowed):
        practice.set_rhythm(
            circle=session.circle,
            by=owner,
            every="once",
            starts_on=BEGINS.date() + timedelta(days=1),
            at=BEGINS.time(),
            time_zone="UTC",
            minutes=30,
            meetings=1,
            place="The attic",
        )


def test_others_do_not_find_it(clock: Any) -> None:
    owner, other = make_person(), make_person()
    session, client = make_time(owner), signed_in(other)
    for address in ("", "move/", "cancel/", "session.ics"):
        assert client.get(f"/sessions/{session.pk}/{address}").status_code == 404
    assert client.get(f"/sessions/new/{session.circle_id}/").status_code == 404


# --- its page -----------------------------------------------------------------------------------


def test_its_page_leads_to_the_private_place(clock: Any) -> None:
    owner = make_person()
    session, client = make_time(owner), signed_in(owner)
    make_table(owner)
    clock.move_to(BEGINS)
    for address in (f"/sessions/{session.pk}/", "/today/"):
        page = text(client.get(address))
        assert re.search(r'class="btn" href="/self/"', page), address
        assert "Will you be there" not in page
    calendar = text(client.get("/sessions/"))
    assert f"/sessions/{session.pk}/" in calendar
    assert "Will you be there" not in calendar


# --- mail and calendars tell nothing ------------------------------------------------------------


@pytest.mark.parametrize("has_rules", [False, True])
def test_reminders_name_an_hour_and_nothing_else(clock: Any, has_rules: bool) -> None:
    owner = make_person("Owner")
    if has_rules:
        ReminderRules.objects.create(person=owner, crew="none", chosen_at=NOW)
    session = make_time(owner, meetings=1)
    for hours in range(72):
        tick(clock, NOW + timedelta(hours=hours))
    reminders = [one for one in mail.outbox if "18:00" in one.subject]
    assert [one.subject for one in reminders] == [
        "A reminder: tomorrow at 18:00",
        "A reminder: today at 18:00",
    ]
    for one in mail.outbox:
        assert telling(one.message().as_string()) == []
        assert telling(" ".join(words_of(one))) == []
    assert f"/sessions/{session.pk}/" in str(reminders[0].body)
    file: Any = reminders[0].attachments[0]
    (event,) = Calendar.from_ical(file[1]).walk("VEVENT")
    assert event["summary"] == "Taken"


def test_a_moved_one_is_told_to_nobody(clock: Any) -> None:
    owner = make_person()
    session = make_time(owner)
    practice.move(session=session, by=owner, starts_at=BEGINS + timedelta(hours=2), minutes=30)
    practice.cancel(session=session, by=owner)
    for minutes in range(0, 60, 10):
        tick(clock, NOW + timedelta(minutes=minutes))
    assert not Notice.objects.filter(kind__in=["practice.changed", "practice.scheduled"]).exists()


def test_the_letter_of_the_week_says_that_the_hour_is_taken(clock: Any) -> None:
    owner = make_person("Owner")
    make_time(owner)
    tick(clock, datetime(2027, 3, 8, 8, 1, tzinfo=UTC))
    (sent,) = [one for one in mail.outbox if "Your week" in one.subject]
    for words in words_of(sent)[1:]:
        assert "Taken" in words
        assert "/sessions/" in words
        assert telling(words) == []


def test_calendars_say_that_the_hour_is_taken(clock: Any) -> None:
    owner = make_person()
    session = make_time(owner)
    crew = meet_once(
        make_table(owner, make_person(), make_person()), BEGINS + timedelta(days=1), meetings=1
    )
    for content in (
        calendar_of([session]),
        feed_of([session], shows_names=True),
        feed_of([session], shows_names=False),
        signed_in(owner).get(f"/sessions/{session.pk}/session.ics").content,
    ):
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert event["summary"] == "Taken"
        assert {"location", "description"} & {name.lower() for name in event} == set()
        assert telling(content.decode()) == []
    assert b"Slow Kettle" in calendar_of([session, crew])


def test_a_time_without_an_end_is_carried_on_with_its_yes(clock: Any) -> None:
    owner = make_person()
    rhythm = make_time(owner, meetings=1).rhythm
    assert rhythm is not None
    Rhythm.objects.filter(pk=rhythm.pk).update(meetings=None)
    practice.extend_rhythms(NOW)
    sessions = PracticeSession.objects.filter(rhythm=rhythm)
    assert sessions.count() > 3
    assert Answer.objects.filter(session__in=sessions, choice="yes").count() == sessions.count()

"""The weekly letter: on the chosen day, by the reader's clock, only when there is something."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from time_machine import Traveller

from circles.services import ask_to_join, invite, take_seat
from home.letter import LETTER, choose_letter_day, due, letter_day
from home.models import LetterDay
from home.weekly import MORNING, STILL_HELPS, letter_due
from notifications.links import stop_url
from notifications.models import Notice
from notifications.services import set_switch
from people.models import Person
from people.quiet_hours import QuietHours
from people.time_zones import known_zones
from practice import services
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    make_table,
    meet_once,
    people_of,
    signed_in,
    tick,
)

# A Wednesday; the Monday after it, eight in the morning in Lisbon.
NOW = datetime(2027, 1, 6, 12, tzinfo=UTC)
MONDAY = datetime(2027, 1, 11, 8, tzinfo=UTC)
TUESDAY_EVENING = datetime(2027, 1, 12, 18, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def letters(outbox: list[EmailMessage], person: Person) -> list[EmailMessage]:
    found = [mail for mail in outbox if mail.subject.startswith("Your week")]
    return [mail for mail in found if person.email in mail.to[0]]


def reasons() -> list[str]:
    dropped = Notice.objects.filter(kind=LETTER.slug, dropped_at__isnull=False)
    return list(dropped.values_list("reason", flat=True))


def test_on_monday_at_eight_comes_what_the_week_brings(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table(make_person("Inês", time_zone="Europe/Lisbon"), make_person(), make_person())
    inês, tomasz, _ = people_of(crew)
    session = meet_once(crew, TUESDAY_EVENING)
    meet_once(crew, MONDAY + 8 * DAY)
    tick(clock, MONDAY - MINUTE)
    assert letters(mailoutbox, inês) == []
    tick(clock, MONDAY)
    (mail,) = letters(mailoutbox, inês)
    assert mail.subject == "Your week from Monday 11 January"
    body = str(mail.body)
    assert "Tuesday 12 January, 18:30–20:00 · Slow Kettle 🫖" in body
    assert "You’ll be there. You host." in body
    assert "your time (Lisbon)" in body
    assert f"http://localhost/sessions/{session.pk}/" in body
    assert "Tuesday 19 January" not in body
    assert "You haven’t answered yet." in str(letters(mailoutbox, tomasz)[0].body)
    assert "List-Unsubscribe" in mail.extra_headers
    tick(clock, MONDAY + MINUTE)
    tick(clock, MONDAY + HOUR)
    assert len(letters(mailoutbox, inês)) == 1
    tick(clock, MONDAY + 7 * DAY)
    assert len(letters(mailoutbox, inês)) == 2


def test_times_are_the_readers_own(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    crew = make_table(make_person("Asha", time_zone="Asia/Kathmandu"), make_person(), make_person())
    asha = people_of(crew)[0]
    meet_once(crew, TUESDAY_EVENING)
    moment = datetime(2027, 1, 11, 8, tzinfo=ZoneInfo("Asia/Kathmandu")).astimezone(UTC)
    tick(clock, moment - MINUTE)
    assert letters(mailoutbox, asha) == []
    tick(clock, moment)
    assert "Wednesday 13 January, 00:15–01:45" in str(letters(mailoutbox, asha)[0].body)


def test_where_nothing_comes_and_nothing_waits_there_is_no_letter(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    alone, asking = make_person(), make_person()
    ask_to_join(circle=make_congregation(), by=asking)
    tick(clock, MONDAY)
    assert letters(mailoutbox, alone) == letters(mailoutbox, asking) == []
    assert "nothing comes and nothing waits" in reasons()


def test_what_waits_is_said_without_what_others_wrote(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    invited = make_person()
    invite(circle=crew, by=people_of(crew)[0], email=invited.email, message="Between us.")
    tick(clock, MONDAY)
    (mail,) = letters(mailoutbox, invited)
    assert "Inês keeps a seat for you at Slow Kettle" in str(mail.body)
    assert "Read the invitation: http://localhost/circles/invited/" in str(mail.body)
    assert "Between us" not in str(mail.body)


def test_it_comes_on_the_chosen_day_only(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    crew = make_table()
    person = people_of(crew)[0]
    meet_once(crew, MONDAY + 3 * DAY)
    choose_letter_day(person=person, weekday=2)
    tick(clock, MONDAY)
    assert letters(mailoutbox, person) == []
    tick(clock, MONDAY + 2 * DAY)
    assert len(letters(mailoutbox, person)) == 1


def test_a_day_chosen_after_its_hour_begins_the_week_after(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    person = people_of(crew)[0]
    choose_letter_day(person=person, weekday=4)
    meet_once(crew, TUESDAY_EVENING)
    clock.move_to(MONDAY + MINUTE)
    choose_letter_day(person=person, weekday=0)
    tick(clock, MONDAY + HOUR)
    assert letters(mailoutbox, person) == []


def test_one_click_stops_it_and_the_page_says_so(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    person = people_of(crew)[0]
    meet_once(crew, TUESDAY_EVENING)
    choose_letter_day(person=person, weekday=0)
    link = stop_url(person, LETTER).removeprefix("http://localhost")
    client = signed_in(person)
    assert client.post(link).status_code == 200
    assert letter_day(person) is None
    assert '<option value="never" selected>' in client.get("/mail/").content.decode()
    tick(clock, MONDAY)
    assert letters(mailoutbox, person) == []
    assert not Notice.objects.filter(kind=LETTER.slug, person=person).exists()
    choose_letter_day(person=person, weekday=1)
    assert letter_day(person) == 1


def test_who_stops_it_in_the_last_moment_gets_none(clock: Traveller) -> None:
    person = make_person()
    clock.move_to(MONDAY)
    Notice.objects.bulk_create(due(MONDAY))
    set_switch(person=person, kind=LETTER, is_on=False)
    tick(clock, MONDAY)
    assert reasons() == ["switched off"]


def test_it_waits_for_the_end_of_quiet_hours(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    late = make_person("Inês", quiet_from=20, quiet_until=10)
    meet_once(make_table(late, make_person(), make_person()), TUESDAY_EVENING)
    tick(clock, MONDAY + HOUR)
    assert letters(mailoutbox, late) == []
    tick(clock, MONDAY + 2 * HOUR)
    assert len(letters(mailoutbox, late)) == 1


def test_who_came_after_its_hour_hears_the_week_after(clock: Traveller) -> None:
    clock.move_to(MONDAY + HOUR)
    make_person()
    assert list(due(MONDAY + HOUR)) == []


def test_a_late_tick_still_brings_it_that_day(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    meet_once(crew, TUESDAY_EVENING)
    tick(clock, MONDAY + STILL_HELPS - MINUTE)
    assert len(letters(mailoutbox, people_of(crew)[0])) == 1


def test_what_somebody_declined_stands_there_as_declined(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    person = people_of(crew)[1]
    services.answer(session=meet_once(crew, TUESDAY_EVENING), by=person, choice="no")
    tick(clock, MONDAY)
    assert "You can’t this time." in str(letters(mailoutbox, person)[0].body)


def test_an_evening_as_a_guest_stands_there_too(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    estuary = make_congregation()
    *crewmates, ama = [make_person() for _ in range(4)]
    for person in (*crewmates, ama):
        take_seat(circle=estuary, person=person)
    session = meet_once(make_table(*crewmates, parent=estuary), TUESDAY_EVENING)
    services.invite_guest(session=session, by=crewmates[0], person=ama)
    tick(clock, MONDAY)
    assert session.get_absolute_url() in str(letters(mailoutbox, ama)[0].body)


def test_many_are_found_in_the_same_few_questions(clock: Traveller) -> None:
    asked = []
    for _ in range(2):
        for number in range(12):
            make_person(time_zone=("UTC", "Europe/Lisbon", "Europe/London")[number % 3])
        with CaptureQueriesContext(connection) as questions:
            found = len(list(due(MONDAY)))
        assert found == Person.objects.count()
        asked.append(len(questions))
    assert asked[0] == asked[1] == 2


def test_the_day_is_one_of_seven_and_in_ones_data(clock: Traveller) -> None:
    person = make_person()
    choose_letter_day(person=person, weekday=6)
    data = signed_in(person).get("/you/my-data/").json()
    assert data["weekly letter"][0]["weekday"] == 6
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterDay.objects.create(person=make_person(), weekday=7)


QUIET = st.tuples(st.integers(0, 23), st.integers(1, 16))


@given(
    zone=st.sampled_from(sorted(known_zones())).map(ZoneInfo),
    weekday=st.integers(0, 6),
    quiet=st.none() | QUIET,
    minutes=st.integers(0, 10 * 365 * 24 * 60),
)
def test_in_every_zone_it_is_due_once_a_week_from_eight_or_the_end_of_quiet(
    zone: ZoneInfo, weekday: int, quiet: tuple[int, int] | None, minutes: int
) -> None:
    hours = QuietHours(zone, quiet[0], sum(quiet) % 24) if quiet else QuietHours(zone)
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    week = [letter_due(now + step * 6 * HOUR, weekday, hours) for step in range(32)]
    found = {one for one in week if one}
    assert 1 <= len(found) <= 2
    for day, moment in found:
        assert day.weekday() == weekday
        assert hours.around(moment) is None
        local = moment.astimezone(zone)
        assert (local.date(), local.time()) == (day, MORNING) or hours.around(
            moment - timedelta(seconds=1)
        )

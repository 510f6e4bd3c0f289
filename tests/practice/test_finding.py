"""The page "Find a time"."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import close, take_seat
from people.models import Person
from people.week import hour_of_week
from practice import services
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    NOW,
    dropped,
    mails_to,
    make_table,
    meet_once,
    people_of,
    questions,
    schedule,
    signed_in,
    text,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TUESDAY, THURSDAY = 1, 3


def hours(*days_and_hours: tuple[int, int]) -> list[int]:
    return [hour_of_week(day, hour) for day, hour in days_and_hours]


def evening(day: int = TUESDAY, first: int = 18, count: int = 3) -> list[int]:
    return hours(*[(day, hour) for hour in range(first, first + count)])


def find(circle: Circle, **wish: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in wish.items())
    return f"{reverse('practice:find', args=[circle.pk])}?{query}"


def words(response: Any) -> str:
    """The page as it reads, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def table_of(**zones: list[int]) -> Any:
    """Inês in Lisbon and others, with their hours, in the order given."""
    places = {
        "Inês": "Europe/Lisbon",
        "Tomasz": "Europe/Warsaw",
        "Rory": "America/St_Johns",
        "Mere": "Pacific/Auckland",
        "Anil": "Asia/Kathmandu",
    }
    return make_table(
        *[
            make_person(name, time_zone=places[name], suitable_hours=suited)
            for name, suited in zones.items()
        ]
    )


# --- what it says -----------------------------------------------------------------------------


def test_it_offers_next_week_what_suits_everyone_by_everyones_clock() -> None:
    crew = table_of(
        Inês=evening(), Tomasz=evening(first=19), Mere=hours((2, 7), (2, 8)), Anil=evening(2, 0, 2)
    )
    said = words(signed_in(people_of(crew)[0]).get(find(crew, minutes=60)))
    assert "In the week of 11 January" in said
    assert "1 Tuesday 12 January, 19:00–20:00 Works for all 4 of you." in said
    assert "You 19:00, Tomasz 20:00, Anil 00:45 Wed, Mere 08:00 Wed" in said


def test_each_reader_sees_it_by_their_own_clock() -> None:
    crew = table_of(Inês=evening(), Tomasz=evening(first=19), Mere=hours((2, 7), (2, 8)))
    mere = people_of(crew)[2]
    said = words(signed_in(mere).get(find(crew, minutes=60)))
    assert "Wednesday 13 January, 07:00–08:00 Works for all 3 of you." in said
    assert "Inês 18:00 Tue, Tomasz 19:00 Tue, You 07:00" in said


def test_it_names_for_whom_a_time_does_not_work() -> None:
    crew = table_of(Inês=evening(), Tomasz=evening(first=19), Rory=hours((THURSDAY, 12)))
    said = words(signed_in(people_of(crew)[0]).get(find(crew)))
    assert "Works for 2 of 3 (not: Rory)." in said
    said = words(signed_in(people_of(crew)[2]).get(find(crew)))
    assert "Works for 2 of 3 (not: you)." in said


def test_who_has_said_no_hours_is_counted_for_neither_side() -> None:
    crew = table_of(Inês=evening(), Tomasz=evening(first=19), Rory=[])
    inês, _tomasz, rory = people_of(crew)
    said = words(signed_in(inês).get(find(crew)))
    assert "Works for all 2 who have said their hours." in said
    assert "not: " not in said
    assert "No hours known of Rory. That is no No" in said
    said = words(signed_in(rory).get(find(crew)))
    assert "You have not said your hours yet" in said
    assert "No hours known of" not in said


def test_it_says_from_when_a_rhythm_would_no_longer_work_for_somebody() -> None:
    nairobi = make_person("Wanjiru", time_zone="Africa/Nairobi", suitable_hours=evening(1, 21, 2))
    lisbon = make_person("Inês", time_zone="Europe/Lisbon", suitable_hours=evening(1, 17, 4))
    crew = make_table(lisbon, nairobi, make_person(time_zone="UTC", suitable_hours=[]))
    client = signed_in(lisbon)
    said = words(client.get(find(crew, week="2027-03-01", minutes=120, every="fortnight")))
    assert "Tuesday 2 March, 18:00–20:00" in said
    assert "The clocks change: from 30 March on not for Wanjiru." in said
    assert "The clocks change" not in words(
        client.get(find(crew, week="2027-03-01", minutes=120, every="once"))
    )


def test_a_meeting_that_stands_is_not_offered_again() -> None:
    crew = table_of(Inês=evening(count=1), Tomasz=evening(first=19, count=1), Rory=[])
    client = signed_in(people_of(crew)[0])
    assert "18:00–19:00" in words(client.get(find(crew, minutes=60)))
    meet_once(crew, datetime(2027, 1, 12, 18, 30, tzinfo=UTC))
    assert "no stretch of that length suits two of you" in words(client.get(find(crew, minutes=60)))


def test_the_picture_is_there_in_words() -> None:
    crew = table_of(
        Inês=evening(), Tomasz=evening(first=20, count=1), Rory=hours((TUESDAY, 15), (TUESDAY, 16))
    )
    said = words(signed_in(people_of(crew)[0]).get(find(crew)))
    # 15:00 in St John’s is 18:30 in Lisbon.
    assert (
        "Tuesday 12 January 18:00–18:30 1 of 3, 18:30–19:00 2 of 3, 19:00–20:00 everybody, "
        "20:00–20:30 2 of 3, 20:30–21:00 1 of 3" in said
    )
    assert "One hour of this week suits everybody." in said


def test_two_people_see_only_what_suits_both() -> None:
    """The rest of the picture would be the other one's timetable."""
    crew = table_of(Inês=evening(), Tomasz=[*evening(), *evening(THURSDAY)], Rory=[])
    said = words(signed_in(people_of(crew)[0]).get(find(crew)))
    assert "Tuesday 12 January 18:00–20:00 both" in said
    assert "Thursday 14 January nothing shared" in said
    assert "1 of 2" not in said


def test_nobody_is_named_in_a_congregation(clock: Traveller) -> None:
    steward = make_person("Stewart", time_zone="Europe/Lisbon", suitable_hours=evening())
    estuary = make_congregation(by=steward)
    for name, suited in (("Gerda", evening()), ("Wolfram", hours((4, 7))), ("Silvia", [])):
        take_seat(
            circle=estuary,
            person=make_person(name, time_zone="Europe/Berlin", suitable_hours=suited),
        )
    said = words(signed_in(steward).get(find(estuary)))
    assert "Works for 2 of 3." in said
    assert "One person has not said their hours." in said
    for name in ("Gerda", "Wolfram", "Silvia"):
        assert name not in said


@pytest.mark.parametrize("people", [1, 2])
def test_too_few_people_or_hours_get_a_clear_word(people: int) -> None:
    congregation = make_congregation(by=make_person("Inês"), people=people - 1)
    said = words(signed_in(people_of(congregation)[0]).get(find(congregation)))
    assert ("You are the only one here so far" in said) == (people == 1)
    assert ("Too few of you have said their hours" in said) == (people == 2)


# --- the way on -------------------------------------------------------------------------------


def offered(response: Any) -> str:
    """The address behind the first "Take this time"."""
    found = re.search(r'href="(/sessions/new/[^"]+)"', text(response))
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_one_tap_leads_to_the_schedule_form_filled_in() -> None:
    crew = table_of(Inês=evening(), Tomasz=evening(first=19), Rory=[])
    client = signed_in(people_of(crew)[0])
    page = text(client.get(offered(client.get(find(crew, minutes=75, every="week")))))
    assert 'value="2027-01-12"' in page
    assert 'value="18:00"' in page
    assert 'value="75"' in page
    assert re.search(r'value="Europe/Lisbon"\s+selected', page)
    assert re.search(r'value="week"[^>]*checked', page)


@pytest.mark.parametrize(
    "query",
    ["day=soon&at=25:99&zone=Mars/Base&minutes=-1&every=hourly", "day=&at=", "minutes=x" * 50],
)
def test_what_is_odd_in_such_an_address_is_left_out(query: str) -> None:
    crew = make_table()
    response = signed_in(people_of(crew)[0]).get(f"{schedule(crew)}?{query}")
    assert response.status_code == 200
    assert 'value="18:30"' in text(response)
    assert 'value="90"' in text(response)


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        ({"week": "9999-12-31"}, "within the next two years"),
        ({"week": "0001-01-01"}, "within the next two years"),
        ({"week": "someday"}, "Choose a day."),
        ({"minutes": "100000"}, "480"),
        ({"every": "hour"}, "Choose one from the list."),
    ],
)
def test_an_odd_wish_gets_a_word_and_the_usual_week(wish: dict[str, str], word: str) -> None:
    crew = table_of(Inês=evening(), Tomasz=evening(first=19), Rory=[])
    response = signed_in(people_of(crew)[0]).get(find(crew, **wish))
    assert response.status_code == 422
    assert word in text(response)
    assert "In the week of 11 January" in text(response)


def test_one_can_look_at_other_weeks_but_not_at_past_ones() -> None:
    crew = table_of(Inês=evening(), Tomasz=evening(first=19), Rory=[])
    client = signed_in(people_of(crew)[0])
    page = text(client.get(find(crew)))
    assert "week=2027-01-04" in page
    assert "week=2027-01-18" in page
    page = text(client.get(find(crew, week="2027-01-06")))
    assert "In the week of 4 January" in page
    assert "week=2026-12-28" not in page


def test_members_of_a_congregation_look_and_its_stewards_plan() -> None:
    steward = make_person("Stewart", suitable_hours=evening())
    estuary = make_congregation(by=steward)
    member = make_person("Gerda", suitable_hours=evening())
    take_seat(circle=estuary, person=member)
    assert "Take this time" in text(signed_in(steward).get(find(estuary)))
    said = text(signed_in(member).get(find(estuary)))
    assert "Works for both of you." in said
    assert "Take this time" not in said
    assert "Ask for their hours" not in said


# --- asking for hours -------------------------------------------------------------------------


def ask(client: Any, circle: Circle) -> Any:
    return client.post(reverse("practice:ask_for_hours", args=[circle.pk]), follow=True)


def test_those_who_have_said_nothing_are_asked_once_a_week(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = table_of(Inês=evening(), Tomasz=[], Rory=[])
    inês, tomasz, rory = people_of(crew)
    client = signed_in(inês)
    for _ in range(2):
        assert "Asked 2 people by mail" in words(ask(client, crew))
    tick(clock, NOW + HOUR)
    assert told("hours") == [tomasz, rory]
    (mail,) = mails_to(rory, mailoutbox)
    assert "Inês asks which hours usually suit you." in mail.body
    assert reverse("people:hours") in mail.body
    clock.move_to(NOW + 7 * DAY)
    ask(client, crew)
    tick(clock, NOW + 7 * DAY + HOUR)
    assert told("hours") == [tomasz, rory, tomasz, rory]


def test_who_says_their_hours_meanwhile_is_left_alone(clock: Traveller) -> None:
    crew = table_of(Inês=evening(), Tomasz=[], Rory=[])
    inês, tomasz, _rory = people_of(crew)
    services.ask_for_hours(circle=crew, by=inês)
    Person.objects.filter(pk=tomasz.pk).update(suitable_hours=evening())
    tick(clock, NOW + HOUR)
    assert dropped("hours") == ["hours are set"]


def test_not_everybody_may_ask() -> None:
    crew = table_of(Inês=evening(), Tomasz=[], Rory=[])
    with pytest.raises(NotAllowed):
        services.ask_for_hours(circle=crew, by=make_person())
    estuary = make_congregation()
    member = make_person()
    take_seat(circle=estuary, person=member)
    with pytest.raises(NotAllowed):
        services.ask_for_hours(circle=estuary, by=member)
    close(circle=crew, by=people_of(crew)[0])
    with pytest.raises(CircleClosed):
        services.ask_for_hours(circle=crew, by=people_of(crew)[0])
    assert "come to its end" in words(ask(signed_in(people_of(crew)[0]), crew))


# --- its cost ---------------------------------------------------------------------------------


def test_two_hundred_people_cost_no_more_questions_than_three() -> None:
    counts = []
    for people in (3, 200):
        steward = make_person(suitable_hours=evening())
        estuary = make_congregation(by=steward, people=2)
        others = people - 3
        Person.objects.filter(memberships__circle=estuary).update(suitable_hours=evening())
        for number in range(others):
            take_seat(
                circle=estuary,
                person=make_person(
                    time_zone=("Asia/Kathmandu", "Europe/Berlin", "America/St_Johns")[number % 3],
                    suitable_hours=evening(number % 7, number % 20),
                ),
            )
        counts.append(questions(signed_in(steward), find(estuary)))
    assert counts[0] == counts[1]

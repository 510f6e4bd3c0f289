"""The form of a time poll: asking, and changing the question."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from time_machine import Traveller

from people.week import hour_of_week
from practice.models import Poll
from tests.factories import make_person
from tests.practice.polls import (
    SATURDAY,
    THURSDAY,
    TUESDAY,
    ask,
    client_of,
    new,
    page,
    proposed,
    said,
    say,
    typed,
    words,
)
from tests.practice.tables import (
    DAY,
    HOUR,
    make_table,
    people_of,
    signed_in,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# --- asking -----------------------------------------------------------------------------------


def test_the_best_times_are_filled_in() -> None:
    evenings = [hour_of_week(day, hour) for day in (1, 3) for hour in (18, 19)]
    crew = make_table(*(make_person(suitable_hours=evenings) for _ in range(3)))
    client = signed_in(people_of(crew)[0])
    find = text(client.get(reverse("practice:find", args=[crew.pk])))
    link = re.search(rf'href="({new(crew)}[^"]*)"', find)
    assert link is not None
    form = text(client.get(link[1].replace("&amp;", "&")))
    assert re.findall(r'value="(2027-\d\d-\d\d)"', form) == ["2027-01-12", "2027-01-14"]
    assert re.findall(r'value="(\d\d:\d\d)"', form) == ["18:00", "18:00"]


def test_asking_leads_to_the_question() -> None:
    crew = make_table()
    times = typed(TUESDAY, THURSDAY, every="weeks", weeks=3, meetings=5)
    response = signed_in(people_of(crew)[0]).post(new(crew), times, follow=True)
    poll = Poll.objects.get()
    assert response.redirect_chain == [(poll.get_absolute_url(), 303)]
    assert (poll.title, poll.every, poll.interval, poll.meetings) == (
        "Our first cycle",
        "week",
        3,
        5,
    )
    assert proposed(poll) == [TUESDAY, THURSDAY]


def test_the_times_are_those_of_the_chosen_place() -> None:
    crew = make_table()
    signed_in(people_of(crew)[0]).post(
        new(crew), typed(TUESDAY, THURSDAY, time_zone="Asia/Kathmandu")
    )
    assert proposed(Poll.objects.get()) == [
        start - timedelta(hours=5, minutes=45) for start in (TUESDAY, THURSDAY)
    ]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"times-1-day": "2027-01-12", "times-1-at": "18:30"}, "This time stands here twice."),
        ({"times-1-day": "2026-12-31"}, "That moment has passed."),
        ({"times-1-day": ""}, "Choose a day."),
        ({"times-1-at": ""}, "Choose a time."),
        ({"times-1-day": "9999-12-31"}, "within the next two years"),
        ({"times-1-day": "0001-01-01"}, "within the next two years"),
        ({"times-1-day": "", "times-1-at": ""}, "Propose at least two times"),
        ({"times-TOTAL_FORMS": "many"}, "Propose at least two times"),
        ({"time_zone": "Mars/Base"}, "Choose one from the list."),
        ({"minutes": "1"}, "Choose a number from 5 to 480."),
        ({"every": "week", "meetings": "400"}, "Choose a number from 1 to 52."),
        ({"title": "a\x0bb"}, "on one line"),
    ],
)
def test_what_is_odd_gets_a_word_and_what_was_typed_stays(
    fields: dict[str, str], word: str
) -> None:
    crew = make_table()
    response = signed_in(people_of(crew)[0]).post(new(crew), typed(TUESDAY, THURSDAY, **fields))
    assert response.status_code == 422
    assert word in text(response)
    assert not Poll.objects.exists()
    if "times-TOTAL_FORMS" not in fields:
        assert 'value="2027-01-12"' in text(response)


def test_more_rows_may_be_had_without_losing_what_was_typed() -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    response = client.post(new(crew), typed(TUESDAY, more="1"))
    assert response.status_code == 200
    assert 'value="2027-01-12"' in text(response)
    assert 'name="times-3-day"' in text(response)
    assert "Propose at least two times" not in text(response)
    eight = [TUESDAY + number * DAY for number in range(8)]
    response = client.post(new(crew), typed(*eight, more="1"))
    assert text(response).count('type="date"') == 10
    assert "More rows" not in text(response)
    odd = client.post(new(crew), typed(TUESDAY, more="1", **{"times-TOTAL_FORMS": "9" * 5000}))
    assert text(odd).count('type="date"') == 4
    assert not Poll.objects.exists()


def test_a_fourth_question_at_once_gets_a_word() -> None:
    crew = make_table()
    for title in ("One", "Two", "Three"):
        ask(crew, title=title)
    response = signed_in(people_of(crew)[0]).post(new(crew), typed(TUESDAY, THURSDAY))
    assert response.status_code == 422
    assert "You look for three times already." in text(response)


# --- changing ---------------------------------------------------------------------------------


def test_the_form_shows_the_question_as_it_stands() -> None:
    poll = ask(make_table(), title="Our cycle", every="week", interval=5, meetings=None)
    say(poll, people_of(poll.circle)[1], "yes", TUESDAY)
    form = text(client_of(poll).get(page("edit_poll", poll)))
    assert 'value="Our cycle"' in form
    assert re.search(r'value="weeks"[^>]*checked', form)
    assert re.search(r'name="open_ended"[^>]*checked', form)
    assert re.findall(r'value="(\d\d:\d\d)"', form) == ["18:30", "19:00", "09:00"]
    assert "Tue 12 Jan, 18:30 1 answer" in words(client_of(poll).get(page("edit_poll", poll)))


def test_a_change_keeps_the_answers() -> None:
    poll = ask(make_table())
    say(poll, people_of(poll.circle)[1])
    times = typed(TUESDAY, SATURDAY, SATURDAY + DAY, seen=0)
    response = client_of(poll).post(page("edit_poll", poll), times, follow=True)
    assert "Every answer to a time that stays is kept." in text(response)
    assert proposed(poll) == [TUESDAY, SATURDAY, SATURDAY + DAY]
    assert said(poll) == {"Tomasz": "yes"}


def test_a_change_upon_another_one_shows_how_it_stands_and_keeps_what_was_typed() -> None:
    poll = ask(make_table())
    client = client_of(poll)
    client.post(page("edit_poll", poll), typed(TUESDAY, SATURDAY + DAY, seen=0))
    again = client.post(page("edit_poll", poll), typed(TUESDAY, THURSDAY, seen=0))
    assert again.status_code == 422
    assert "Somebody changed this question a moment ago." in text(again)
    assert 'name="seen" value="1"' in text(again)
    assert "Sun 17 Jan" in text(again)
    assert 'value="2027-01-14"' in text(again)


def test_a_time_that_passed_meanwhile_does_not_keep_the_form_from_being_kept(
    clock: Traveller,
) -> None:
    poll = ask(make_table())
    clock.move_to(TUESDAY + HOUR)
    times = typed(TUESDAY, THURSDAY, SATURDAY, title="Late", seen=0)
    client_of(poll).post(page("edit_poll", poll), times)
    poll.refresh_from_db()
    assert poll.title == "Late"

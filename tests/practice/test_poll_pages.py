"""The pages of a time poll."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from circles.services import close
from people.models import Person
from practice import services
from practice.models import Poll, PracticeSession
from practice.waiting import polls as waiting
from tests.factories import make_congregation, make_person
from tests.practice.polls import (
    FORTNIGHTLY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    ask,
    client_of,
    option,
    page,
    said,
    say,
    words,
)
from tests.practice.tables import (
    DAY,
    HOUR,
    NOW,
    make_table,
    people_of,
    questions,
    signed_in,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HTMX = {"HX-Request": "true"}


def tap(client: Client, poll: Poll, choice: str = "yes", **how: Any) -> Any:
    answer = {"option": option(poll).pk, "choice": choice}
    return client.post(page("answer_poll", poll), answer, **how)


# --- answering --------------------------------------------------------------------------------


def test_one_tap_keeps_an_answer_and_leads_back_to_that_time() -> None:
    poll = ask(make_table())
    client = client_of(poll, 1)
    response = tap(client, poll)
    assert response.status_code == 303
    assert response["Location"] == f"{poll.get_absolute_url()}#time-{option(poll).pk}"
    assert said(poll) == {"Tomasz": "yes"}
    shown = text(client.get(poll.get_absolute_url()))
    assert re.search(r'value="yes" aria-pressed="true"', shown)


def test_htmx_gets_that_time_back_with_the_focus_on_the_pressed_button() -> None:
    poll = ask(make_table())
    response = tap(client_of(poll, 1), poll, "no", headers=HTMX)
    assert response.status_code == 200
    part = text(response)
    assert "<html" not in part
    assert part.lstrip().startswith(f'<li id="time-{option(poll).pk}"')
    # Nothing else that could be pressed just then is swapped away.
    assert part.count("<form") == 1
    assert set(re.findall(r'id="([\w-]+)" hx-swap-oob', part)) == {
        "poll-status",
        *(f"best-{option(poll, other).pk}" for other in (THURSDAY, SATURDAY)),
    }
    assert re.findall(r'value="(\w+)" aria-pressed="true" data-focus', part) == ["no"]
    assert "No you" in words(response)


def test_everybody_sees_what_all_say() -> None:
    poll = ask(make_table(*(make_person(name) for name in ("Inês", "Tomasz", "Mere", "Rory"))))
    _inês, tomasz, mere, _rory = people_of(poll.circle)
    say(poll, tomasz)
    say(poll, mere, "if_need_be", TUESDAY)
    shown = words(client_of(poll).get(poll.get_absolute_url()))
    assert "Yes Tomasz If need be Mere Not said yet you and Rory Suits most so far" in shown
    assert "Still to answer: you, Mere and Rory." in shown


def test_a_congregation_sees_numbers_only() -> None:
    estuary = make_congregation(by=make_person("Stewart"), people=3)
    poll = ask(estuary)
    member = people_of(estuary)[1]
    Person.objects.filter(pk=member.pk).update(name="Gerda")
    say(poll, member)
    shown = words(client_of(poll).get(poll.get_absolute_url()))
    assert "1 yes, 3 not yet" in shown
    assert "1 of 4 people have answered." in shown
    assert "Gerda" not in shown


def test_times_are_the_readers_own_and_other_zones_are_named() -> None:
    zones = ("Europe/Lisbon", "America/St_Johns", "Pacific/Auckland")
    crew = make_table(*(make_person(time_zone=zone) for zone in zones))
    poll = ask(crew)
    assert "Tuesday 12 January, 18:30–20:00 your time, Lisbon; 15:00 St John’s, 07:30 Wed" in words(
        client_of(poll).get(poll.get_absolute_url())
    )
    assert "Wednesday 13 January, 07:30–09:00" in words(
        client_of(poll, 2).get(poll.get_absolute_url())
    )


@pytest.mark.parametrize(
    "typed_in", [{}, {"option": "x", "choice": "yes"}, {"option": "1", "choice": "perhaps"}]
)
def test_an_odd_answer_gets_a_word(typed_in: dict[str, str]) -> None:
    poll = ask(make_table())
    response = client_of(poll).post(page("answer_poll", poll), typed_in, follow=True)
    assert "Choose yes, if need be or no." in text(response)


def test_an_answer_to_a_time_of_another_question_is_not_found() -> None:
    crew = make_table()
    poll, other = ask(crew), ask(crew, title="Another")
    answer = {"option": option(other).pk, "choice": "yes"}
    assert client_of(poll).post(page("answer_poll", poll), answer).status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_answering_a_closed_question_says_so(headers: dict[str, str]) -> None:
    poll = ask(make_table())
    services.end_poll(poll=poll, by=people_of(poll.circle)[0], word="In spring, then.")
    client = client_of(poll, 1)
    response = tap(client, poll, headers=headers)
    assert response.headers.get("HX-Redirect" if headers else "Location")
    shown = words(client.get(poll.get_absolute_url()))
    assert "This question is closed already." in shown
    assert "“In spring, then.”" in shown
    assert "Still to answer" not in shown
    assert said(poll) == {}


def test_a_time_that_has_passed_is_shown_without_buttons(clock: Traveller) -> None:
    poll = ask(make_table())
    clock.move_to(THURSDAY + HOUR)
    shown = text(client_of(poll).get(poll.get_absolute_url()))
    assert shown.count("This time has passed.") == 2
    assert shown.count('value="if_need_be"') == 1
    clock.move_to(SATURDAY + HOUR)
    shown = text(client_of(poll).get(poll.get_absolute_url()))
    assert "All these times have passed." in shown
    assert "Close it without a time" in shown


def test_in_a_circle_that_has_ended_nothing_can_be_said() -> None:
    poll = ask(make_table())
    close(circle=poll.circle, by=people_of(poll.circle)[0])
    client = client_of(poll)
    assert 'value="if_need_be"' not in text(client.get(poll.get_absolute_url()))
    assert "come to its end" in text(tap(client, poll, follow=True))


# --- choosing ---------------------------------------------------------------------------------


def test_choosing_first_says_what_it_makes_and_then_makes_it() -> None:
    poll = ask(make_table(), **FORTNIGHTLY)
    client = client_of(poll)
    choose = re.search(
        r'href="([^"]+/close/\?option=\d+)"', text(client.get(poll.get_absolute_url()))
    )
    assert choose is not None
    asked = words(client.get(choose[1]))
    assert "Every other Tuesday at 18:30, UTC time, three times: 12 Jan, 26 Jan, 9 Feb." in asked
    assert not PracticeSession.objects.exists()
    response = client.post(page("close_poll", poll), {"option": option(poll).pk}, follow=True)
    assert "It stands, and who said yes is expected." in text(response)
    assert PracticeSession.objects.count() == 3
    assert "A time was found" in text(client.get(poll.get_absolute_url()))


def test_closing_twice_gets_a_word_and_changes_nothing() -> None:
    poll = ask(make_table())
    one, other = client_of(poll), client_of(poll, 1)
    one.post(page("close_poll", poll), {"option": option(poll).pk})
    late = other.post(page("close_poll", poll), {"option": option(poll, THURSDAY).pk}, follow=True)
    assert "This question is closed already." in text(late)
    late = other.post(page("close_poll", poll), {"word": "No."}, follow=True)
    assert "This question is closed already." in text(late)
    assert PracticeSession.objects.get().starts_at == TUESDAY


def test_closing_without_a_time_takes_a_word_why() -> None:
    poll = ask(make_table())
    client = client_of(poll)
    assert "A word why" in text(client.get(page("close_poll", poll)))
    long = client.post(page("close_poll", poll), {"word": "a" * 201})
    assert long.status_code == 422
    response = client.post(page("close_poll", poll), {"word": "In spring."}, follow=True)
    assert "Closed without a time." in text(response)
    poll.refresh_from_db()
    assert (poll.is_open, poll.closing_word, poll.rhythm) == (False, "In spring.", None)


@pytest.mark.parametrize("chosen", ["0", "x", "9" * 23, "9" * 5000, "-1"], ids=len)
def test_an_odd_choice_is_none(chosen: str) -> None:
    poll = ask(make_table())
    client = client_of(poll)
    assert client.get(f"{page('close_poll', poll)}?option={chosen}").status_code == 200
    assert client.post(page("close_poll", poll), {"option": chosen}).status_code == 422
    poll.refresh_from_db()
    assert poll.is_open


def test_a_table_that_still_forms_hears_that_somebody_is_missing() -> None:
    poll = ask(make_table(make_person(), make_person()))
    response = client_of(poll).post(
        page("close_poll", poll), {"option": option(poll).pk}, follow=True
    )
    assert "somebody is still missing" in text(response)
    poll.refresh_from_db()
    assert poll.is_open


def test_the_reminder_is_offered_once_a_day() -> None:
    poll = ask(make_table())
    client = client_of(poll)
    response = client.post(page("remind_poll", poll), follow=True)
    assert "Reminded 2 people by mail." in text(response)
    assert "were reminded less than a day ago" in text(response)
    response = client.post(page("remind_poll", poll), follow=True)
    assert "Give them until tomorrow." in text(response)


# --- where else it stands ---------------------------------------------------------------------


def test_it_waits_on_today_until_every_time_is_answered(clock: Traveller) -> None:
    poll = ask(make_table(), title="Our cycle")
    tomasz = people_of(poll.circle)[1]
    (item,) = waiting(tomasz)
    assert (item.heading, item.words) == (
        "Slow Kettle 🫖 looks for a time",
        "Our cycle. Which of 3 times suit you?",
    )
    say(poll, tomasz, "yes", TUESDAY, SATURDAY)
    assert len(list(waiting(tomasz))) == 1
    clock.move_to(THURSDAY)
    assert list(waiting(tomasz)) == []
    clock.move_to(NOW)
    say(poll, tomasz, "no", THURSDAY)
    assert list(waiting(tomasz)) == []
    services.change_poll(
        poll=poll,
        by=tomasz,
        starts=[TUESDAY, SATURDAY + DAY],
        rule={"title": "Again"},
    )
    assert len(list(waiting(tomasz))) == 1
    assert list(waiting(make_person())) == []
    services.end_poll(poll=poll, by=tomasz)
    assert list(waiting(tomasz)) == []


def test_open_questions_stand_on_the_circles_page_and_where_a_time_is_found() -> None:
    estuary = make_congregation(by=make_person("Stewart"), people=1)
    for circle in (make_table(), estuary):
        poll = ask(circle, title="Our cycle")
        client = client_of(poll)
        for url in (circle.get_absolute_url(), reverse("practice:find", args=[circle.pk])):
            assert poll.get_absolute_url() in text(client.get(url))
        services.end_poll(poll=poll, by=people_of(circle)[0])
        assert poll.get_absolute_url() not in text(client.get(circle.get_absolute_url()))


def test_ones_answers_are_in_ones_data() -> None:
    poll = ask(make_table(), title="Our cycle")
    inês = people_of(poll.circle)[0]
    say(poll, inês, "if_need_be", TUESDAY)
    data = signed_in(inês).get(reverse("people:my_data")).json()
    (answer,) = data["times answered"]
    assert answer["choice"] == "if_need_be"
    assert data["times asked for"][0]["title"] == "Our cycle"


def test_many_people_and_answers_cost_no_more_questions() -> None:
    counts = []
    for people in (3, 40):
        estuary = make_congregation(people=people)
        poll = ask(estuary, [TUESDAY + number * HOUR for number in range(min(people, 10))])
        for person in people_of(estuary)[1:]:
            say(poll, person)
        counts.append(questions(client_of(poll), poll.get_absolute_url()))
    assert counts[0] == counts[1]

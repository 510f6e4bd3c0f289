"""Staying in step: who is here, what each page shows, and who may press."""

from typing import Any

import pytest
from time_machine import Traveller

from circles.errors import NotAllowed
from circles.services import leave, take_seat
from dyads import services as dyads
from people.models import Person
from practice import errors, services
from practice.models import SessionRole
from tests.factories import make_congregation, make_person
from tests.practice.held import begun, held, practice, press, seen, state, titles
from tests.practice.tables import (
    DAY,
    MINUTE,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    questions,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- who is here ------------------------------------------------------------------------------


def test_whoever_isnt_here_loses_their_turns_and_gets_them_back(clock: Traveller) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    inês, tomasz, mere = people_of(session.circle)
    client = signed_in(tomasz)
    client.post(page("hold_here", session), {"person": mere.pk, "seen": 1})
    assert mere.pk not in held(session).there
    assert titles(session).count("Check-in") == 2
    client.post(page("hold_here", session), {"person": mere.pk, "here": "1", "seen": 2})
    assert held(session).there[-1] == mere.pk
    assert titles(session).count("Check-in") == 3
    told = client.post(page("hold_here", session), {"person": inês.pk, "seen": 1}, follow=True)
    assert "Somebody pressed a moment before you." in text(told)


def test_somebody_who_sits_elsewhere_cannot_be_here(clock: Traveller) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    outsider = make_person("Outsider")
    sent = {"person": outsider.pk, "here": "1", "seen": 1}
    signed_in(people_of(session.circle)[0]).post(page("hold_here", session), sent)
    assert outsider.pk not in held(session).there


def test_roles_of_whoever_isnt_here_go_to_somebody_who_is(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock)
    roles = dict(SessionRole.objects.filter(session=session).values_list("role", "person"))
    giver = roles["case giver"]
    services.note_here(
        session=session, by=people_of(session.circle)[0], person=giver, here=False, seen=1
    )
    roles = dict(SessionRole.objects.filter(session=session).values_list("role", "person"))
    assert roles["case giver"] != giver
    assert roles["case giver"] != roles["timekeeper"]


def test_of_two_each_keeps_a_turn_also_while_one_is_late(clock: Traveller) -> None:
    estuary = make_congregation()
    inês, ngozi = make_person("Inês"), make_person("Ngozi")
    for person in (inês, ngozi):
        take_seat(circle=estuary, person=person)
    dyad = dyads.begin(by=inês, person=ngozi, parent=estuary)
    take_seat(circle=dyad, person=ngozi)
    session = meet_once(dyad, practice=practice("mindful-dialogue"))
    begun(session, clock, here=[inês.pk])
    roles = dict(SessionRole.objects.filter(session=session).values_list("role", "person"))
    assert {roles["A"], roles["B"]} == {inês.pk, ngozi.pk}
    services.note_here(session=session, by=ngozi, person=ngozi.pk, here=True, seen=1)
    words = text(signed_in(inês).get(page("hold", session)))
    assert "Inês speaks" in words
    assert "Ngozi speaks" in words


# --- staying in step --------------------------------------------------------------------------


def test_everybody_sees_the_same_step(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    clock.shift(7 * MINUTE)
    pages = [text(signed_in(one).get(page("hold", session))) for one in people_of(session.circle)]
    assert all("<h1 data-now-title>The case</h1>" in words for words in pages)
    assert all("<b data-left>6</b>" in words for words in pages)
    roles = dict(SessionRole.objects.filter(session=session).values_list("role", "person"))
    mine = people_of(session.circle).index(Person.objects.get(pk=roles["case giver"]))
    assert [("Your turn, case giver</p>" in words) for words in pages].index(True) == mine


def test_a_page_that_asks_hears_nothing_while_nobody_presses(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    client = signed_in(people_of(session.circle)[1])
    mark = seen(client, session)
    clock.shift(MINUTE)
    quiet = state(client, session, mark)
    assert (quiet.status_code, quiet.content) == (204, b"")
    assert int(quiet["Table-Clock"]) == (session.starts_at + MINUTE).timestamp() * 1000


@pytest.mark.parametrize("what", ["pressed", "the step ran out"])
def test_a_page_that_slept_gets_the_present_step(clock: Traveller, what: str) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock, with_frame=False)
    client = signed_in(people_of(session.circle)[1])
    mark = seen(client, session)
    if what == "pressed":
        press(session, "next")
    else:
        clock.shift(5 * MINUTE)
    answer = state(client, session, mark)
    assert answer.status_code == 200
    assert "<h1 data-now-title>The case</h1>" in text(answer)
    assert "<html" not in text(answer)


def test_a_page_that_waits_for_the_beginning_follows_by_itself(clock: Traveller) -> None:
    session = meet_once(make_table())
    clock.move_to(session.starts_at)
    client = signed_in(people_of(session.circle)[1])
    mark = seen(client, session)
    assert state(client, session, mark).status_code == 204
    begun(session, clock)
    assert "Check-in" in text(state(client, session, mark))


@pytest.mark.parametrize("mark", ["", "nonsense", "1", "9-9", "1-" + "9" * 400])
def test_a_strange_mark_gets_the_page_anew(clock: Traveller, mark: str) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    client = signed_in(people_of(session.circle)[0])
    assert state(client, session, mark).status_code == 200


def test_a_question_whether_somebody_pressed_costs_little(
    clock: Traveller, django_assert_num_queries: Any
) -> None:
    session = meet_once(make_table(), practice=practice("three-conversations"))
    begun(session, clock)
    client = signed_in(people_of(session.circle)[1])
    mark = seen(client, session)
    # Who asks (two of them), where they sit, and where the table stands.
    with django_assert_num_queries(4):
        answer = state(client, session, mark)
    headers = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    assert len(headers) + len(answer.content) < 1_500
    assert len(state(client, session, "").content) < 30_000


def test_no_page_of_the_table_costs_more_with_more_meetings_behind(clock: Traveller) -> None:
    counts = []
    for people in (3, 6):
        crew = make_table(*[make_person() for _ in range(people)])
        sessions = meet(crew, practice=practice(), meetings=people)
        for session in sessions[:-1]:
            begun(session, clock)
        begun(sessions[-1], clock)
        client = signed_in(people_of(crew)[1])
        counts.append([questions(client, page(name, sessions[-1])) for name in PAGES])
        clock.move_to(sessions[0].starts_at - 7 * DAY)
    assert counts[0] == counts[1]


PAGES = ("hold", "session", "leave", "roles")


# --- another practice, other people, other scales ---------------------------------------------


def test_a_practice_chosen_during_the_check_in_takes_the_place_of_the_talk(
    clock: Traveller,
) -> None:
    session = meet_once(make_table(), minutes=90)
    begun(session, clock)
    clock.shift(MINUTE)
    before = held(session)
    services.change_details(
        session=session,
        by=people_of(session.circle)[0],
        practice=practice(),
        host=None,
        place="",
        link="",
    )
    assert titles(session)[:5] == ["Check-in", "Check-in", "Check-in", "Set up", "The case"]
    assert titles(session)[-1] == "Check-out"
    assert held(session).order[0].words == before.order[0].words
    assert held(session).place(session.starts_at + MINUTE).step == 0
    assert held(session).version == before.version + 1
    roles = SessionRole.objects.filter(session=session).values_list("role", flat=True)
    assert "case giver" in roles


def test_a_change_of_the_place_leaves_the_clock_alone(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock)
    services.change_details(
        session=stand(session),
        by=people_of(session.circle)[0],
        practice=practice(),
        host=None,
        place="In the kitchen",
        link="",
    )
    assert held(session).version == 1


def test_in_a_gathering_only_host_and_stewards_press(clock: Traveller) -> None:
    steward = make_person("Steward")
    estuary = make_congregation(by=steward, people=14)
    session = meet_once(estuary, by=steward, practice=practice("opening-and-closing-circle"))
    member = people_of(estuary)[3]
    clock.move_to(session.starts_at)
    words = text(signed_in(member).get(page("hold", session)))
    assert "The host begins. This page follows by itself." in words
    with pytest.raises(NotAllowed):
        services.begin(session=session, by=member, here=[])
    signed_in(steward).post(page("hold_begin", session), {"framed": "1"})
    words = text(signed_in(member).get(page("hold", session)))
    assert "<h1 data-now-title>Check-in</h1>" in words
    assert "press-next" not in words
    services.change_details(
        session=session, by=steward, practice=session.practice, host=member, place="", link=""
    )
    assert services.may_hold(stand(session), member)


def test_many_who_gather_have_a_round_of_one_stretch(clock: Traveller) -> None:
    steward = make_person("Steward")
    estuary = make_congregation(by=steward, people=20)
    session = meet_once(estuary, by=steward)
    for person in people_of(estuary):
        services.answer(session=session, by=person, choice="yes")
    clock.move_to(session.starts_at)
    signed_in(steward).post(page("hold_begin", session), {})
    assert len(held(session).there) == 21
    assert titles(session) == ["Check-in", "Time to talk", "Check-out"]


def test_a_stranger_finds_no_table(clock: Traveller) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    client = signed_in(make_person(is_superuser=True, is_staff=True))
    for name in ("hold", "hold_state", "leave", "roles"):
        assert client.get(page(name, session)).status_code == 404
    for name in ("hold_begin", "hold_press", "hold_here"):
        assert client.post(page(name, session), {}).status_code == 404
    with pytest.raises(NotAllowed):
        services.press(session=session, by=make_person(), do="end", seen=1, step=0)


def test_a_meeting_that_was_called_off_has_no_table(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    services.cancel(session=session, by=inês)
    clock.move_to(session.starts_at)
    assert signed_in(inês).get(page("hold", session)).url == session.get_absolute_url()  # type: ignore[attr-defined]
    with pytest.raises(errors.SessionCancelled):
        services.begin(session=session, by=inês, here=[])


def test_somebody_who_left_the_circle_takes_their_turn_with_them_from_the_page(
    clock: Traveller,
) -> None:
    session = meet_once(make_table(seats=6))
    inês, tomasz, _mere = people_of(session.circle)
    begun(session, clock)
    leave(circle=session.circle, by=tomasz)
    words = text(signed_in(inês).get(page("hold", session)))
    assert "Tomasz" not in words

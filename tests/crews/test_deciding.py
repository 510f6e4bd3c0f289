"""After the opening: another cycle, a rest, an end. And taking that back."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.services import leave
from congregation.pulse import pulse_of
from crews import errors, services
from crews.models import Crew
from practice.models import PracticeSession
from tests.crews.cycles import (
    DAY,
    SOON,
    asked,
    coming,
    make_going,
    meet,
    now,
    opened,
    page,
    people_of,
    signed_in,
    text,
    tick,
    told,
)
from tests.factories import make_congregation, make_person
from tests.practice.tables import mails_to

pytestmark = pytest.mark.django_db


# --- renew ----------------------------------------------------------------------------------


def test_another_cycle_leads_to_the_meetings_as_they_were(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "leave", "renew")
    one, leaving, _third = people_of(crew)
    mailoutbox.clear()
    client = signed_in(one)
    response = client.post(page(crew, "renew", 1), {"meetings": 8}, follow=True)
    words = text(response)
    assert "Another cycle begins." in words
    assert 'name="meetings" value="8"' in words
    assert 'value="18:30"' in words
    assert 'value="2027-02-01"' in words
    tick(clock)
    assert now(crew).number == 2
    assert sorted(told("decided"), key=lambda person: person.pk) == people_of(crew)[1:]
    (mail,) = mails_to(leaving, mailoutbox)
    assert "Your seat is yours until you give it up yourself." in " ".join(str(mail.body).split())
    assert "You went on" in text(client.get(cycle.get_absolute_url()))
    assert "You said that you would leave" in text(signed_in(leaving).get("/today/"))
    assert "You said that you would leave" not in text(client.get("/today/"))
    assert len(people_of(crew)) == 3


def test_the_next_cycle_counts_its_own_meetings(clock: Traveller) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "renew", "renew")
    services.renew(cycle=cycle, by=people_of(crew)[0], meetings=6)
    sessions = meet(crew, SOON + timedelta(weeks=4))
    tick(clock)
    tick(clock, sessions[-2].ends_at)
    assert (now(crew).number, now(crew).last) == (2, sessions[-1])


def test_planning_meetings_after_the_opening_is_going_on(clock: Traveller) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "renew", "renew")
    meet(crew, SOON + timedelta(weeks=4), every="once")
    assert now(crew) == cycle
    meet(crew, SOON + timedelta(weeks=5))
    first, second = crew.cycles.order_by("number")
    assert (first.outcome, first.decided_by) == ("renewed", people_of(crew)[0])
    assert second.asked_at is None


def test_nothing_is_decided_before_the_opening_or_from_outside(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    with pytest.raises(errors.AnswersAreClosed):
        services.renew(cycle=cycle, by=people_of(crew)[0], meetings=6)
    with pytest.raises(NotAllowed):
        services.end(crew=crew, by=make_person())
    response = signed_in(people_of(crew)[0]).post(
        page(crew, "renew", 1), {"meetings": 6}, follow=True
    )
    assert "The answers are not open yet." in text(response)


def test_of_two_who_decide_the_second_is_told(clock: Traveller) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "renew", "renew")
    one, two, _ = people_of(crew)
    services.renew(cycle=cycle, by=one, meetings=6)
    words = text(signed_in(two).post(page(crew, "end"), {"cycle": 1}, follow=True))
    assert "Somebody was a moment quicker." in words
    assert Crew.objects.get(pk=crew.pk).is_open


@pytest.mark.parametrize("meetings", ["4", "11", "", "many"])
def test_a_cycle_has_five_to_ten_meetings(clock: Traveller, meetings: str) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "renew", "renew")
    client = signed_in(people_of(crew)[0])
    response = client.post(page(crew, "renew", 1), {"meetings": meetings}, follow=True)
    assert response.redirect_chain[0][0] == cycle.get_absolute_url()
    assert now(crew) == cycle


def test_six_may_become_two_and_that_decides_the_cycle(clock: Traveller) -> None:
    crew = make_going(count=6)
    cycle = opened(crew, clock, *["regroup"] * 6)
    client = signed_in(people_of(crew)[0])
    words = text(client.get(cycle.get_absolute_url()))
    assert page(crew, "split") in words
    assert "There are enough of you for two tables." in words
    split = services.open_split(crew=crew, by=people_of(crew)[0])
    assert now(crew).decided_at is None
    for person in people_of(crew):
        services.say_it_suits(split=split, by=person)
    assert now(crew).outcome == "split"
    assert len(people_of(crew)) == 3


# --- rest -----------------------------------------------------------------------------------


def test_a_rest_calls_the_meetings_off_and_asks_on_the_day(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_going()
    meet(crew, SOON)
    tick(clock)
    client = signed_in(people_of(crew)[0])
    words = text(client.post(page(crew, "rest"), {"until": "2027-02-01"}, follow=True))
    assert "Your crew rests" in words
    assert "Until 1 February" in words
    assert coming(crew) == 0
    assert now(crew).outcome == "paused"
    tick(clock)
    assert len(told("decided")) == 2
    tick(clock, SOON + timedelta(weeks=3))
    tick(clock, SOON + timedelta(weeks=3, days=1))
    assert len(told("what_next")) == 3
    client = signed_in(people_of(crew)[1])
    assert "has rested" in text(client.get("/today/"))
    words = text(client.post(page(crew, "wake"), follow=True))
    assert "You begin again." in words
    assert "Your first evening" in words


def test_a_rest_without_a_day_is_not_asked_about(clock: Traveller) -> None:
    crew = make_going()
    services.rest(crew=crew, by=people_of(crew)[0])
    tick(clock, SOON + timedelta(weeks=30))
    assert told("what_next") == []
    with pytest.raises(errors.RestsAlready):
        services.rest(crew=crew, by=people_of(crew)[0])


@pytest.mark.parametrize("until", ["2027-01-04", "2020-01-01", "soon"])
def test_a_rest_ends_on_a_day_to_come(clock: Traveller, until: str) -> None:
    crew = make_going()
    response = signed_in(people_of(crew)[0]).post(page(crew, "rest"), {"until": until})
    assert response.status_code == 422
    assert not Crew.objects.get(pk=crew.pk).is_resting


def test_a_resting_crew_is_not_asked_to_look_back(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    services.rest(crew=crew, by=people_of(crew)[0])
    tick(clock, cycle.answers_due)
    assert told("opened") == []


# --- an end ---------------------------------------------------------------------------------


def test_an_end_ends_it_for_all_and_the_last_page_opens(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_going()
    opened(crew, clock, "leave", "leave", "renew")
    client = signed_in(people_of(crew)[0])
    assert "Fewer than three of you go on" in text(client.get(page(crew, "cycle", 1)))
    assert "a good ending is worth having" in text(client.get(page(crew, "end")))
    words = text(client.post(page(crew, "end"), {"cycle": 1}, follow=True))
    assert "The last page of" in words
    tick(clock)
    assert len(told("decided")) == 2
    assert not Crew.objects.get(pk=crew.pk).is_open
    with pytest.raises(CircleClosed):
        services.end(crew=crew, by=people_of(crew)[0])


def test_nobody_ends_it_while_the_table_meets(clock: Traveller) -> None:
    crew = make_going()
    (first, *_) = meet(crew, SOON)
    clock.move_to(first.starts_at + timedelta(minutes=5))
    for wish in (services.end, services.rest):
        with pytest.raises(errors.AtTheTable):
            wish(crew=crew, by=people_of(crew)[0])


def test_a_call_neither_rests_nor_ends_this_way(clock: Traveller) -> None:
    crew = make_going()
    Crew.objects.filter(pk=crew.pk).update(begun_at=None)
    for name in ("rest", "end"):
        assert signed_in(people_of(crew)[0]).get(page(crew, name)).status_code == 404


# --- taking it back -------------------------------------------------------------------------


def test_an_end_is_taken_back_within_a_day_and_all_is_as_it_was(clock: Traveller) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "leave", "leave")
    meet(crew, SOON + timedelta(weeks=4), every="once")
    before = coming(crew)
    one, two, _ = people_of(crew)
    services.end(crew=crew, by=one, cycle=cycle)
    assert coming(crew) == 0
    words = text(signed_in(two).post(page(crew, "take_back"), follow=True))
    assert "It is as it was before." in words
    assert coming(crew) == before > 0
    assert now(crew).decided_at is None
    tick(clock)
    assert two not in told("decided")
    assert one in told("decided")


def test_a_rest_is_taken_back_and_its_meetings_come_back(clock: Traveller) -> None:
    crew = make_going()
    meet(crew, SOON)
    tick(clock)
    services.rest(crew=crew, by=people_of(crew)[0])
    clock.shift(timedelta(hours=3))
    services.take_back_decision(crew=crew, by=people_of(crew)[1])
    assert coming(crew) == 3
    assert now(crew).decided_at is None
    assert not Crew.objects.get(pk=crew.pk).is_resting


def test_another_cycle_is_taken_back_with_what_was_planned_for_it(clock: Traveller) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "renew", "renew")
    one, two, _ = people_of(crew)
    services.renew(cycle=cycle, by=one, meetings=6)
    clock.shift(timedelta(minutes=5))
    meet(crew, SOON + timedelta(weeks=4))
    services.take_back_decision(crew=crew, by=two)
    assert now(crew) == cycle
    assert now(crew).decided_at is None
    assert coming(crew) == 0
    tick(clock)
    assert now(crew) == cycle


def test_after_a_day_one_decides_anew(clock: Traveller) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "renew", "renew")
    services.renew(cycle=cycle, by=people_of(crew)[0], meetings=6)
    clock.shift(DAY)
    with pytest.raises(errors.TooLateToTakeBack):
        services.take_back_decision(crew=crew, by=people_of(crew)[0])
    services.end(crew=crew, by=people_of(crew)[0])
    clock.shift(DAY)
    client = signed_in(people_of(crew)[0])
    assert "A decision can be taken back for a day." in text(
        client.post(page(crew, "take_back"), follow=True)
    )


def test_only_those_inside_take_back(clock: Traveller) -> None:
    crew = make_going()
    gone = people_of(crew)[2]
    leave(circle=crew, by=gone)
    services.end(crew=crew, by=people_of(crew)[0])
    with pytest.raises(NotAllowed):
        services.take_back_decision(crew=crew, by=gone)


# --- nothing is decided ---------------------------------------------------------------------


def test_nobody_decides_so_it_has_simply_ended(clock: Traveller) -> None:
    estuary = make_congregation()
    crew = make_going(parent=estuary)
    cycle = opened(crew, clock, "renew", "renew")
    clock.shift(timedelta(days=14, hours=1))
    tick(clock)
    clock.shift(DAY)
    tick(clock)
    assert sorted(told("what_next"), key=lambda one: one.pk) == people_of(crew)
    words = text(signed_in(people_of(crew)[0]).get(cycle.get_absolute_url()))
    assert "This cycle has simply ended" in words
    (row,) = [row for row in pulse_of([estuary.pk]) if "cycle" in row.heading]
    assert "My word" not in f"{row}"
    assert "renew" not in f"{row}".lower()


def test_a_rest_calls_off_nobody_elses_meetings(clock: Traveller) -> None:
    crew, other = make_going(), make_going()
    meet(other, SOON)
    services.rest(crew=crew, by=people_of(crew)[0])
    assert PracticeSession.objects.filter(circle=other, cancelled_at=None).count() == 3

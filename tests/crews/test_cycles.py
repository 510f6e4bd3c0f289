"""A cycle begins, everybody is asked near its end, and the answers open together."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.services import leave, take_seat
from crews import errors, services
from crews.models import CycleAnswer
from practice import services as practice
from tests.crews.cycles import (
    DAY,
    NOW,
    SOON,
    answered,
    asked,
    make_going,
    meet,
    now,
    opened,
    owed,
    page,
    people_of,
    signed_in,
    text,
    tick,
    told,
)
from tests.crews.tables import make_crew
from tests.factories import make_person
from tests.practice.tables import mails_to, questions

pytestmark = pytest.mark.django_db


# --- beginning ------------------------------------------------------------------------------


def test_a_cycle_begins_with_the_first_meetings_and_once(clock: Traveller) -> None:
    crew = make_going()
    tick(clock)
    assert not crew.cycles.exists()
    meet(crew)
    cycle = crew.cycles.get()
    assert (cycle.number, cycle.asked_at) == (1, None)
    meet(crew, SOON + DAY)
    tick(clock)
    assert crew.cycles.get() == cycle


def test_a_call_that_has_not_begun_has_no_cycle(clock: Traveller) -> None:
    crew = make_crew(people=2)
    tick(clock)
    assert not crew.cycles.exists()
    meet(crew)
    assert crew.cycles.exists()


# --- asking ---------------------------------------------------------------------------------


def test_all_are_asked_once_after_the_last_but_one_meeting(clock: Traveller) -> None:
    crew = make_going()
    sessions = meet(crew, SOON)
    tick(clock)
    tick(clock, sessions[-2].ends_at - timedelta(minutes=1))
    assert told("asked") == []
    tick(clock, sessions[-2].ends_at)
    tick(clock, sessions[-2].ends_at + DAY)
    assert sorted(told("asked"), key=lambda one: one.pk) == people_of(crew)
    assert now(crew).answers_due == sessions[-1].ends_at + timedelta(days=2)


def test_a_monthly_crew_is_asked_a_week_ahead(clock: Traveller) -> None:
    crew = make_going()
    sessions = meet(crew, SOON, every="month")
    tick(clock)
    tick(clock, sessions[-2].ends_at + DAY)
    assert told("asked") == []
    tick(clock, sessions[-1].starts_at - timedelta(days=7))
    assert len(told("asked")) == 3


def test_a_rhythm_without_an_end_asks_after_as_many_meetings_as_the_crew_said(
    clock: Traveller,
) -> None:
    crew = make_going()
    sessions = meet(crew, SOON, meetings=None)
    tick(clock)
    tick(clock, sessions[crew.meetings - 2].ends_at)
    assert now(crew).last == sessions[crew.meetings - 1]


def test_a_single_date_is_no_cycle_that_ends(clock: Traveller) -> None:
    crew = make_going()
    (session,) = meet(crew, SOON, every="once")
    tick(clock)
    tick(clock, session.ends_at)
    assert now(crew).asked_at is None


def test_when_the_rest_is_called_off_the_last_that_took_place_was_the_last(
    clock: Traveller,
) -> None:
    crew = make_going()
    first, second, *_ = meet(crew, SOON)
    tick(clock)
    clock.move_to(first.ends_at)
    practice.cancel(session=second, by=people_of(crew)[0], following=True)
    tick(clock)
    assert now(crew).last == first


def test_a_last_meeting_that_is_moved_takes_the_date_along(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    last = cycle.last
    assert last is not None
    later = last.starts_at + timedelta(days=5)
    practice.move(session=last, by=people_of(crew)[0], starts_at=later, minutes=90)
    tick(clock)
    assert now(crew).answers_due == later + timedelta(minutes=90, days=2)


def test_the_last_meeting_becomes_a_retrospective_by_one_tap(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    client = signed_in(people_of(crew)[1])
    assert "Hold a retrospective then" in text(client.get(cycle.get_absolute_url()))
    words = text(client.post(page(crew, "look_back", 1), follow=True))
    assert "The last meeting is a retrospective now." in words
    assert "Hold a retrospective then" not in words
    last = now(crew).last
    assert last is not None
    assert last.practice is not None
    assert last.practice.slug == "retrospective"
    with pytest.raises(errors.NobodyIsAsked):
        services.look_back_then(cycle=now(crew), by=people_of(crew)[0])


def test_who_has_not_answered_is_reminded_once_the_day_before(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    answered(cycle, "renew")
    assert cycle.answers_due is not None
    tick(clock, cycle.answers_due - DAY)
    tick(clock, cycle.answers_due - DAY / 2)
    assert told("reminded") == people_of(crew)[1:]
    assert not any("renew." in str(mail.body) for mail in mailoutbox)


# --- answering, in private ------------------------------------------------------------------


def test_somebody_answers_and_changes_it(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    client = signed_in(people_of(crew)[0])
    words = text(client.get(cycle.get_absolute_url()))
    assert "I would like another cycle with these people." in words
    client.post(cycle.get_absolute_url(), {"choice": "leave", "word": "It was <good> 🍞."})
    words = text(client.post(cycle.get_absolute_url(), {"choice": "renew"}, follow=True))
    assert "Kept. You can change it until the answers open." in words
    assert "One of 3 has answered." in words
    answer = CycleAnswer.objects.get()
    assert (answer.choice, answer.word) == ("renew", "")


@pytest.mark.parametrize("typed", [{}, {"choice": "win"}, {"choice": "renew", "word": "x" * 301}])
def test_what_does_not_do_is_explained(clock: Traveller, typed: dict[str, str]) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    response = signed_in(people_of(crew)[0]).post(cycle.get_absolute_url(), typed)
    assert response.status_code == 422
    assert "another look" in text(response)
    assert not CycleAnswer.objects.exists()


def test_before_the_opening_nothing_anywhere_tells_what_another_said(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    names = ("Wanjiru", "Tomasz", "Rory", "Mere", "Inês")
    crew = make_going(*[make_person(name) for name in names])
    cycle = asked(crew, clock)
    answered(cycle, "leave", "pause", "regroup", "renew")
    last = people_of(crew)[4]
    client = signed_in(last)
    mailoutbox.clear()
    assert cycle.answers_due is not None
    tick(clock, cycle.answers_due - DAY)
    places = [cycle.get_absolute_url(), crew.get_absolute_url(), "/today/", "/you/my-data/"]
    said = [text(client.get(place)) for place in places]
    said += [str(mail.message()) for mail in mailoutbox]
    assert "4 of 5 have answered." in said[0]
    assert not any("My word" in words for words in said)
    assert not any(person.first_name in said[0] for person in people_of(crew)[:4])
    assert not CycleAnswer.objects.readable_by(last).exists()


def test_only_those_inside_answer_and_only_while_it_is_asked(clock: Traveller) -> None:
    crew = make_going()
    meet(crew)
    tick(clock)
    person = people_of(crew)[0]
    with pytest.raises(errors.NobodyIsAsked):
        services.answer(cycle=now(crew), by=person, choice="renew")
    with pytest.raises(NotAllowed):
        services.answer(cycle=now(crew), by=make_person(), choice="renew")
    assert "Near the end you look back" in text(signed_in(person).get(page(crew, "cycle", 1)))
    assert signed_in(person).get(page(crew, "cycle", 2)).status_code == 404


# --- opening --------------------------------------------------------------------------------


def test_the_last_answer_opens_all_at_once(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_going(make_person("Inês"), make_person("Tomasz"), make_person("Mere"))
    cycle = asked(crew, clock)
    mailoutbox.clear()
    answered(cycle, "renew", "leave")
    assert owed("opened") == []
    services.answer(cycle=cycle, by=people_of(crew)[2], choice="pause", word="A <winter>.")
    tick(clock)
    assert told("opened") == people_of(crew)
    assert all("My word" not in str(mail.body) for mail in mailoutbox)
    words = text(signed_in(people_of(crew)[0]).get(cycle.get_absolute_url()))
    for said in ("You would like to go on", "Tomasz feels it is complete", "My word: leave."):
        assert said in words
    assert "A &lt;winter&gt;." in words
    with pytest.raises(errors.AnswersAreOpen):
        services.answer(cycle=cycle, by=people_of(crew)[0], choice="leave")


def test_the_date_opens_them_too_and_once(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    answered(cycle, "renew")
    due = cycle.answers_due
    assert due is not None
    tick(clock, due - timedelta(minutes=1))
    assert not now(crew).is_open
    tick(clock, due)
    tick(clock, due + DAY)
    assert told("opened") == people_of(crew)
    assert now(crew).revealed_at == due
    words = text(signed_in(people_of(crew)[1]).get(cycle.get_absolute_url()))
    assert "Nothing written by you and" in words


def test_who_leaves_takes_their_answer_along_and_may_open_the_others(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    answered(cycle, "renew", "leave")
    one, two, three = people_of(crew)
    leave(circle=crew, by=two)
    assert not CycleAnswer.objects.filter(person=two).exists()
    assert not now(crew).is_open
    leave(circle=crew, by=three)
    assert now(crew).is_open
    assert owed("opened") == [one]


def test_who_sits_down_meanwhile_is_asked_as_well(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    late = make_person("Late")
    take_seat(circle=crew, person=late)
    answered(cycle, "renew", "renew", "renew")
    assert not now(crew).is_open
    assert late in owed("asked")
    services.answer(cycle=cycle, by=late, choice="renew")
    assert now(crew).is_open


def test_who_comes_later_reads_nothing_of_what_was_said_before(clock: Traveller) -> None:
    crew = make_going()
    cycle = opened(crew, clock, "renew", "renew", "leave")
    clock.shift(DAY)
    late = make_person("Late")
    take_seat(circle=crew, person=late)
    words = text(signed_in(late).get(cycle.get_absolute_url()))
    assert "They were given before you sat down here" in words
    assert "My word" not in words
    assert not CycleAnswer.objects.readable_by(late).exists()


def test_answers_of_a_crew_that_ended_before_stay_closed(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    answered(cycle, "leave")
    services.end(crew=crew, by=people_of(crew)[1])
    with pytest.raises(CircleClosed):
        services.answer(cycle=cycle, by=people_of(crew)[1], choice="renew")
    tick(clock, cycle.answers_due)
    assert not now(crew).is_open
    words = text(signed_in(people_of(crew)[1]).get(cycle.get_absolute_url()))
    assert "they stay closed" in words
    assert "My word" not in words


# --- where it shows -------------------------------------------------------------------------


def test_today_and_the_crews_page_lead_there(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    person = people_of(crew)[0]
    client = signed_in(person)
    for place in ("/today/", crew.get_absolute_url()):
        assert cycle.get_absolute_url() in text(client.get(place))
        assert "Say what you wish" in text(client.get(place))
    services.answer(cycle=cycle, by=person, choice="renew")
    assert "Say what you wish" not in text(client.get("/today/"))
    tick(clock, cycle.answers_due)
    for place in ("/today/", crew.get_absolute_url()):
        assert "Read the answers" in text(client.get(place))


def test_the_beads_say_what_is_now(clock: Traveller) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    client = signed_in(people_of(crew)[0])
    answered(cycle, "renew", "renew")
    before = text(client.get(crew.get_absolute_url()))
    assert "look back</li>" in before
    assert "Each of you says renew" in before
    answered(cycle, "", "", "leave")
    after = text(client.get(crew.get_absolute_url()))
    assert "<b>Now</b> decide</li>" in after
    assert "What each of you says is open now." in after
    assert "look back</li>" not in after
    assert "Each of you says renew" not in after


def test_as_many_questions_for_six_as_for_three(clock: Traveller) -> None:
    counts = []
    for count in (3, 6):
        clock.move_to(NOW)
        crew = make_going(count=count)
        cycle = asked(crew, clock)
        client = signed_in(people_of(crew)[0])
        counts.append([questions(client, cycle.get_absolute_url())])
        answered(cycle, *["renew"] * count)
        counts[-1].append(questions(client, cycle.get_absolute_url()))
        counts[-1].append(questions(client, crew.get_absolute_url()))
    # A full table asks less: there is no chair to invite anybody to.
    assert all(six <= three for three, six in zip(*counts, strict=True))


def test_ones_own_answers_are_in_ones_own_data(clock: Traveller) -> None:
    crew = make_going()
    answered(asked(crew, clock), "leave", "renew")
    words = text(signed_in(people_of(crew)[0]).get("/you/my-data/"))
    assert "My word: leave." in words
    assert "My word: renew." not in words


def test_mail_says_when_it_opens_and_where_to_answer(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_going()
    cycle = asked(crew, clock)
    person = people_of(crew)[0]
    (mail,) = [one for one in mails_to(person, mailoutbox) if "end of its cycle" in one.subject]
    assert cycle.get_absolute_url() in str(mail.body)
    assert "27 January, 20:00" in " ".join(str(mail.body).split())

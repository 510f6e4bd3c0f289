"""A time poll: asking, answering, changing the question, choosing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from time_machine import Traveller, travel

from circles.errors import CircleClosed, NotAllowed
from circles.services import close, leave
from notifications.models import Notice
from practice import errors, services
from practice.models import Answer, Poll, PollAnswer, PollOption, PracticeSession
from tests.examples import some
from tests.factories import make_congregation, make_person
from tests.practice.polls import (
    FORTNIGHTLY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    ask,
    option,
    proposed,
    rule,
    said,
    say,
)
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    WEEK,
    make_table,
    meet_once,
    people_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- asking -----------------------------------------------------------------------------------


def test_a_question_stands_with_its_times_in_order() -> None:
    poll = ask(make_table(), [SATURDAY, TUESDAY, THURSDAY])
    assert proposed(poll) == [TUESDAY, THURSDAY, SATURDAY]
    assert poll.is_open


@pytest.mark.parametrize(
    ("starts", "error"),
    [
        ([TUESDAY], errors.TooFewTimes),
        ([TUESDAY, TUESDAY], errors.TooFewTimes),
        ([TUESDAY + number * HOUR for number in range(11)], errors.TooManyTimes),
        ([TUESDAY, NOW], errors.InThePast),
        ([TUESDAY, NOW + 800 * DAY], errors.TooFarAway),
    ],
)
def test_odd_times_are_refused_and_nothing_is_left(
    starts: list[datetime], error: type[Exception]
) -> None:
    crew = make_table()
    with pytest.raises(error):
        ask(crew, starts)
    assert not Poll.objects.exists()


def test_a_circle_looks_for_three_times_at_most() -> None:
    crew = make_table()
    polls = [ask(crew, title=title) for title in ("One", "Two", "Three")]
    with pytest.raises(errors.TooManyPolls):
        ask(crew)
    services.end_poll(poll=polls[0], by=people_of(crew)[1])
    ask(crew)


def test_whoever_presses_twice_asks_once() -> None:
    crew = make_table()
    poll = ask(crew)
    assert ask(crew) == poll
    assert ask(crew, by=people_of(crew)[1]) != poll
    assert Notice.objects.filter(kind="practice.poll", person=people_of(crew)[2]).count() == 2


def test_only_those_who_may_plan_ask() -> None:
    with pytest.raises(NotAllowed):
        ask(make_table(), by=make_person())
    estuary = make_congregation(people=2)
    with pytest.raises(NotAllowed):
        ask(estuary, by=people_of(estuary)[1])


# --- answering --------------------------------------------------------------------------------


def test_an_answer_is_kept_at_once_and_may_be_changed() -> None:
    poll = ask(make_table())
    tomasz = people_of(poll.circle)[1]
    for choice in ("yes", "no", "if_need_be"):
        services.answer_poll(option=option(poll), by=tomasz, choice=choice)
        assert said(poll) == {"Tomasz": choice}
    assert said(poll, THURSDAY) == {}


def test_who_does_not_sit_there_has_no_say() -> None:
    poll = ask(make_table())
    with pytest.raises(NotAllowed):
        services.answer_poll(option=option(poll), by=make_person(), choice="yes")


def test_a_time_that_passed_or_was_taken_out_or_a_closed_question_is_not_answered(
    clock: Traveller,
) -> None:
    poll = ask(make_table())
    inês, tomasz, _mere = people_of(poll.circle)
    services.change_poll(poll=poll, by=inês, starts=[TUESDAY, THURSDAY], rule=rule())
    with pytest.raises(errors.TimeWithdrawn):
        services.answer_poll(option=option(poll, SATURDAY), by=tomasz, choice="yes")
    clock.move_to(TUESDAY)
    with pytest.raises(errors.InThePast):
        services.answer_poll(option=option(poll), by=tomasz, choice="yes")
    services.end_poll(poll=poll, by=inês)
    with pytest.raises(errors.PollClosed):
        services.answer_poll(option=option(poll, THURSDAY), by=tomasz, choice="yes")
    close(circle=poll.circle, by=inês)
    with pytest.raises(CircleClosed):
        services.answer_poll(option=option(poll, THURSDAY), by=tomasz, choice="yes")
    assert not PollAnswer.objects.exists()


def test_the_database_keeps_one_answer_a_person_and_a_time_once() -> None:
    poll = ask(make_table())
    tomasz = people_of(poll.circle)[1]
    say(poll, tomasz)
    with pytest.raises(IntegrityError), transaction.atomic():
        PollAnswer.objects.create(option=option(poll), person=tomasz, choice="no")
    with pytest.raises(IntegrityError), transaction.atomic():
        PollAnswer.objects.filter(person=tomasz).update(choice="perhaps")
    with pytest.raises(IntegrityError), transaction.atomic():
        PollOption.objects.create(poll=poll, starts_at=TUESDAY)
    rhythm = meet_once(poll.circle).rhythm
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(rhythm=rhythm)


def test_what_somebody_said_to_open_questions_goes_with_their_seat() -> None:
    crew = make_table(*(make_person(name) for name in ("Inês", "Tomasz", "Mere", "Rory")))
    tomasz = people_of(crew)[1]
    closed, still_open = ask(crew), ask(crew, title="Another")
    for poll in (closed, still_open):
        say(poll, tomasz)
    services.end_poll(poll=closed, by=people_of(crew)[0])
    leave(circle=crew, by=tomasz)
    assert said(closed) == {"Tomasz": "yes"}
    assert said(still_open) == {}


# --- changing the question --------------------------------------------------------------------


def change(poll: Poll, *starts: datetime, **fields: Any) -> None:
    services.change_poll(
        poll=poll, by=people_of(poll.circle)[0], starts=starts, rule=rule(**fields)
    )


def test_a_change_of_the_question_loses_no_answer() -> None:
    poll = ask(make_table())
    tomasz, mere = people_of(poll.circle)[1:]
    say(poll, tomasz)
    say(poll, mere, "no", TUESDAY)
    change(poll, TUESDAY, SATURDAY, SATURDAY + DAY, title="Another", minutes=45)
    assert proposed(poll) == [TUESDAY, SATURDAY, SATURDAY + DAY]
    assert said(poll) == {"Tomasz": "yes", "Mere": "no"}
    assert said(poll, SATURDAY) == {"Tomasz": "yes"}
    assert said(poll, SATURDAY + DAY) == {}
    # Put back, a time that was taken out has its answers again.
    change(poll, TUESDAY, THURSDAY)
    assert said(poll, THURSDAY) == {"Tomasz": "yes"}
    assert proposed(poll) == [TUESDAY, THURSDAY]


times = st.sets(st.sampled_from([TUESDAY + number * HOUR for number in range(12)]), min_size=2)


class AnyChanges(TestCase):
    """Whatever is asked and answered in whatever order."""

    @settings(database=None, max_examples=some(8))
    @given(st.lists(st.tuples(times, st.sampled_from(["yes", "no", "if_need_be"])), max_size=6))
    def test_each_time_keeps_the_last_word_said_to_it(
        self, steps: list[tuple[set[datetime], str]]
    ) -> None:
        with travel(NOW, tick=False):
            poll = ask(make_table())
            tomasz = people_of(poll.circle)[1]
            last: dict[datetime, str] = {}
            for starts, choice in steps:
                if len(starts) > 10:
                    continue
                change(poll, *starts)
                assert set(proposed(poll)) == starts
                say(poll, tomasz, choice)
                last |= dict.fromkeys(starts, choice)
            for start, choice in last.items():
                assert said(poll, start) == {"Tomasz": choice}


def test_a_time_that_has_passed_may_stay_but_none_may_be_added(clock: Traveller) -> None:
    poll = ask(make_table())
    clock.move_to(TUESDAY + HOUR)
    change(poll, TUESDAY, THURSDAY)
    with pytest.raises(errors.InThePast):
        change(poll, TUESDAY, THURSDAY, TUESDAY + MINUTE)


def test_two_who_change_it_at_once_do_not_undo_each_other() -> None:
    poll = ask(make_table())
    tomasz = people_of(poll.circle)[1]
    change(poll, TUESDAY, THURSDAY)
    with pytest.raises(errors.PollChangedMeanwhile):
        services.change_poll(
            poll=poll, by=tomasz, starts=[TUESDAY, SATURDAY], rule=rule(), seen=poll.sequence
        )
    assert proposed(poll) == [TUESDAY, THURSDAY]


def test_a_closed_question_is_not_changed() -> None:
    poll = ask(make_table())
    services.end_poll(poll=poll, by=people_of(poll.circle)[0])
    with pytest.raises(errors.PollClosed):
        change(poll, TUESDAY, THURSDAY)


# --- choosing ---------------------------------------------------------------------------------


def test_choosing_a_time_makes_the_rhythm_and_carries_the_answers_over() -> None:
    poll = ask(make_table(*(make_person(name) for name in "ABCDE")), **FORTNIGHTLY)
    a, b, c, d, _e = people_of(poll.circle)
    for person, choice in ((b, "yes"), (c, "if_need_be"), (d, "no")):
        say(poll, person, choice)
    rhythm = services.close_poll(poll=poll, by=a, option=option(poll))
    sessions = list(rhythm.sessions.order_by("number"))
    assert [one.starts_at for one in sessions] == [TUESDAY, TUESDAY + 2 * WEEK, TUESDAY + 4 * WEEK]
    answers = [
        dict(one.answers.order_by("person").values_list("person__name", "choice"))
        for one in sessions
    ]
    assert answers[0] == {"A": "yes", "B": "yes", "C": "maybe", "D": "no"}
    assert answers[1] == answers[2] == {"A": "yes", "B": "yes"}
    poll.refresh_from_db()
    assert (poll.rhythm, poll.closed_by) == (rhythm, a)


def test_whoever_chooses_a_time_that_does_not_suit_them_is_not_taken_to_come() -> None:
    poll = ask(make_table(), **FORTNIGHTLY)
    inês = people_of(poll.circle)[0]
    say(poll, inês, "no")
    services.close_poll(poll=poll, by=inês, option=option(poll))
    said_by_her = Answer.objects.filter(person=inês).values_list("session__number", "choice")
    assert list(said_by_her) == [(1, "no")]


def test_it_keeps_the_clock_of_the_place_it_was_asked_in() -> None:
    march = datetime(2027, 3, 23, 17, 30, tzinfo=UTC)
    poll = ask(make_table(), [march, march + DAY], **{**FORTNIGHTLY, "time_zone": "Europe/Berlin"})
    rhythm = services.close_poll(
        poll=poll, by=people_of(poll.circle)[0], option=option(poll, march)
    )
    second = rhythm.sessions.get(number=2)
    # 18:30 in Berlin, an hour earlier in UTC once summer time has begun.
    assert second.starts_at == march + 2 * WEEK - HOUR


def test_a_question_is_closed_once() -> None:
    poll = ask(make_table())
    inês, tomasz, _mere = people_of(poll.circle)
    services.close_poll(poll=poll, by=inês, option=option(poll))
    with pytest.raises(errors.PollClosed):
        services.close_poll(poll=poll, by=tomasz, option=option(poll, THURSDAY))
    with pytest.raises(errors.PollClosed):
        services.end_poll(poll=poll, by=tomasz)
    assert PracticeSession.objects.count() == 1


def test_what_stands_in_the_way_of_a_choice_leaves_the_question_open(clock: Traveller) -> None:
    poll = ask(make_table())
    inês = people_of(poll.circle)[0]
    meet_once(poll.circle, THURSDAY)
    with pytest.raises(errors.AlreadyMeeting):
        services.close_poll(poll=poll, by=inês, option=option(poll, THURSDAY))
    clock.move_to(TUESDAY)
    with pytest.raises(errors.InThePast):
        services.close_poll(poll=poll, by=inês, option=option(poll))
    assert Poll.objects.open().get() == poll
    assert PracticeSession.objects.count() == 1


def test_a_time_of_another_question_cannot_be_chosen() -> None:
    crew = make_table()
    poll, other = ask(crew), ask(crew, [TUESDAY + DAY, THURSDAY])
    with pytest.raises(PollOption.DoesNotExist):
        services.close_poll(poll=poll, by=people_of(crew)[0], option=option(other, THURSDAY))


def test_an_answer_of_somebody_who_left_is_not_carried_over() -> None:
    poll = ask(make_table(*(make_person(name) for name in "ABCD")))
    a, b, *_ = people_of(poll.circle)
    say(poll, b)
    leave(circle=poll.circle, by=b)
    rhythm = services.close_poll(poll=poll, by=a, option=option(poll))
    assert not Answer.objects.filter(session__rhythm=rhythm, person=b).exists()


def test_members_of_a_congregation_answer_and_its_stewards_choose() -> None:
    estuary = make_congregation(people=2)
    steward, member, other = people_of(estuary)
    poll = ask(estuary, by=steward)
    say(poll, member)
    for attempt in (
        lambda: services.close_poll(poll=poll, by=member, option=option(poll)),
        lambda: services.end_poll(poll=poll, by=member),
        lambda: services.remind(poll=poll, by=other),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    services.close_poll(poll=poll, by=steward, option=option(poll))
    assert Answer.objects.get(person=member).choice == "yes"

"""A person's own rule, by their own clock and around their quiet hours, as time goes by."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from time_machine import Traveller

from notifications import services as mail
from notifications.kinds import find
from notifications.links import stop_url
from notifications.models import Notice, Switch
from notifications.services import queue_due_notices
from people.models import Person
from people.quiet_hours import QuietHours
from practice import services
from practice.models import PracticeSession, ReminderRules
from practice.reminders import Stamp, due_reminders, key_of
from practice.rules.reminding import REMINDERS, Reminder, Rule, due_at
from practice.services import reminder_rules
from tests.examples import some
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    choose,
    dropped,
    make_table,
    meet_once,
    people_of,
    reminded,
    sent,
    signed_in,
    text,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db]


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_brings_its_reminders_and_no_others(clock: Traveller, rule: Rule) -> None:
    session = meet_once(make_table(make_person(time_zone="Europe/Lisbon"), *others()))
    inês = people_of(session.circle)[0]
    choose(inês, rule)
    moments = {
        Reminder.DAY: SOON - DAY,
        Reminder.HOUR: SOON - HOUR,
        Reminder.EVENING: datetime(2027, 1, 10, 18, tzinfo=UTC),
    }
    for reminder, moment in sorted(moments.items(), key=lambda pair: pair[1]):
        tick(clock, moment - MINUTE)
        before = sent(inês)
        tick(clock, moment)
        assert sent(inês) == before + [str(reminder)] * (reminder in REMINDERS[rule])


def others() -> list[Person]:
    return [make_person("Tomasz"), make_person("Mere")]


def test_each_scale_has_its_own_rule(clock: Traveller) -> None:
    person = make_person("Inês")
    crew = make_table(person, *others())
    congregation = make_congregation(by=person)
    meet_once(crew)
    meet_once(congregation, SOON + MINUTE)
    choose(person, "none", "congregation")
    choose(person, "hour", "crew")
    for moment in (SOON - DAY, SOON - DAY + MINUTE, SOON - HOUR, SOON - HOUR + MINUTE):
        tick(clock, moment)
    assert told("reminder_hour") == [person]
    assert told("reminder_day") == []


def test_none_keeps_the_question_which_can_be_stopped_as_a_kind(clock: Traveller) -> None:
    session = meet_once(make_table())
    _, silent, stopped = people_of(session.circle)
    choose(silent, "none")
    question = find("practice.question")
    assert question is not None
    mail.set_switch(person=stopped, kind=question, is_on=False)
    tick(clock, SOON - DAY)
    assert told("question") == [silent]


# --- through the nights in which the clock changes --------------------------------------------

# Zone and the day on which the clock changes there.
NIGHTS = [
    ("Europe/Berlin", (2027, 3, 28)),
    ("Europe/Berlin", (2026, 10, 25)),
    ("America/St_Johns", (2027, 3, 14)),
    ("Australia/Lord_Howe", (2027, 4, 4)),
    ("Pacific/Auckland", (2026, 9, 27)),
]
# Rule and quiet hours of those at the table.
SLEEPERS = [
    ("both", None),
    ("both", (22, 7)),
    ("both", (1, 4)),
    ("evening", None),
    ("evening", (17, 3)),
]


@pytest.mark.parametrize(("zone", "day"), NIGHTS, ids=[f"{row[0]} {row[1][1]}" for row in NIGHTS])
def test_over_a_change_of_clocks_each_goes_once_at_its_moment(
    zone: str, day: tuple[int, int, int]
) -> None:
    """Meetings at 02:30 and 09:00 of that day; every ten minutes around the change."""
    place = ZoneInfo(zone)
    midnight = datetime(*day, tzinfo=place).astimezone(UTC)
    with time_machine.travel(midnight - 4 * DAY, tick=False) as clock:
        people = [sleeper(zone, quiet) for _, quiet in SLEEPERS]
        crew = make_table(*people)
        sessions = [
            meet_once(crew, datetime(*day, hour, minute, tzinfo=place), time_zone=zone)
            for hour, minute in ((2, 30), (9, 0))
        ]
        for person, (rule, _) in zip(people, SLEEPERS, strict=True):
            choose(person, rule)
            for session in sessions:
                services.answer(session=session, by=person, choice="yes")
        moment = midnight - 36 * HOUR
        while moment <= sessions[-1].starts_at:
            clock.move_to(moment)
            look(moment)
            near = HOUR <= moment - midnight <= 4 * HOUR
            moment += (10 if near else 60) * MINUTE
    for person, (rule, _) in zip(people, SLEEPERS, strict=True):
        assert reminded(person) == sorted(
            due_at(reminder, session.starts_at, person.quiet)
            for session in sessions
            for reminder in REMINDERS[rule]
        )
        assert all(person.quiet.around(one) is None for one in reminded(person))


def look(now: datetime) -> None:
    """What a tick writes of reminders, without what the clock owes for everything else."""
    for reminder in Reminder:
        Notice.objects.bulk_create(due_reminders(reminder, now), ignore_conflicts=True)


def sleeper(zone: str, quiet: tuple[int, int] | None) -> Person:
    begins, ends = quiet or (None, None)
    return make_person(time_zone=zone, quiet_from=begins, quiet_until=ends)


# --- rules change in between ------------------------------------------------------------------


def test_nothing_that_a_new_rule_would_have_made_due_earlier_is_sent(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    choose(inês, "hour")
    clock.move_to(SOON - DAY + MINUTE)
    choose(inês, "both")
    tick(clock, SOON - DAY + 2 * MINUTE)
    assert sent(inês) == []
    tick(clock, SOON - HOUR)
    assert sent(inês) == ["hour"]


def test_what_was_due_before_a_change_that_keeps_it_is_not_lost_between_two_ticks(
    clock: Traveller,
) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    tick(clock, SOON - DAY - MINUTE)
    clock.move_to(SOON - DAY + timedelta(seconds=20))
    choose(inês, "day")
    tick(clock, SOON - DAY + MINUTE)
    assert sent(inês) == ["day"]


def test_what_is_written_and_no_longer_wanted_is_dropped(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    clock.move_to(SOON - DAY)
    queue_due_notices(SOON - DAY)
    choose(inês, "hour")
    tick(clock, SOON - DAY + MINUTE)
    assert dropped("reminder_day") == ["another rule was chosen"]
    choose(inês, "both")
    tick(clock, SOON - DAY + 2 * MINUTE)
    assert sent(inês) == []


class AnyTicks(TestCase):
    """Whatever the ticks' moments are, and however often the rule changes."""

    @settings(max_examples=some(15), suppress_health_check=list(HealthCheck))
    @given(
        ticks=st.lists(st.integers(0, 30 * 60), min_size=3, max_size=8),
        changes=st.lists(st.tuples(st.integers(0, 30 * 60), st.sampled_from(Rule)), max_size=3),
        quiet=st.none() | st.tuples(st.integers(0, 23), st.integers(1, 16)),
    )
    def test_each_due_reminder_is_written_exactly_once(
        self,
        ticks: list[int],
        changes: list[tuple[int, Rule]],
        quiet: tuple[int, int] | None,
    ) -> None:
        """A meeting at half past six; minutes are counted from 30 hours before it."""
        begin = SOON - 30 * HOUR
        hours = QuietHours(UTC, quiet[0], sum(quiet) % 24) if quiet else QuietHours(UTC)
        with time_machine.travel(NOW, tick=False) as clock:
            person = make_person(quiet_from=hours.begins, quiet_until=hours.ends)
            meet_once(make_table(person, make_person(), make_person()))
            happenings: list[tuple[int, Rule | None]] = [*changes, *((at, None) for at in ticks)]
            rules, looks = [(NOW, Rule.BOTH)], []
            for minutes, rule in sorted(happenings, key=lambda pair: pair[0]):
                moment = begin + minutes * MINUTE
                clock.move_to(moment)
                if rule is None:
                    look(moment)
                elif rule != rules[-1][1]:
                    choose(person, rule)
                    rules.append((moment, rule))
                else:
                    continue
                looks.append(moment)
        assert reminded(person) == sorted(expected(rules, looks, hours))


def expected(
    rules: list[tuple[datetime, Rule]], looks: list[datetime], quiet: QuietHours
) -> list[datetime]:
    """Moments at which a rule wanted a reminder, and somebody looked while it still helped."""
    found = []
    stretches = [*pairwise(rules), (rules[-1], (SOON, None))]
    for reminder in Reminder:
        moment = due_at(reminder, SOON, quiet)
        last = SOON if reminder is Reminder.HOUR else min(SOON, moment + 12 * HOUR)
        for (since, rule), (until, _) in stretches:
            seen = [look for look in looks if moment <= look < last and since <= look <= until]
            if reminder in REMINDERS[rule] and since <= moment and seen:
                found.append(moment)
                break
    return found


# --- stopping by the link, and the page -------------------------------------------------------


def stop(person: Person, which: str, back: bool = False) -> None:
    kind = find(f"practice.reminder_{which}")
    assert kind is not None
    path = stop_url(person, kind).removeprefix("http://localhost")
    client = signed_in(make_person())
    answer = client.post(path.replace("/stop/", "/start/") if back else path)
    assert answer.status_code == 200


def test_the_link_in_a_reminder_stops_that_reminder_at_every_scale(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    choose(inês, "day", "congregation")
    stop(inês, "day")
    assert reminder_rules(inês) == {"dyad": "hour", "crew": "hour", "congregation": "none"}
    tick(clock, SOON - DAY)
    tick(clock, SOON - HOUR)
    assert sent(inês) == ["hour"]
    stop(inês, "day", back=True)
    assert reminder_rules(inês) == {"dyad": "both", "crew": "both", "congregation": "day"}


def test_an_old_switch_is_shown_as_the_rule_it_means() -> None:
    person = make_person()
    Switch.objects.create(person=person, kind="practice.reminder_hour", is_on=False)
    page = text(signed_in(person).get("/mail/"))
    assert page.count('<option value="day" selected>') == 3


def test_a_reminder_chosen_again_comes_again(clock: Traveller) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    stop(inês, "day")
    choose(inês, "both")
    assert reminder_rules(inês) == {"dyad": "hour", "crew": "both", "congregation": "hour"}
    tick(clock, SOON - DAY)
    assert sent(inês) == ["day"]


def test_choosing_what_holds_already_keeps_no_row() -> None:
    person = make_person()
    choose(person, "both")
    assert not ReminderRules.objects.exists()


def test_ones_rules_are_in_ones_data() -> None:
    person = make_person(quiet_from=22, quiet_until=7)
    choose(person, "evening", "dyad")
    data = signed_in(person).get("/you/my-data/").json()
    assert data["you"]["quiet_hours"] == [22, 7]
    assert data["reminders"][0]["dyad"] == "evening"


# --- large numbers ----------------------------------------------------------------------------


def test_the_database_writes_a_key_as_we_do(clock: Traveller) -> None:
    session = meet_once(make_table(), SOON + timedelta(seconds=7))
    stamp = PracticeSession.objects.values_list(Stamp("starts_at"), flat=True).get()
    assert key_of(session) == f"{session.pk} {stamp}"


def test_what_is_due_costs_the_same_questions_for_few_and_many(
    clock: Traveller, django_assert_max_num_queries: Any
) -> None:
    clock.move_to(SOON - DAY)
    for number in range(2):
        clock.move_to(NOW)
        for _ in range(1 + 9 * number):
            meet_once(make_table())
        clock.move_to(SOON - DAY)
        with django_assert_max_num_queries(75):
            assert queue_due_notices(SOON - DAY) == 3 * (1 + 9 * number)

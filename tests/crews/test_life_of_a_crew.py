"""Whatever people do with a crew, in whatever order: what holds over its whole life."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from circles import services as seats
from circles.errors import CircleError
from circles.models import Membership
from crews import services
from crews.models import Crew, Cycle, CycleAnswer
from crews.rules.cycles import Choice
from crews.tasks import keep_cycles
from notifications.models import Notice
from notifications.services import queue_due_notices
from practice import services as practice
from practice.models import PracticeSession
from tests.crews.tables import make_crew
from tests.examples import some
from tests.factories import make_person
from tests.practice.tables import NOW

PEOPLE = 7
# What ends it is pressed less often, or nothing else would be seen.
WAYS = ["renew", "renew", "rest", "wake", "wake", "back", "back", "end"]
somebody = st.integers(0, PEOPLE - 1)


class Life(RuleBasedStateMachine):
    """A crew with six seats, seven people who press every button, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = [make_person() for _ in range(PEOPLE)]
        self.crew = make_crew(by=self.people[0])
        for person in self.people[1:4]:
            seats.take_seat(circle=self.crew, person=person)
        Crew.objects.filter(pk=self.crew.pk).update(begun_at=NOW)
        self.left: set[int] = set()
        self.revealed: dict[int, Any] = {}
        self.plan(0, 2)
        keep_cycles()

    @initialize(chapter=st.sampled_from(["planned", "asked", "opened", "renewed"]))
    def begin_somewhere(self, chapter: str) -> None:
        """A random walk seldom gets far: it begins in any chapter of a crew's life."""
        if chapter == "planned":
            return
        self.time_passes(7)
        if chapter == "asked":
            return
        self.all_say(Choice.RENEW)
        if chapter == "renewed":
            self.decide(0, "renew")
            self.plan(1, 2)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock.stop()

    def _try(self, wish: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                wish(**given)
        except CircleError:
            return

    def _crew(self) -> Crew:
        return Crew.objects.get(pk=self.crew.pk)

    def _cycle(self) -> Cycle | None:
        return self.crew.cycles.order_by("-number").first()

    @rule(who=somebody)
    def join(self, who: int) -> None:
        self._try(seats.take_seat, circle=self.crew, person=self.people[who])

    @rule(who=somebody, really=st.integers(0, 2))
    def leave(self, who: int, really: int) -> None:
        if really:
            return
        sat = self.crew.memberships.present().of(self.people[who]).exists()
        self._try(seats.leave, circle=self.crew, by=self.people[who])
        if sat:
            self.left |= set(
                Membership.objects.filter(
                    circle=self.crew, person=self.people[who], left_at__isnull=False
                ).values_list("pk", flat=True)
            )

    @rule(who=somebody, meetings=st.sampled_from([2, 3, None]))
    def plan(self, who: int, meetings: int | None) -> None:
        day = (timezone.now() + timedelta(days=3)).date()
        self._try(
            practice.set_rhythm,
            circle=self.crew,
            by=self.people[who],
            every="week",
            starts_on=day,
            at=NOW.time(),
            time_zone="UTC",
            minutes=60,
            meetings=meetings,
        )

    @rule(days=st.sampled_from([1, 3, 7, 15]))
    def time_passes(self, days: int) -> None:
        self.traveller.shift(timedelta(days=days))
        keep_cycles()
        queue_due_notices(timezone.now())

    @rule(who=somebody, choice=st.sampled_from(list(Choice)))
    def say(self, who: int, choice: str) -> None:
        if cycle := self._cycle():
            self._try(services.answer, cycle=cycle, by=self.people[who], choice=choice, word="W.")

    @rule(choice=st.sampled_from(list(Choice)))
    def all_say(self, choice: str) -> None:
        for who in range(PEOPLE):
            self.say(who, choice)

    @rule(who=somebody, how=st.sampled_from(WAYS))
    def decide(self, who: int, how: str) -> None:
        crew, by = self._crew(), self.people[who]
        if how == "renew":
            if cycle := self._cycle():
                self._try(services.renew, cycle=cycle, by=by, meetings=5)
            return
        wish = {
            "rest": services.rest,
            "end": services.end,
            "wake": services.wake,
            "back": services.take_back_decision,
        }[how]
        self._try(wish, crew=crew, by=by)

    @invariant()
    def nobody_reads_an_answer_before_the_opening(self) -> None:
        for person in self.people:
            read = CycleAnswer.objects.readable_by(person).exclude(person=person)
            assert not read.filter(cycle__revealed_at__isnull=True).exists()

    @invariant()
    def answers_open_once_and_everybody_is_told_once(self) -> None:
        for cycle in Cycle.objects.filter(crew=self.crew, revealed_at__isnull=False):
            assert self.revealed.setdefault(cycle.pk, cycle.revealed_at) == cycle.revealed_at
            told = Notice.objects.filter(kind="crews.opened", ref=cycle.pk)
            counted = Counter(told.values_list("person", flat=True))
            assert set(counted.values()) <= {1}
            there = Membership.objects.filter(
                circle=self.crew, joined_at__lt=cycle.revealed_at
            ).exclude(left_at__lte=cycle.revealed_at)
            assert set(there.values_list("person", flat=True)) <= set(counted)

    @invariant()
    def one_cycle_is_undecided_at_most(self) -> None:
        assert Cycle.objects.undecided().filter(crew=self.crew).count() <= 1

    @invariant()
    def a_crew_that_ended_or_rests_meets_no_more(self) -> None:
        crew = self._crew()
        coming = PracticeSession.objects.filter(circle=crew).to_come(timezone.now())
        if not crew.is_open:
            assert not coming.exists()
            assert not Cycle.objects.alive().filter(crew=crew).exists()

    @invariant()
    def nobody_is_removed_by_anybody_but_themselves(self) -> None:
        gone = Membership.objects.filter(circle=self.crew, left_at__isnull=False)
        assert set(gone.values_list("pk", flat=True)) <= self.left

    @invariant()
    def sizes_hold(self) -> None:
        assert self.crew.memberships.present().count() <= 6


@pytest.mark.django_db
def test_what_holds_over_the_life_of_a_crew() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=some(4),
            stateful_step_count=16,
            database=None,
        ),
    )

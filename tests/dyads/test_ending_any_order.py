"""Whatever two people press at the end of a run, in whatever order: what is promised holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from circles.errors import CircleError
from circles.models import Circle, Membership, Preference
from circles.services import leave
from dyads import services
from dyads.models import Dyad, LookBack, LookBackAnswer
from notifications.models import Notice
from practice.models import PracticeSession
from tests.dyads.ending import make_pair, meet, people_of
from tests.examples import some
from tests.factories import make_congregation

either = st.integers(min_value=0, max_value=1)
CHOICES = st.sampled_from(["continue", "continue", "pause", "close"])


class Two(RuleBasedStateMachine):
    """Two people of one congregation, who may begin anew after each end."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.congregation: Circle = make_congregation()
        self.dyad = make_pair(parent=self.congregation)
        self.people = people_of(self.dyad)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _last(self) -> LookBack | None:
        return self.dyad.look_backs.order_by("-asked_at", "-pk").first()

    def _try(self, act: Callable[[], object]) -> None:
        before = self._state()
        try:
            with transaction.atomic():
                act()
        except CircleError:
            assert self._state() == before

    def _state(self) -> list[object]:
        return [
            list(LookBack.objects.order_by("pk").values()),
            list(LookBackAnswer.objects.order_by("pk").values()),
            list(Dyad.objects.order_by("pk").values("closed_at", "resting_since", "pair")),
            list(Membership.objects.order_by("pk").values("left_at")),
            Preference.objects.count(),
        ]

    def _of_the_last(self, service: Callable[..., object], who: int, **said: object) -> None:
        if last := self._last():
            self._try(lambda: service(look_back=last, by=self.people[who], **said))

    @rule(who=either)
    def asks(self, who: int) -> None:
        self._try(lambda: services.ask_look_back(dyad=self.dyad, by=self.people[who]))

    @rule(who=either, choice=CHOICES)
    def answers(self, who: int, choice: str) -> None:
        self._of_the_last(services.answer_look_back, who, choice=choice, received=str(who))

    @rule(one=CHOICES, other=CHOICES)
    def both_answer(self, one: str, other: str) -> None:
        self.asks(0)
        self.answers(0, one)
        self.answers(1, other)

    @rule(who=either)
    def goes_on(self, who: int) -> None:
        self._of_the_last(services.go_on, who)

    @rule(who=either)
    def wakes(self, who: int) -> None:
        self._of_the_last(services.wake, who)

    @rule(who=either)
    def closes(self, who: int) -> None:
        self._of_the_last(services.close_together, who)

    @rule(who=either, days=st.integers(min_value=2, max_value=9))
    def sets_meetings(self, who: int, days: int) -> None:
        at = (timezone.now() + timedelta(days=days)).replace(microsecond=0)
        self._try(lambda: meet(self.dyad, at, by=self.people[who], meetings=2))

    @rule(who=either)
    def leaves(self, who: int) -> None:
        self._try(lambda: leave(circle=self.dyad, by=self.people[who]))

    @rule(who=either)
    def blocks(self, who: int) -> None:
        self._try(lambda: services.block(dyad=self.dyad, by=self.people[who]))

    @rule()
    def time_passes(self) -> None:
        now = timezone.now() + timedelta(weeks=20)
        services.ask_where_due(now)

    @rule()
    def they_begin_anew(self) -> None:
        self.dyad.refresh_from_db()
        if not self.dyad.is_open:
            self.dyad = make_pair(*self.people, parent=self.congregation)
            self.people = people_of(self.dyad)

    @invariant()
    def nothing_is_read_before_both_have_answered_nor_without_both(self) -> None:
        for person in self.people:
            for said in LookBackAnswer.objects.readable_by(person).select_related("look_back"):
                if said.person_id == person.pk:
                    continue
                assert said.look_back.opened_at is not None
                seats = Membership.objects.present().filter(circle=said.look_back.dyad_id)
                assert seats.count() == 2

    @invariant()
    def what_is_open_has_both_answers_and_the_first_was_told(self) -> None:
        for one in LookBack.objects.all():
            answers = one.answers.count()
            assert (one.opened_at is not None) == (bool(one.outcome)) == (answers == 2)
            told = Notice.objects.filter(kind="dyads.opened", ref=one.pk).count()
            assert told == (1 if one.opened_at else 0)

    @invariant()
    def an_end_frees_the_pair_and_lets_go_of_what_waited(self) -> None:
        for dyad in Dyad.objects.all():
            assert (dyad.pair == "") == (dyad.closed_at is not None)
            if dyad.closed_at is not None:
                assert not LookBack.objects.filter(dyad=dyad, settled_at=None).exists()
                assert dyad.resting_since is None

    @invariant()
    def who_rests_has_no_meetings_to_come(self) -> None:
        for dyad in Dyad.objects.exclude(resting_since=None):
            coming = PracticeSession.objects.filter(circle=dyad).to_come(timezone.now())
            assert not coming.filter(starts_at__gt=timezone.now()).exists()
            assert LookBack.objects.opened().filter(dyad=dyad, outcome="pause").exists()


@pytest.mark.django_db
def test_in_any_order() -> None:
    run_state_machine_as_test(
        Two,
        settings=settings(
            max_examples=some(4),
            stateful_step_count=14,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Whatever people press, in whatever order: a call and a split keep their laws."""

import contextlib
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from circles import services as seats
from circles.errors import CircleError
from circles.models import Circle, JoinRequest, Membership
from crews import services
from crews.models import Crew, Split
from crews.services.splits import tables_of
from notifications.models import Notice
from tests.examples import some
from tests.factories import make_congregation, make_person

PEOPLE = 9
somebody = st.integers(min_value=0, max_value=PEOPLE - 1)


class Call(RuleBasedStateMachine):
    """One call in a congregation of nine, who press every button."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = [make_person() for _ in range(PEOPLE)]
        estuary: Circle = make_congregation(by=self.people[0])
        for person in self.people[1:]:
            seats.take_seat(circle=estuary, person=person)
        self.crew = services.call(
            by=self.people[0], name="Kettle", intention="x", seats=6, parent=estuary
        )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _try(self, wish: Any, **given: Any) -> None:
        with contextlib.suppress(CircleError):
            wish(**given)

    @rule(who=somebody)
    def ask(self, who: int) -> None:
        self._try(seats.ask_to_join, circle=self.crew, by=self.people[who])

    @rule(who=somebody, yes=st.booleans())
    def answer(self, who: int, yes: bool) -> None:
        hand = JoinRequest.objects.waiting().filter(circle=self.crew).first()
        wish = seats.accept_request if yes else services.stay_one_table
        if hand is not None:
            self._try(wish, request=hand, by=self.people[who])

    @rule(who=st.integers(1, PEOPLE - 1))
    def be_welcomed(self, who: int) -> None:
        self._try(seats.take_seat, circle=self.crew, person=self.people[who])

    @rule(who=somebody, back=st.booleans())
    def say_go(self, who: int, back: bool) -> None:
        wish = services.take_go_back if back else services.say_go
        self._try(wish, crew=self.crew, by=self.people[who])

    @rule(who=somebody, rest=st.booleans())
    def rest(self, who: int, rest: bool) -> None:
        wish = services.let_call_rest if rest else services.take_up_call
        self._try(wish, crew=self._now(), by=self.people[who])

    @rule(who=somebody)
    def leave(self, who: int) -> None:
        self._try(seats.leave, circle=self.crew, by=self.people[who])

    @rule(who=somebody, with_hand=st.booleans())
    def propose(self, who: int, with_hand: bool) -> None:
        hand = JoinRequest.objects.waiting().filter(circle=self.crew).first()
        seventh = hand.person if hand and with_hand else None
        self._try(services.open_split, crew=self.crew, by=self.people[who], seventh=seventh)

    @rule(who=somebody, wish=st.sampled_from(["change", "stay", "off"]))
    def press(self, who: int, wish: str) -> None:
        split = Split.objects.open().filter(crew=self.crew).first()
        wishes = {
            "change": services.change_table,
            "stay": services.stay_here,
            "off": services.call_split_off,
        }
        if split is not None:
            self._try(wishes[wish], split=split, by=self.people[who])

    @rule()
    def all_agree(self) -> None:
        split = Split.objects.open().filter(crew=self.crew).first()
        if split is not None:
            for place in list(tables_of(split).places.values()):
                self._try(services.say_it_suits, split=split, by=place.person)

    def _now(self) -> Crew:
        return Crew.objects.get(pk=self.crew.pk)

    @invariant()
    def nobody_sits_twice_and_no_table_has_more_than_six(self) -> None:
        for crew in Crew.objects.all():
            sitting = [seat.person_id for seat in crew.memberships.present()]
            assert len(set(sitting)) == len(sitting) <= crew.seats <= 6

    @invariant()
    def it_has_begun_only_with_three(self) -> None:
        crew = self._now()
        if crew.has_begun:
            assert Membership.objects.filter(circle=crew).count() >= 3
            assert crew.caller is None

    @invariant()
    def what_came_of_a_split_has_a_crews_size(self) -> None:
        for split in Split.objects.filter(outcome=Split.Outcome.HAPPENED):
            places = split.places.values_list("table", flat=True)
            assert min(list(places).count(1), list(places).count(2)) >= 3

    @invariant()
    def two_tables_are_laid_only_for_six(self) -> None:
        for split in Split.objects.open():
            seated = set(split.crew.memberships.present().values_list("person_id", flat=True))
            assert seated <= set(tables_of(split).places)

    @invariant()
    def no_hand_waits_where_the_call_rests(self) -> None:
        if self._now().is_resting:
            assert not JoinRequest.objects.waiting().filter(circle=self.crew).exists()

    @invariant()
    def the_beginning_is_told_once(self) -> None:
        rows = Notice.objects.filter(kind="crews.call", payload__what="begun")
        people = list(rows.values_list("person", flat=True))
        assert len(set(people)) == len(people)


@pytest.mark.django_db
def test_a_call_keeps_its_laws_in_any_order() -> None:
    run_state_machine_as_test(
        Call,
        settings=settings(
            max_examples=some(4),
            stateful_step_count=30,
            database=None,
        ),
    )

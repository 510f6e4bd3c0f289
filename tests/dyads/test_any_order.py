"""Whatever three people ask and answer, in whatever order: two are one dyad at a time."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from circles import services as seats
from circles.errors import CircleError
from circles.models import Invitation, Membership
from dyads import services
from dyads.models import Dyad, pair_of
from dyads.rules.plan import ASKED, ASKING, Plan
from people.models import Person
from tests.dyads.asking import refuse
from tests.examples import some
from tests.factories import make_congregation, make_person, sit

PEOPLE = 3
somebody = st.integers(min_value=0, max_value=PEOPLE - 1)
anything = st.integers(min_value=0, max_value=20)


class Asking(RuleBasedStateMachine):
    """Three people of one congregation; the last would rather not sit with the first."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = [make_person() for _ in range(PEOPLE)]
        self.estuary = make_congregation()
        sit(self.estuary, *self.people)
        refuse(self.people[-1], self.people[0])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _try(self, wish: Any, **given: Any) -> None:
        before = self._everything()
        refused = False
        try:
            wish(**given)
        except CircleError:
            refused = True
        assert (self._everything() == before) is refused

    def _everything(self) -> list[list[Any]]:
        asked = Invitation.objects.order_by("pk").values_list("pk", "answered_at", "withdrawn_at")
        dyads = Dyad.objects.order_by("pk").values_list("pk", "closed_at")
        taken = Membership.objects.order_by("pk").values_list("pk", "left_at")
        return [list(asked), list(dyads), list(taken)]

    def _invitation(self, number: int) -> Invitation:
        every = list(Invitation.objects.select_related("circle").order_by("-pk"))
        return every[number % len(every)]

    def _is_asked(self) -> bool:
        return Invitation.objects.exists()

    @rule(one=somebody, other=somebody, seat=st.sampled_from([None, ASKING, ASKED]))
    def ask(self, one: int, other: int, seat: int | None) -> None:
        plan = Plan(kind="stewarding" if seat else "peers", steward_seat=seat)
        by, person = self.people[one], self.people[other]
        self._try(services.begin, by=by, person=person, parent=self.estuary, plan=plan)

    @rule(one=somebody, other=somebody)
    def ask_by_mail(self, one: int, other: int) -> None:
        self._try(services.begin, by=self.people[one], email=self.people[other].email)

    @precondition(_is_asked)
    @rule(number=anything, by=somebody)
    def accept(self, number: int, by: int) -> None:
        given = {"invitation": self._invitation(number), "by": self.people[by]}
        self._try(seats.accept_invitation, **given)

    @precondition(_is_asked)
    @rule(number=anything, by=somebody)
    def decline(self, number: int, by: int) -> None:
        given = {"invitation": self._invitation(number), "by": self.people[by]}
        self._try(seats.decline_invitation, **given)

    @precondition(_is_asked)
    @rule(number=anything, by=somebody)
    def withdraw(self, number: int, by: int) -> None:
        given = {"invitation": self._invitation(number), "by": self.people[by]}
        self._try(seats.withdraw_invitation, **given)

    @precondition(_is_asked)
    @rule(number=anything, by=somebody)
    def leave(self, number: int, by: int) -> None:
        given = {"circle": self._invitation(number).circle, "by": self.people[by]}
        self._try(seats.leave, **given)

    @invariant()
    def two_are_one_dyad_at_a_time(self) -> None:
        pairs = []
        for dyad in Dyad.objects.complete():
            one, other = [seat.person for seat in dyad.memberships.present()]
            assert dyad.pair == pair_of(one, other)
            pairs.append(dyad.pair)
        assert len(pairs) == len(set(pairs))

    @invariant()
    def nothing_waits_between_two_who_are_a_dyad(self) -> None:
        for asked in Invitation.objects.waiting().select_related("person", "invited_by"):
            other = asked.person or Person.objects.get(email=asked.email)
            together = Dyad.objects.complete().filter(pair=pair_of(asked.invited_by, other))
            # By mail one may ask anybody, since an address says of nobody that they are here.
            assert asked.email or not together.exists()

    @invariant()
    def who_would_rather_not_knows_of_nothing(self) -> None:
        first, last = self.people[0], self.people[-1]
        assert not Invitation.objects.for_person(last).filter(invited_by=first).exists()


@pytest.mark.django_db
def test_in_any_order() -> None:
    run_state_machine_as_test(
        Asking,
        settings=settings(
            max_examples=some(4),
            stateful_step_count=14,
            database=None,
        ),
    )

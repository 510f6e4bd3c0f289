"""Whatever people press after a round is published, in whatever order: what is promised holds."""

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
from circles.models import JoinRequest, Membership, Preference
from circles.services import accept_request, decline_request
from crews import services
from crews.models import Crew, FormingRound, ProposedCrew, ProposedSeat
from crews.services.second import without_a_seat
from notifications.models import Notice
from tests.crews.desks import hand, refuse
from tests.crews.published import EVENING, make_published, set_table
from tests.examples import some

anything = st.integers(min_value=0, max_value=50)


class Round(RuleBasedStateMachine):
    """Three tables, three people without a seat, and somebody who refuses one of each other
    table."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.forming = make_published()
        tables = [set_table(self.forming, count) for count in (3, 4, 6)]
        self.extra = [hand(self.forming, hours=EVENING) for _ in range(3)]
        refuse(tables[0][0].participant, tables[1][0].participant)
        refuse(tables[1][1].participant, self.extra[0])
        refuse(self.extra[1], tables[2][0].participant)
        self.steward = self.forming.congregation.created_by
        self.largest: dict[int, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _say(self, service: object, number: int) -> None:
        seats = list(ProposedSeat.objects.order_by("pk").select_related("participant__person"))
        seat = seats[number % len(seats)]
        try:
            service(seat=seat, by=seat.participant.person)  # type: ignore[operator]
        except CircleError:
            after = ProposedSeat.objects.get(pk=seat.pk)
            assert (after.answer, after.answered_at) == (seat.answer, seat.answered_at)

    @rule(number=anything)
    def says_yes(self, number: int) -> None:
        self._say(services.accept_seat, number)

    @rule(number=anything, other=anything)
    def two_say_yes(self, number: int, other: int) -> None:
        self._say(services.accept_seat, number)
        self._say(services.accept_seat, other)

    @rule(number=anything)
    def steps_out(self, number: int) -> None:
        self._say(services.step_out, number)

    @rule(number=anything)
    def takes_it_back(self, number: int) -> None:
        self._say(services.take_back, number)

    @rule()
    def the_day_comes(self) -> None:
        now = timezone.now()
        rounds = FormingRound.objects.filter(ended_at__isnull=True)
        rounds.update(answers_due=now - timedelta(seconds=1))
        services.tend_rounds(now)

    @rule()
    def a_tick(self) -> None:
        services.tend_rounds(timezone.now())
        services.offer_seats(timezone.now())

    @rule()
    def a_steward_mends(self) -> None:
        assert self.steward is not None
        try:
            services.settle_early(forming=self.forming, by=self.steward)
        except CircleError:
            assert ProposedSeat.objects.waiting().exists()

    @rule(number=anything, yes=st.booleans())
    def a_hand_is_answered(self, number: int, yes: bool) -> None:
        hands = list(JoinRequest.objects.waiting().order_by("pk"))
        if hands:
            request = hands[number % len(hands)]
            mate = request.circle.memberships.present().get(seat=1).person
            try:
                (accept_request if yes else decline_request)(request=request, by=mate)
            except CircleError:
                assert yes

    @invariant()
    def nobody_sits_twice_and_no_table_breaks(self) -> None:
        seated = list(
            Membership.objects.present()
            .filter(circle__in=Crew.objects.values("pk"))
            .values_list("circle", "person")
        )
        people = [person for _, person in seated]
        assert len(people) == len(set(people))
        tables: dict[int, set[int]] = {}
        for crew, person in seated:
            tables.setdefault(crew, set()).add(person)
        assert all(3 <= len(table) <= 6 for table in tables.values())
        for by, whom in Preference.objects.refusals().values_list("by", "whom"):
            assert not any({by, whom} <= table for table in tables.values())

    @invariant()
    def each_is_told_what_is_so(self) -> None:
        silent = ProposedSeat.objects.filter(answer="out", answered_at__isnull=True)
        assert self._told("crews.silent") == sorted(silent.values_list("pk", flat=True))
        begun = ProposedSeat.objects.filter(answer="yes", proposed__crew__isnull=False)
        told = Notice.objects.filter(kind="crews.begun").values_list("person", flat=True)
        assert sorted(told) == sorted(begun.values_list("participant__person", flat=True))

    @invariant()
    def when_it_is_over_nothing_is_open(self) -> None:
        forming = FormingRound.objects.get(pk=self.forming.pk)
        if forming.ended_at is None:
            assert self._told("crews.round_no_seat") == []
            return
        assert not ProposedSeat.objects.waiting().exists()
        assert not ProposedCrew.objects.filter(crew=None, dissolved_at=None).exists()
        without = set(without_a_seat(forming).values_list("pk", flat=True))
        assert without <= set(self._told("crews.round_no_seat"))

    def _told(self, kind: str) -> list[int]:
        return sorted(Notice.objects.filter(kind=kind).values_list("ref", flat=True))


@pytest.mark.django_db
def test_in_any_order() -> None:
    run_state_machine_as_test(
        Round,
        settings=settings(
            max_examples=some(4),
            stateful_step_count=16,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

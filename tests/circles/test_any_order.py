"""Whatever people do, in whatever order: the laws of seats hold."""

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

from circles import services
from circles.errors import CircleError
from circles.models import Circle, Invitation, JoinRequest, Membership
from circles.scales import LAWS
from tests.examples import some
from tests.factories import make_bare_crew, make_congregation, make_person

PEOPLE = 8
somebody = st.integers(min_value=0, max_value=PEOPLE - 1)
anything = st.integers(min_value=0, max_value=50)


class Table(RuleBasedStateMachine):
    """One crew with few seats, one congregation, and eight people who press every button."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = [make_person() for _ in range(PEOPLE)]
        self.estuary: Circle = make_congregation(by=self.people[0])
        self.crew = make_bare_crew(parent=self.estuary)
        for person in self.people[:-1]:  # The last one is an outsider.
            if person != self.people[0]:
                services.take_seat(circle=self.estuary, person=person)
        services.take_seat(circle=self.crew, person=self.people[0])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _try(self, wish: Any, **given: Any) -> None:
        """A wish may be refused in words, and then nothing has changed; else something has."""
        before = self._everything()
        refused = False
        try:
            wish(**given)
        except CircleError:
            refused = True
        assert (self._everything() == before) is refused

    def _everything(self) -> list[list[Any]]:
        return [
            list(Circle.objects.order_by("pk").values_list("pk", "closed_at")),
            list(Membership.objects.order_by("pk").values_list("pk", "left_at")),
            list(JoinRequest.objects.order_by("pk").values_list("pk", "state")),
            list(
                Invitation.objects.order_by("pk").values_list("pk", "answered_at", "withdrawn_at")
            ),
        ]

    def _request(self, number: int) -> JoinRequest:
        every = list(JoinRequest.objects.filter(circle=self.crew).order_by("-pk"))
        return every[number % len(every)]

    def _invitation(self, number: int) -> Invitation:
        every = list(Invitation.objects.filter(circle=self.crew).order_by("-pk"))
        return every[number % len(every)]

    def _has_requests(self) -> bool:
        return JoinRequest.objects.filter(circle=self.crew).exists()

    def _has_invitations(self) -> bool:
        return Invitation.objects.filter(circle=self.crew).exists()

    @rule(who=somebody)
    def ask(self, who: int) -> None:
        self._try(services.ask_to_join, circle=self.crew, by=self.people[who])

    @precondition(_has_requests)
    @rule(number=anything, who=somebody, yes=st.booleans())
    def answer(self, number: int, who: int, yes: bool) -> None:
        wish = services.accept_request if yes else services.decline_request
        self._try(wish, request=self._request(number), by=self.people[who])

    @precondition(_has_requests)
    @rule(number=anything, who=somebody)
    def take_hand_down(self, number: int, who: int) -> None:
        self._try(services.withdraw_request, request=self._request(number), by=self.people[who])

    @rule(who=somebody, whom=somebody, by_mail=st.booleans())
    def invite(self, who: int, whom: int, by_mail: bool) -> None:
        friend = self.people[whom]
        to: dict[str, Any] = {"email": friend.email} if by_mail else {"person": friend}
        self._try(services.invite, circle=self.crew, by=self.people[who], **to)

    @precondition(_has_invitations)
    @rule(number=anything, who=somebody, yes=st.booleans())
    def answer_invitation(self, number: int, who: int, yes: bool) -> None:
        wish = services.accept_invitation if yes else services.decline_invitation
        self._try(wish, invitation=self._invitation(number), by=self.people[who])

    @precondition(_has_invitations)
    @rule(number=anything, who=somebody)
    def take_invitation_back(self, number: int, who: int) -> None:
        self._try(
            services.withdraw_invitation,
            invitation=self._invitation(number),
            by=self.people[who],
        )

    @rule(who=somebody, whole=st.booleans())
    def leave(self, who: int, whole: bool) -> None:
        circle = self.estuary if whole else self.crew
        self._try(services.leave, circle=circle, by=self.people[who])

    def _seated(self) -> list[tuple[int, int]]:
        seats = Membership.objects.present().filter(circle=self.crew)
        return list(seats.values_list("seat", "person_id"))

    @invariant()
    def nobody_sits_beyond_the_seats(self) -> None:
        seats = Circle.objects.get(pk=self.crew.pk).seats
        assert len(self._seated()) <= seats <= LAWS[self.crew.scale].most

    @invariant()
    def chairs_and_people_are_there_once(self) -> None:
        chairs = [seat for seat, _ in self._seated()]
        sitting = [person for _, person in self._seated()]
        assert len(set(chairs)) == len(chairs)
        assert len(set(sitting)) == len(sitting)
        assert all(1 <= chair <= self.crew.seats for chair in chairs)

    @invariant()
    def nobody_who_sits_there_has_a_hand_up(self) -> None:
        waiting = JoinRequest.objects.waiting().filter(circle=self.crew)
        asking = list(waiting.values_list("person_id", flat=True))
        assert len(set(asking)) == len(asking)
        assert not {person for _, person in self._seated()} & set(asking)

    @invariant()
    def nobody_who_sits_there_has_a_kept_seat_besides(self) -> None:
        kept = Invitation.objects.waiting().filter(circle=self.crew)
        for _, person in self._seated():
            # An address is nobody's to test, so one that sits here may have been invited.
            assert not kept.filter(person=person).exists()

    @invariant()
    def it_is_open_exactly_while_somebody_sits_there(self) -> None:
        assert Circle.objects.get(pk=self.crew.pk).is_open == bool(self._seated())


@pytest.mark.django_db
def test_the_laws_of_seats_hold_in_any_order() -> None:
    run_state_machine_as_test(
        Table,
        settings=settings(
            max_examples=some(6),
            stateful_step_count=25,
            database=None,
        ),
    )

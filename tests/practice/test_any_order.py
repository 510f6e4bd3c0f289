"""Whatever a circle does to its meetings, in whatever order: what was stays, nothing is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from circles.errors import CircleError
from practice import services
from practice.models import Answer, Pause, PracticeSession, Rhythm
from practice.rules.layout import AHEAD
from tests.examples import some
from tests.practice.tables import make_table, people_of

anything = st.integers(min_value=0, max_value=100)
days = st.integers(min_value=-3, max_value=30)
zones = st.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"])
hours = st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))


class Table(RuleBasedStateMachine):
    """One crew that sets, moves, calls off, pauses and answers, about a change of clocks."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel = time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False)
        self.clock = self.travel.start()
        self.crew = make_table()
        self.people = people_of(self.crew)
        self.by_hand: dict[int, datetime] = {}

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _try(self, wish: Any, **given: Any) -> bool:
        """A wish may be refused in words, and then nothing has changed."""
        before, began = self._rows(), self._begun()
        said = list(Answer.objects.order_by("pk").values_list("pk", "choice", "word"))
        # A minute later, so that what is done at once is told from what is done together.
        self.clock.shift(timedelta(minutes=1))
        try:
            wish(by=self.people[0], **given)
        except CircleError:
            assert self._rows() == before
            return False
        finally:
            assert self._begun(list(began)) == began
            if wish is not services.answer:
                kept = Answer.objects.filter(pk__in=[row[0] for row in said]).order_by("pk")
                assert list(kept.values_list("pk", "choice", "word")) == said
        return True

    def _rows(self) -> list[Any]:
        fields = ("pk", "starts_at", "ends_at", "cancelled_at", "skipped", "sequence")
        return [
            list(PracticeSession.objects.order_by("pk").values_list(*fields)),
            list(Rhythm.objects.order_by("pk").values_list()),
            list(Pause.objects.order_by("pk").values_list()),
        ]

    def _begun(self, only: list[int] | None = None) -> dict[int, Any]:
        """What has begun, as it stands; of those when given."""
        sessions = PracticeSession.objects.filter(starts_at__lte=timezone.now())
        if only is not None:
            sessions = PracticeSession.objects.filter(pk__in=only)
        rows = sessions.values_list("pk", "starts_at", "ends_at", "cancelled_at", "skipped")
        return {row[0]: row for row in rows}

    def _ahead(self, off: bool = False) -> list[PracticeSession]:
        # Only what has not begun: whoever is in the middle of a meeting may still change it.
        found = PracticeSession.objects.filter(starts_at__gt=timezone.now(), skipped="")
        return list(found.filter(cancelled_at__isnull=not off).order_by("pk"))

    def _session(self, number: int, off: bool = False) -> PracticeSession:
        found = self._ahead(off)
        return found[number % len(found)]

    def _has_sessions(self) -> bool:
        return bool(self._ahead())

    def _has_called_off(self) -> bool:
        return bool(self._ahead(off=True))

    def _has_pauses(self) -> bool:
        return Pause.objects.exists()

    @precondition(lambda self: Rhythm.objects.count() < 3)
    @rule(
        zone=zones,
        at=hours,
        ahead=days,
        every=st.sampled_from(["once", "week", "month"]),
        meetings=st.none() | st.integers(1, 8),
    )
    def set(self, zone: str, at: Any, ahead: int, every: str, meetings: int | None) -> None:
        self._try(
            services.set_rhythm,
            circle=self.crew,
            every=every,
            starts_on=timezone.now().date() + timedelta(days=ahead),
            at=at,
            time_zone=zone,
            minutes=60,
            meetings=meetings,
        )

    @precondition(_has_sessions)
    @rule(number=anything, shift=st.integers(-48, 480))
    def move(self, number: int, shift: int) -> None:
        session = self._session(number)
        starts_at = session.starts_at + timedelta(hours=shift)
        if self._try(services.move, session=session, starts_at=starts_at, minutes=60):
            now = PracticeSession.objects.get(pk=session.pk)
            self.by_hand.pop(session.pk, None)
            if now.moved_by_hand:
                self.by_hand[session.pk] = starts_at

    @precondition(_has_sessions)
    @rule(number=anything, ahead=days, at=hours, zone=zones)
    def move_following(self, number: int, ahead: int, at: Any, zone: str) -> None:
        session = self._session(number)
        day = session.starts_at.date() + timedelta(days=ahead)
        if self._try(
            services.move_following, session=session, day=day, at=at, time_zone=zone, minutes=75
        ):
            self.by_hand.pop(session.pk, None)

    @precondition(_has_sessions)
    @rule(number=anything, following=st.booleans())
    def cancel(self, number: int, following: bool) -> None:
        self._try(services.cancel, session=self._session(number), following=following)

    @precondition(_has_called_off)
    @rule(number=anything, together=st.booleans())
    def take_back(self, number: int, together: bool) -> None:
        self._try(services.take_back, session=self._session(number, off=True), together=together)

    @precondition(_has_sessions)
    @rule(number=anything, before=st.integers(0, 10), length=st.integers(0, 40))
    def pause(self, number: int, before: int, length: int) -> None:
        session = self._session(number)
        first = session.starts_at.date() - timedelta(days=before)
        last = first + timedelta(days=length)
        self._try(services.pause, rhythm=session.rhythm, first_day=first, last_day=last)

    @precondition(_has_pauses)
    @rule(number=anything)
    def end_pause(self, number: int) -> None:
        pauses = list(Pause.objects.order_by("pk"))
        self._try(services.end_pause, pause=pauses[number % len(pauses)])

    @precondition(_has_sessions)
    @rule(number=anything, choice=st.sampled_from(["yes", "maybe", "no"]), following=st.booleans())
    def answer(self, number: int, choice: str, following: bool) -> None:
        wish = {"choice": choice, "following": following}
        self._try(services.answer, session=self._session(number), **wish)

    @rule(later=st.integers(1, 20))
    def time_goes_by(self, later: int) -> None:
        self.clock.shift(timedelta(days=later))
        services.extend_rhythms(timezone.now())
        for one in Rhythm.objects.going_on().filter(meetings__isnull=True):
            ahead = one.sessions.filter(starts_at__gt=timezone.now())
            assert ahead.filter(Q(cancelled_at__isnull=True) | Q(skipped="spare")).count() >= AHEAD

    @invariant()
    def no_two_begin_at_the_same_moment(self) -> None:
        found = list(PracticeSession.objects.happening().values_list("starts_at", flat=True))
        assert len(set(found)) == len(found)

    @invariant()
    def what_was_moved_by_hand_is_where_it_was_put(self) -> None:
        found = dict(PracticeSession.objects.values_list("pk", "starts_at"))
        assert {pk: found[pk] for pk in self.by_hand} == self.by_hand

    @invariant()
    def the_number_agreed_on_takes_place_or_was_called_off_by_a_person(self) -> None:
        for one in Rhythm.objects.filter(stopped_at__isnull=True, meetings__isnull=False):
            assert one.meetings is not None
            rows = one.sessions.filter(skipped="")
            assert rows.count() >= one.meetings
            # One added for a pause stays when it has begun or a person put their hand to it.
            added = rows.filter(number__gt=one.meetings)
            kept = added.filter(
                Q(moved_by_hand=True)
                | Q(cancelled_at__isnull=False)
                | Q(starts_at__lte=timezone.now())
            )
            assert rows.count() - kept.count() <= one.meetings

    @invariant()
    def what_rests_lies_in_a_pause_or_has_passed(self) -> None:
        ahead = PracticeSession.objects.filter(skipped="pause", starts_at__gt=timezone.now())
        for one in ahead.select_related("rhythm"):
            assert one.rhythm is not None
            day = one.starts_at.astimezone(one.rhythm.zone).date()
            assert one.rhythm.pauses.filter(first_day__lte=day, last_day__gte=day).exists()

    @invariant()
    def what_follows_the_pattern_keeps_its_wall_time(self) -> None:
        ahead = PracticeSession.objects.filter(moved_by_hand=False, starts_at__gt=timezone.now())
        for one in ahead.filter(cancelled_at__isnull=True).select_related("rhythm"):
            assert one.rhythm is not None
            if one.number >= one.rhythm.first:
                assert one.starts_at == one.rhythm.pattern.moment(one.number)


@pytest.mark.django_db
def test_meetings_hold_together_in_any_order() -> None:
    run_state_machine_as_test(
        Table,
        settings=settings(
            max_examples=some(6),
            stateful_step_count=25,
            database=None,
        ),
    )

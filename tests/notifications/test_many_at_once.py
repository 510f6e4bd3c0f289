"""However many people are told of something, telling them takes as many queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circles.models import Circle
from circles.scales import LAWS, Scale
from crews.models import Participant
from crews.services import rounds as forming
from dyads.models import TakingPart
from dyads.services import rounds as pairing
from notifications.models import Notice
from notifications.services import owe_all
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db

Step = Callable[[], Any]


def congregation_of(people: int) -> tuple[Circle, Any]:
    """A congregation in which every second of so many people takes part in pairing."""
    congregation = make_congregation(people=people)
    members = congregation.memberships.exclude(person=congregation.created_by)
    TakingPart.objects.bulk_create(
        TakingPart(congregation=congregation, person_id=person)
        for person in members.order_by("pk").values_list("person", flat=True)[::2]
    )
    return congregation, congregation.created_by


def steps(people: int) -> list[int]:
    """How many queries each step takes that tells so many people something."""
    congregation, by = congregation_of(people)
    in_a_week, later = (timezone.now() + timedelta(days=days) for days in (7, 12))
    counts: list[int] = []

    def counted(step: Step, told: str) -> Any:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            done = step()
        counts.append(len(queries))
        assert Notice.objects.filter(kind=told).count() >= people // 2, told
        return done

    pair = counted(
        lambda: pairing.open_round(congregation=congregation, by=by, pairs_at=in_a_week),
        "pairing.invited",
    )
    counted(lambda: pairing.change_round(round=pair, by=by, pairs_at=later), "pairing.moved")
    counted(lambda: pairing.call_off(round=pair, by=by), "pairing.called_off")
    table = counted(
        lambda: forming.open_round(
            congregation=congregation, by=by, title="Autumn", closes_at=in_a_week
        ),
        "rounds.opened",
    )
    members = congregation.memberships.exclude(person=by).values_list("person", flat=True)
    Participant.objects.bulk_create(
        Participant(round=table, person_id=person, hours=[1], time_zone="UTC") for person in members
    )
    counted(lambda: forming.change_round(forming=table, by=by, closes_at=later), "rounds.moved")
    counted(lambda: forming.call_off(forming=table, by=by), "rounds.called_off")
    return counts


def test_a_round_tells_two_hundred_in_as_many_queries_as_three() -> None:
    assert steps(3) == steps(LAWS[Scale.CONGREGATION].most - 1)


def test_of_many_messages_each_is_owed_once() -> None:
    one, other = make_person(), make_person()
    rows = [Notice(kind="account", key=key, person=one) for key in ("a", "b", "a")]
    owe_all([*rows, Notice(kind="account", key="a", person=other)])
    owe_all([Notice(kind="account", key="b", person=one)])
    assert Notice.objects.count() == 3
    assert all(Notice.objects.values_list("is_urgent", flat=True))


def test_nobody_is_nothing_to_do() -> None:
    with CaptureQueriesContext(connection) as queries:
        owe_all([])
    assert not queries.captured_queries

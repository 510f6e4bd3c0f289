"""The mails about looking after a congregation."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from circles.models import JoinRequest
from circles.services import accept_request, ask_to_join, take_seat
from congregation import services
from congregation.mail import stewards as mail
from congregation.models import Congregation
from notifications import kinds
from notifications.letters import Dropped, Letter, message_for
from notifications.models import Notice
from people.models import Person
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db
# Wednesday noon in London, midnight and an hour in Auckland, still night in New York.
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def asked(congregation: Congregation, by: Person, days: float, now: datetime) -> JoinRequest:
    request = ask_to_join(circle=congregation, by=by, message="May I?")
    JoinRequest.objects.filter(pk=request.pk).update(asked_at=now - timedelta(days=days))
    return request


def built(notice: Notice) -> str:
    kind = kinds.find(notice.kind)
    assert kind is not None
    letter = kind.build(notice)
    assert isinstance(letter, Letter)
    message = message_for(notice, letter, kind, notice.person)
    return f"{message.subject}\n{message.body}"


def test_a_steward_is_nudged_when_somebody_waits_two_days() -> None:
    congregation = make_congregation(by=make_person(time_zone="Europe/London"))
    asked(congregation, make_person("Halvard"), 1.9, NOON)
    assert mail.due_nudges(NOON) == []
    asked(congregation, make_person("Gro"), 2, NOON)
    notice = one(mail.due_nudges(NOON))
    assert (notice.person, notice.key) == (congregation.created_by, f"{congregation.pk} 2026-11-25")


def one(notices: object) -> Notice:
    found = list(notices)  # type: ignore[call-overload]
    assert len(found) == 1
    return found[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_nobody_is_nudged_at_night(zone: str) -> None:
    congregation = make_congregation(by=make_person(time_zone=zone))
    asked(congregation, make_person(), 3, NOON)
    assert mail.due_nudges(NOON) == []


def test_the_nudge_comes_once_a_day_and_ends_by_itself() -> None:
    steward = make_person(time_zone="Europe/London")
    congregation = make_congregation(by=steward)
    request = asked(congregation, make_person(), 3, NOON)
    minutes = [NOON, NOON + timedelta(minutes=1), NOON + timedelta(hours=9)]
    assert len({one(mail.due_nudges(now)).key for now in minutes}) == 1
    assert one(mail.due_nudges(NOON + timedelta(days=1))).key.endswith("2026-11-26")
    accept_request(request=request, by=steward)
    assert mail.due_nudges(NOON + timedelta(days=2)) == []


def test_the_nudge_names_who_waits_and_is_dropped_when_they_were_answered() -> None:
    steward = make_person(time_zone="Europe/London")
    congregation = make_congregation(by=steward, name="Estuary 🐟")
    request = asked(congregation, make_person("Gro 🦊 Obi"), 3, timezone.now())
    notice = Notice(kind="congregation.waiting", key="today", person=steward, ref=congregation.pk)
    assert "Gro is waiting to hear from Estuary 🐟" in built(notice)
    accept_request(request=request, by=steward)
    assert isinstance(mail.waiting(notice), Dropped)


def test_the_nudge_can_be_stopped_and_the_news_about_oneself_cannot() -> None:
    stoppable = {kind.slug: kind.can_be_stopped for kind in kinds.every()}
    assert stoppable["congregation.waiting"]
    assert not stoppable["congregation.released"]


def test_the_news_is_built_from_what_is_so_now() -> None:
    steward, member = make_person(), make_person("Mere")
    congregation = make_congregation(by=steward)
    take_seat(circle=congregation, person=member)
    services.make_steward(congregation=congregation, person=member, by=steward)
    made = Notice.objects.get(kind="congregation.made_steward")
    assert "You are a steward of Estuary now" in built(made)
    services.release_steward(congregation=congregation, person=member, by=steward)
    assert isinstance(mail.made_steward(made), Dropped)
    assert "Your seat stays yours" in built(
        Notice.objects.get(kind="congregation.released_steward")
    )
    services.release_member(congregation=congregation, person=member, by=steward)
    released = Notice.objects.get(kind="congregation.released")
    assert "has come to its end" in built(released)
    take_seat(circle=congregation, person=member)
    assert isinstance(mail.released(released), Dropped)

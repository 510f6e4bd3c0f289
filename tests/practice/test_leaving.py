"""What becomes of meetings when somebody leaves, or when the circle ends."""

import pytest

from circles.errors import CircleClosed
from circles.services import close, leave
from practice import services
from practice.models import Answer
from tests.congregation.pages import signed_in, text
from tests.practice.tables import SOON, WEEK, make_table, meet, page, people_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_whoever_leaves_neither_comes_nor_hosts() -> None:
    sessions = meet(make_table())
    inês, tomasz, _mere = people_of(sessions[0].circle)
    hosted = [session for session in sessions if session.host == tomasz]
    assert hosted
    services.answer(session=sessions[0], by=tomasz, choice="yes", following=True)
    leave(circle=sessions[0].circle, by=tomasz)
    assert not Answer.objects.filter(person=tomasz).exists()
    for session in hosted:
        session.refresh_from_db()
        assert session.host != tomasz
    assert Answer.objects.filter(person=inês).count() == 3


def test_in_a_circle_that_has_ended_nothing_can_be_changed() -> None:
    sessions = meet(make_table())
    inês = people_of(sessions[0].circle)[0]
    close(circle=sessions[0].circle, by=inês)
    sessions[0].refresh_from_db()
    with pytest.raises(CircleClosed):
        services.answer(session=sessions[0], by=inês, choice="no")
    with pytest.raises(CircleClosed):
        services.move(session=sessions[0], by=inês, starts_at=SOON + WEEK / 2, minutes=60)
    said = text(signed_in(inês).get(page("session", sessions[0])))
    assert "I’ll be there" not in said
    assert "Move it" not in said

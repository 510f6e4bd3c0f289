"""Seats kept for somebody wait on Today."""

import pytest
from django.urls import reverse

from circles import errors
from circles.services import accept_invitation, close, decline_invitation, invite
from circles.waiting import invitations
from crews.models import Crew
from people.models import Person
from people.services import settle
from tests.congregation.pages import signed_in, text
from tests.crews.tables import make_crew
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def caller(crew: Crew) -> Person:
    assert crew.caller is not None
    return crew.caller


@pytest.fixture
def crew() -> Crew:
    return make_crew(by=make_person("Wanjiru 🌱 Kamau"), people=1)


def test_a_kept_seat_waits_on_today_until_it_is_answered(crew: Crew) -> None:
    friend = make_person(email="friend@example.org")
    assert list(invitations(friend)) == []
    by_mail = invite(circle=crew, by=caller(crew), email="Friend@example.org", message="Come!")
    (shown,) = invitations(friend)
    assert (shown.scale, shown.said, shown.url) == ("crew", "Come!", by_mail.get_absolute_url())
    settle(person=friend)
    words = text(signed_in(friend).get(reverse("home:today")))
    assert "Wanjiru 🌱 Kamau keeps a seat for you at Slow Kettle 🫖" in words
    decline_invitation(invitation=by_mail, by=friend)
    assert list(invitations(friend)) == []


def test_nothing_waits_from_a_circle_that_has_ended(crew: Crew) -> None:
    friend = make_person()
    invitation = invite(circle=crew, by=caller(crew), person=friend)
    assert len(list(invitations(friend))) == 1
    close(circle=crew, by=caller(crew))
    assert list(invitations(friend)) == []
    with pytest.raises(errors.CircleClosed):
        accept_invitation(invitation=invitation, by=friend)

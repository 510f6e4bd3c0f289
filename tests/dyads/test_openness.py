"""How many dyads somebody wants is theirs to say, and binds others only."""

import pytest
from django.urls import reverse

from circles.services import accept_invitation, leave, take_seat
from dyads import services
from dyads.errors import NotLooking
from dyads.models import Openness
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.dyads.asking import USUAL, ask, become, make_two
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PAGE = reverse("dyads:openness")


def test_saying_how_many_on_the_page() -> None:
    me = make_person()
    client = signed_in(me)
    assert PAGE in text(client.get(reverse("dyads:index")))
    assert '<option value="3" selected>' in text(client.get(PAGE))
    assert "Kept." in text(client.post(PAGE, {"most": "0"}, follow=True))
    assert '<option value="0" selected>' in text(client.get(PAGE))
    assert Openness.objects.get(person=me).most == 0
    for wrong in ("7", "-1", "", "many"):
        assert client.post(PAGE, {"most": wrong}).status_code == 422
    assert Openness.objects.get(person=me).most == 0


def test_somebody_who_has_as_many_as_they_want_is_not_asked() -> None:
    estuary, one, other = make_two()
    third = make_person("Third")
    take_seat(circle=estuary, person=third)
    services.say_how_many(by=other, most=1)
    waiting = ask(third, other, estuary)
    become(one, other, estuary)
    fourth = make_person()
    take_seat(circle=estuary, person=fourth)
    with pytest.raises(NotLooking):
        ask(fourth, other, estuary)
    url = reverse("dyads:invite", args=[estuary.pk, other.pk])
    for response in (signed_in(fourth).get(url), signed_in(fourth).post(url, USUAL)):
        page = text(response)
        assert "Mere does not look for another dyad at the moment." in page
        assert reverse("crews:seats") in page
    # What waits they may accept, and ask whom they like.
    accept_invitation(invitation=waiting, by=other)
    ask(other, fourth, estuary)
    assert services.with_enough([other.pk, fourth.pk]) == {other.pk}


def test_an_ended_dyad_makes_room_again() -> None:
    estuary, one, other = make_two()
    services.say_how_many(by=other, most=1)
    dyad = become(one, other, estuary)
    assert services.with_enough([one.pk, other.pk]) == {other.pk}
    leave(circle=dyad, by=one)
    assert services.with_enough([one.pk, other.pk]) == set()


def test_an_invitation_by_mail_does_not_tell_whether_there_is_room() -> None:
    _, one, other = make_two()
    services.say_how_many(by=other, most=0)
    services.begin(by=one, email=other.email)
    assert list(Person.objects.filter(openness__most=0)) == [other]

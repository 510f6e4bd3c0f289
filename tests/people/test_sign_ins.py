"""Where somebody was signed in is not kept longer than they are."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from people.tasks import forget_sign_ins
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str) -> str:
    client.post("/account/login/", {"login": email, "password": "a long enough one"})
    key = client.session.session_key
    assert key is not None
    return key


def test_what_is_kept_of_a_sign_in_goes_the_night_after_its_end() -> None:
    person = make_person(email="ana@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    ended, open_still = (sign_in(Client(), person.email) for _ in range(2))
    assert UserSession.objects.filter(user=person).count() == 2
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.filter(session_key=ended).update(expire_date=yesterday)
    forget_sign_ins()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [open_still]
    assert not Session.objects.filter(session_key=ended).exists()

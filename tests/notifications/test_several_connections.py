"""One worker process that sends over several connections, on PostgreSQL."""

from typing import Any

import pytest
from django.db import connection

from notifications import services
from notifications.models import Notice
from people.models import Person
from tests.services import post

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_much_mail_goes_over_several_connections_and_each_mail_once(settings: Any) -> None:
    assert connection.vendor == "postgresql", "run with DATABASE_URL=postgres://…"
    people = Person.objects.bulk_create(
        Person(email=f"{number}@example.org", name="Inês") for number in range(180)
    )
    services.owe(kind="account", key="none", address="first@example.org")
    Notice.objects.bulk_create(
        Notice(kind="account", key="one", person=one, payload={"template": "password_set"})
        for one in people
    )
    with post() as box:
        options = {"host": "127.0.0.1", "port": box.port, "timeout": 5}
        backend = "notifications.mime.SmtpBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        assert services.send_due(seconds=60, connections=3) == 180
    assert sorted(mail.to for mail in box.mails) == sorted(one.email for one in people)
    assert box.connections == 3
    assert not Notice.objects.owed().exists()

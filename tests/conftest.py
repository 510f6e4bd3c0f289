"""What tests of every part share."""

import gc
import os
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.http import HttpRequest
from hypothesis import HealthCheck, settings

from tests.serving import SHARED

# A machine that does much else at the same time is slow, not wrong.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def as_if_by_password(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Whom a test lets in by `force_login` has just shown who they are, as by a password."""
    if not get_authentication_records(request, user):
        record_authentication(request, user, "password")


user_logged_in.connect(as_if_by_password)


def pytest_configure(config: pytest.Config) -> None:
    """What is made once in a run lies where all its processes find it."""
    if not hasattr(config, "workerinput"):
        shared = TemporaryDirectory(prefix="common-table-shared-")
        os.environ[SHARED] = shared.name
        config.add_cleanup(shared.cleanup)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that may use the database may use the key store, too."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        uses = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if marker is not None or uses:
            wanted = {"databases": ["default", "keys"], **(marker.kwargs if marker else {})}
            item.add_marker(pytest.mark.django_db(**wanted), append=False)


@pytest.fixture
def on_postgresql(transactional_db: None) -> None:
    """Two who press at once are two threads: a test of them needs a database that has both."""
    assert connection.vendor == "postgresql", "run with DATABASE_URL=postgres://…"


def pytest_collection_finish() -> None:
    """What was imported stays until the end: looking it through for rubbish takes a twentieth of
    the suite's time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)

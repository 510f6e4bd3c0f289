"""What tests of every part share."""

import pytest
from django.db import connection


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

"""What tests of every part share."""

import pytest
from django.db import connection


@pytest.fixture
def on_postgresql(transactional_db: None) -> None:
    """Two who press at once are two threads: a test of them needs a database that has both."""
    assert connection.vendor == "postgresql", "run with DATABASE_URL=postgres://…"

"""The clock of these tests stands still until it is moved."""

from collections.abc import Iterator

import pytest
import time_machine
from hypothesis import settings

from tests.practice.tables import NOW

# A machine that does much else at the same time is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller

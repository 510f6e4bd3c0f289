"""The clock of these tests stands still until it is moved."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.practice.tables import NOW


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller

"""A world that the tests of a module share: made once, as it was for each of them."""

import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.db import connection, transaction


def once[T](
    make: Callable[[], T], at: Callable[[], AbstractContextManager[Any]] = nullcontext
) -> tuple[Any, Any]:
    """Two fixtures: one makes the world when the first test of a module asks for it, the other
    gives each test a copy of what was returned.

    What a test writes is rolled back to this world, and the world itself after the module. The
    rows are there for every later test of the module, so all of them should ask for it; `at` is
    the moment at which it is made.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[T]:
        with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keys"):
            with at():
                world = make()
            # A worker was asked for then; each test begins as if nobody had been.
            connection.run_on_commit = []
            yield world
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")

    @pytest.fixture
    def world(made: T, db: None) -> T:
        return copy.deepcopy(made)

    return made, world

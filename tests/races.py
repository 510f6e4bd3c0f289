"""Several people press at the very same moment. Only PostgreSQL can show what happens then.

pytestmark = RACES
met = at_once(lambda: …, lambda: …)
"""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from circles.models import Circle
from people.models import Person

Wish = Callable[[], object]
RACES = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("on_postgresql"),
]


def at_once(*wishes: Wish) -> list[type[Exception] | None]:
    """What each wish met, when all are made at the same moment: None for "done"."""
    start = Barrier(len(wishes), timeout=20)
    met: list[type[Exception] | None] = [RuntimeError] * len(wishes)

    def press(number: int, wish: Wish) -> None:
        try:
            connections["default"].ensure_connection()
            start.wait()
            wish()
            met[number] = None
        except Exception as error:
            met[number] = type(error)
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=pair) for pair in enumerate(wishes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return met


def sitting(circle: Circle) -> list[Person]:
    return [seat.person for seat in circle.memberships.present().at_table()]

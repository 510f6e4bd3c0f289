"""What services of dyads share."""

import logging
from collections.abc import Callable
from datetime import datetime

from circles.errors import CircleError
from circles.models import Circle, Membership

logger = logging.getLogger(__name__)


def seats_of(dyad: Circle) -> list[Membership]:
    """The seats that are taken, with the people."""
    return list(Membership.objects.present().filter(circle=dyad.pk).at_table())


def each[One](do: Callable[[One, datetime], object], one: One, now: datetime) -> bool:
    """Do it; one that cannot be done must not hold up the others."""
    try:
        return bool(do(one, now))
    except CircleError:
        return False
    except Exception:
        logger.exception("%s: %s could not be done", getattr(do, "__name__", do), one)
        return False

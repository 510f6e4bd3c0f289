"""What the clock brings: asking a worker for a job, and doing one after another."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

from circles.errors import CircleError

logger = logging.getLogger(__name__)


def ask_a_worker(task: "Task[Any, Any]", *ids: int) -> None:
    """Ask for a job. If no broker answers, the next tick of the clock finds what is to be done."""
    try:
        task.apply_async(ids, retry=False)
    except (OperationalError, OSError):
        logger.warning("The broker did not answer; the next tick takes it up.")


def each[One](do: Callable[[One, datetime], object], one: One, now: datetime) -> bool:
    """Do it; one that cannot be done must not hold up the others."""
    try:
        return bool(do(one, now))
    except CircleError:
        return False
    except Exception:
        logger.exception("%s: %s could not be done", getattr(do, "__name__", do), one)
        return False

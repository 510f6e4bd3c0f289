"""Celery's side: ticks and nothing else."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from notifications import services

# A loop ends before the next tick starts others, so that loops never pile up.
LOOP_SHARE = 0.8


@shared_task
def tick() -> None:
    """Each minute: write down what is due by the clock, then start the senders."""
    services.queue_due_notices(timezone.now())
    for _ in range(settings.NOTICE_SENDERS):
        send_due_notices.apply_async(expires=settings.NOTICE_TICK_SECONDS)


@shared_task
def send_due_notices() -> None:
    """Send what is due, for most of a tick."""
    services.send_due(
        seconds=settings.NOTICE_TICK_SECONDS * LOOP_SHARE, connections=settings.NOTICE_CONNECTIONS
    )


@shared_task
def forget_old() -> None:
    """Each night: tidy the ledger."""
    services.forget_old(timezone.now())

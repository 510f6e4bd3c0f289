"""Celery's side of meetings: the clock strikes, a service does it."""

from celery import shared_task
from django.utils import timezone

from practice import services


@shared_task
def extend_rhythms() -> None:
    """Each night: the meetings of rhythms without an end, some weeks ahead; old news go."""
    services.extend_rhythms(timezone.now())
    services.forget_old_news(timezone.now())

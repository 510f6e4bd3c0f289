"""Celery's side of dyads: ids or the time in, a service does it."""

from celery import shared_task
from django.utils import timezone

from dyads import services


@shared_task
def pair_round(round: int) -> None:
    """Pair the people of a round."""
    services.draw(round)


@shared_task
def publish_round(round: int) -> None:
    """Publish the pairs of a round, if that still is to be done."""
    services.publish_by_job(round)


@shared_task
def keep_pairing() -> None:
    """Each minute: rounds are paired when their day has come, and publish themselves."""
    now = timezone.now()
    services.pair_where_due(now)
    services.publish_where_due(now)


@shared_task
def tend_introductions() -> None:
    """Each hour: pairs without a time hear once more; questions to be three end with their day."""
    now = timezone.now()
    services.nudge_where_due(now)
    services.end_trios_where_due(now)


@shared_task
def open_rounds() -> None:
    """Every few minutes: rounds of pairing open some days before their pairing."""
    services.open_where_due(timezone.now())


@shared_task
def keep_look_backs() -> None:
    """Every few minutes: runs that are over are asked about, and good ends come to their end."""
    now = timezone.now()
    services.ask_where_due(now)
    services.close_where_due(now)


@shared_task
def keep_mirrors() -> None:
    """Each hour: mirrors are asked for by the rhythm of the two, and old ones are put away."""
    now = timezone.now()
    services.put_old_away(now)
    services.ask_by_rhythm(now)

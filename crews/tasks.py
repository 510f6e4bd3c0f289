"""Celery's side of crews: ids in, a service does it."""

from celery import shared_task
from django.utils import timezone

from crews import services


@shared_task
def draw_tables(drawing: int) -> None:
    """Propose crews for a round."""
    services.draw(drawing)


@shared_task
def take_up_silent() -> None:
    """Each minute: what no worker took, or whose worker died."""
    services.take_up_silent(timezone.now())


@shared_task
def tend_rounds() -> None:
    """Each minute: rounds whose day to answer has come are counted, mended, and ended."""
    services.tend_rounds(timezone.now())


@shared_task
def offer_seats() -> None:
    """Each hour: open seats are offered to those who came late."""
    services.offer_seats(timezone.now())


@shared_task
def ask_the_quiet() -> None:
    """Each hour: crews that have gone quiet are asked how they are."""
    services.ask_the_quiet(timezone.now())


@shared_task
def keep_cycles() -> None:
    """Every few minutes: cycles begin, are asked about, and open when their date has come."""
    now = timezone.now()
    services.open_where_due(now)
    services.carry_on(now)
    services.begin_cycles(now)
    services.ask_where_due(now)

"""How one may be: a handful of plain words, none better than another, each with a shape."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

FEELINGS = [
    ("light", _("Light")),
    ("steady", _("Steady")),
    ("warm", _("Warm")),
    ("tired", _("Tired")),
    ("tense", _("Tense")),
    ("heavy", _("Heavy")),
    ("raw", _("Raw")),
    ("numb", _("Numb")),
    ("mixed", _("Mixed")),
]


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def by_week(days: Iterable[tuple[date, str]]) -> list[tuple[date, list[str]]]:
    """Weeks in which something was felt, the latest first, each in the order it was felt.

    Days and weeks without a word leave no gap: nothing here is missed.
    """
    weeks: dict[date, list[str]] = {}
    for day, how in sorted(days, key=lambda one: one[0]):
        weeks.setdefault(monday_of(day), []).append(how)
    return sorted(weeks.items(), reverse=True)

"""The hours of a week that suit a person: pure sets of whole local hours.

An hour of the week is a number from 0 (Monday, 00:00) to 167 (Sunday, 23:00), in the
person's own wall time, so that it means the same evening before and after a change of clocks.
"""

from collections.abc import Iterable
from itertools import groupby

from django.utils.dates import WEEKDAYS_ABBR

HOURS_IN_WEEK = 168
# What the grid shows: the hours in which people meet. Outside them almost nobody would.
FIRST_HOUR, LAST_HOUR = 6, 22


def hour_of_week(weekday: int, hour: int) -> int:
    """Monday is 0."""
    return weekday * 24 + hour


def cleaned(hours: Iterable[int]) -> list[int]:
    """Sorted, without doubles; raises ValueError when one lies outside the week."""
    unique = sorted(set(hours))
    if any(not 0 <= hour < HOURS_IN_WEEK for hour in unique):
        raise ValueError("an hour of the week lies between 0 and 167")
    return unique


def stretches(hours: Iterable[int]) -> list[tuple[int, int, int]]:
    """Unbroken runs within one day: (weekday, first hour, hour after the last)."""
    unique = cleaned(hours)
    runs: list[tuple[int, int, int]] = []
    for _, group in groupby(enumerate(unique), key=lambda pair: (pair[1] // 24, pair[1] - pair[0])):
        run = [hour for _, hour in group]
        runs.append((run[0] // 24, run[0] % 24, run[-1] % 24 + 1))
    return runs


def in_words(hours: Iterable[int]) -> str:
    """ "Mon 18:00–21:00, Sat 9:00–12:00", in the reader's language; "" for none."""
    return ", ".join(
        f"{WEEKDAYS_ABBR[day]} {first}:00–{after}:00" for day, first, after in stretches(hours)
    )

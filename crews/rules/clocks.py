"""The hours that a call has in mind, by anybody's clock. Pure.

An hour of the week is wall time of one zone (`people.week`). Told elsewhere it is laid onto a
week that is to come, so a change of clocks is heeded, and may begin at a quarter past.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby

from people.wall_clock import moment
from people.week import stretches
from practice.rules.shared_hours import Member, free

QUARTERS_IN_HOUR, QUARTERS_IN_WEEK = 4, 7 * 24 * 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of the week (Monday is 0) with the same hours: "Mon, Wed 18:00–21:00"."""

    days: tuple[int, ...]
    first: time
    after: time


def told(hours: Collection[int], zone: tzinfo, reader: tzinfo, monday: date) -> list[Stretch]:
    """The hours by the reader's clock, in the week of `monday`; equal ones of several days
    together, in the order of the days."""
    runs = []
    for day, first, after in stretches(hours):
        instant = moment(monday + timedelta(days=day), time(first), zone)
        begins = instant.astimezone(reader)
        ends = (instant + timedelta(hours=after - first)).astimezone(reader)
        runs.append((begins.weekday(), begins.time(), ends.time()))
    runs.sort(key=lambda run: run[1:])
    together = [
        Stretch(tuple(sorted(run[0] for run in same)), *span)
        for span, same in groupby(runs, key=lambda run: run[1:])
    ]
    return sorted(together, key=lambda stretch: (stretch.days, stretch.first))


def in_common(tables: Sequence[Member], reader: Member, begins: datetime) -> dict[int, int]:
    """For each table (its id and hours as a member's) how many of its hours suit the reader."""
    masks = free([*tables, reader], begins, QUARTERS_IN_WEEK)
    own = masks[reader.person]
    return {
        table.person: (masks[table.person] & own).bit_count() // QUARTERS_IN_HOUR
        for table in tables
    }

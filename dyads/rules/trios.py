"""Where somebody who was left over could be the third."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dyads.rules.times import possible
from practice.rules.shared_hours import Member

# The two answer until then.
ANSWERED_WITHIN = timedelta(days=3)
# Later the pairs have found their own hours, and the next round is near.
ASKED_WITHIN = timedelta(days=14)


def most_hours_first(
    alone: Member,
    pairs: Mapping[int, Sequence[Member]],
    *,
    after: datetime,
    minutes: int,
) -> list[int]:
    """The pairs (by id) with whom somebody shares an hour in the next two weeks.

    First the one with whom they share most; of equal ones the lower id.
    """
    everybody = [alone, *(one for pair in pairs.values() for one in pair)]
    free = possible(everybody, after=after, minutes=minutes)
    shared = {}
    for number, pair in pairs.items():
        mask = free[alone.person]
        for one in pair:
            mask &= free[one.person]
        shared[number] = mask.bit_count()
    fitting = [number for number, hours in shared.items() if hours]
    return sorted(fitting, key=lambda number: (-shared[number], number))

"""The clock of a round: how long hands go up, and when those who are silent are asked once."""

from datetime import datetime, timedelta

from congregation.rules.rounds import LEAST_OPEN

# Two hands make no crew.
FEWEST_HANDS = 3
USUAL_OPEN = timedelta(days=14)
ASKED_BEFORE = timedelta(days=2)
# A gathering that lies further back is not fresh enough to form crews out of it.
FRESH = timedelta(days=30)
# Those who were at a gathering hear of its round so long before everybody else.
HEAD_START = timedelta(hours=2)
# A date that moves by less is a correction that nobody needs a mail about.
WORTH_TELLING = timedelta(days=1)


def asked_at(opened_at: datetime, closes_at: datetime) -> datetime:
    """When those who have not answered are asked once: two days before the closing, and never
    in the first half of the time, so that nobody is asked right after they were told."""
    return max(closes_at - ASKED_BEFORE, opened_at + (closes_at - opened_at) / 2)


def opens_until(closes_at: datetime, asked: datetime, opens: datetime) -> datetime:
    """Until when hands go up in a round that was asked for and opens now: as asked, unless the
    stewards took so long that less than a day is left; then for as many days as was asked."""
    if closes_at - opens >= LEAST_OPEN:
        return closes_at
    return opens + max(closes_at - asked, LEAST_OPEN)

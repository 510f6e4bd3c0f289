"""Until when people answer a proposal, and when they are reminded. Pure: `now` is passed in."""

from datetime import datetime, timedelta

REMINDED_BEFORE = timedelta(days=2)
LEAST_DAYS_TO_MEND = 2


def second_date(now: datetime, days_to_answer: int) -> datetime:
    """Until when a second proposal is answered: half as long as the first, at least two days."""
    return now + timedelta(days=max(LEAST_DAYS_TO_MEND, days_to_answer // 2))


def reminded_at(told_at: datetime, answers_due: datetime) -> datetime:
    """When those who have not answered are reminded: two days before the date.

    Where there are hardly two days in all, it is half-way, so that nobody is reminded of what
    they have just been told.
    """
    return answers_due - min(REMINDED_BEFORE, (answers_due - told_at) / 2)

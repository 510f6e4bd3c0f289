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


def coming(moment: datetime, now: datetime) -> datetime:
    """The same hour of the week in the first week in which it is at least a day away."""
    weeks = -((moment - now - timedelta(days=1)) // timedelta(weeks=1))
    return moment + max(0, weeks) * timedelta(weeks=1)

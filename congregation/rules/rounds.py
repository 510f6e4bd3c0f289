"""What holds for every round of a congregation, of crews or of dyads."""

from datetime import datetime, timedelta

# How long people hear of it before it closes.
LEAST_OPEN, MOST_OPEN = timedelta(days=1), timedelta(days=90)
USUAL_HOUR = 20
# For so long what was called off can go on after all; mails about it wait for a second thought.
SECOND_THOUGHTS, TOLD_AFTER = timedelta(days=1), timedelta(minutes=3)


def goes_on_until(planned: datetime, ended: datetime, now: datetime) -> datetime:
    """When something happens in a round that goes on after it was called off: as planned; what
    would have happened meanwhile, in a day, so that everybody has time again."""
    return now + LEAST_OPEN if ended < planned <= now else planned

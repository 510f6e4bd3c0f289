"""What holds for every round of a congregation, of crews or of dyads."""

from datetime import timedelta

# How long people hear of it before it closes.
LEAST_OPEN, MOST_OPEN = timedelta(days=1), timedelta(days=90)
USUAL_HOUR = 20

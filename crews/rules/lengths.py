"""How long a crew's cycle is. Source: the handbook; five to ten meetings, six are common."""

LEAST_MEETINGS, USUAL_MEETINGS, MOST_MEETINGS = 5, 6, 10

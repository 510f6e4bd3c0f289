"""How often, how long and how many times two people meet. The usual is a good default."""

# Source: the handbook's dyads: weekly or fortnightly, forty-five minutes, six meetings.
LEAST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 1, 2, 4
LEAST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 20, 45, 120
LEAST_MEETINGS, USUAL_MEETINGS, MOST_MEETINGS = 1, 6, 24
# How many dyads somebody has at a time, unless they say otherwise.
USUAL_DYADS, MOST_DYADS = 3, 6

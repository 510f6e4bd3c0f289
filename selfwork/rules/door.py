"""When the door to the private place is open."""

EACH_TIME = 0
# Whoever is asked each time is asked again after this many minutes without doing anything there.
LONGEST_PAUSE = 5


def is_open(
    *, asks_after: int | None, used_at: float, looked_at: float, knocked_at: float, now: float
) -> bool:
    """Whether one may come in without a second look. All moments in seconds, 0 for never.

    `asks_after`: minutes without doing anything here; None never asks, 0 whenever one comes in
    anew. `used_at`: when a page here was last opened, until one left. `looked_at`: the last time
    somebody showed who they are (each time: anew, after the door had asked at `knocked_at`).
    """
    if asks_after is None:
        return True
    if asks_after == EACH_TIME:
        has_shown = 0 < knocked_at <= looked_at
        return (has_shown or used_at > 0) and now - max(used_at, looked_at) < LONGEST_PAUSE * 60
    return now - max(used_at, looked_at) < asks_after * 60

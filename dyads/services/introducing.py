"""Two who were paired are told of each other."""

from collections.abc import Sequence
from datetime import datetime

from dyads.models import Dyad, Introduction, PairingRound


def introduce(*, dyad: Dyad, round: PairingRound, moments: Sequence[datetime]) -> Introduction:
    """Introduce the two of a dyad, with times (UTC) that suit both."""
    return Introduction.objects.create(
        dyad=dyad, round=round, times=[moment.isoformat() for moment in moments]
    )

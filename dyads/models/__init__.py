"""Data of dyads, by noun."""

from dyads.models.dyad import Consent, Dyad, Openness, pair_of
from dyads.models.ending import LookBack, LookBackAnswer
from dyads.models.introduction import DidMeet, Introduction, Trio, TrioYes
from dyads.models.mirror import Mirror, MirrorAnswer, NotNow
from dyads.models.round import (
    PairingRhythm,
    PairingRound,
    Place,
    ProposedPair,
    TakingPart,
)

__all__ = [
    "Consent",
    "DidMeet",
    "Dyad",
    "Introduction",
    "LookBack",
    "LookBackAnswer",
    "Mirror",
    "MirrorAnswer",
    "NotNow",
    "Openness",
    "PairingRhythm",
    "PairingRound",
    "Place",
    "ProposedPair",
    "TakingPart",
    "Trio",
    "TrioYes",
    "pair_of",
]

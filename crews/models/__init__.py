"""Data of crews, by noun."""

from crews.models.call import Go
from crews.models.crew import Crew
from crews.models.offer import SeatOffer
from crews.models.proposal import Drawing, ProposedCrew, ProposedSeat
from crews.models.round import FormingRound, Participant

__all__ = [
    "Crew",
    "Drawing",
    "FormingRound",
    "Go",
    "Participant",
    "ProposedCrew",
    "ProposedSeat",
    "SeatOffer",
]

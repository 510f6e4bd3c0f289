"""Data of crews, by noun."""

from crews.models.agreements import Acceptance, Agreements, Reopening
from crews.models.call import Go
from crews.models.crew import Crew
from crews.models.cycle import Cycle, CycleAnswer, Parting
from crews.models.learned import Learned
from crews.models.offer import SeatOffer
from crews.models.proposal import Drawing, ProposedCrew, ProposedSeat
from crews.models.quiet import QuietQuestion
from crews.models.round import FormingRound, Participant
from crews.models.split import Split, SplitPlace

__all__ = [
    "Acceptance",
    "Agreements",
    "Crew",
    "Cycle",
    "CycleAnswer",
    "Drawing",
    "FormingRound",
    "Go",
    "Learned",
    "Participant",
    "Parting",
    "ProposedCrew",
    "ProposedSeat",
    "QuietQuestion",
    "Reopening",
    "SeatOffer",
    "Split",
    "SplitPlace",
]

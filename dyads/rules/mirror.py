"""The partnership mirror: what is asked, and the words of the spectrum. Pure.

Four questions about *this* relationship, each on a spectrum from domination to partnership.
The steps are told apart by words only: nothing is added up.
"""

from enum import StrEnum


class Question(StrEnum):
    """What each looks at, alone."""

    DECISIONS = "decisions"
    CARE = "care"
    DISAGREEING = "disagreeing"
    NEEDS = "needs"


# From one end of the spectrum to the other.
STEPS = (1, 2, 3, 4, 5)
LONGEST_TRY = 300

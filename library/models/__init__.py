"""Data of the library, by noun."""

from library.models.draft import Draft
from library.models.edition import Edition
from library.models.learning import Learning
from library.models.practice import Practice, Step, circles_that_held, homes_of
from library.models.programme import Programme, ProgrammePart

__all__ = [
    "Draft",
    "Edition",
    "Learning",
    "Practice",
    "Programme",
    "ProgrammePart",
    "Step",
    "circles_that_held",
    "homes_of",
]

"""Data of the library, by noun."""

from library.models.draft import Draft
from library.models.edition import Edition
from library.models.practice import Practice, Step, homes_of
from library.models.programme import Programme, ProgrammePart

__all__ = ["Draft", "Edition", "Practice", "Programme", "ProgrammePart", "Step", "homes_of"]

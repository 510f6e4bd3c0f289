"""Data of the library, by noun."""

from library.models.practice import Practice, Step
from library.models.programme import Programme, ProgrammePart

__all__ = ["Practice", "Programme", "ProgrammePart", "Step"]

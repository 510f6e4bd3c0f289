"""Data of the library, by noun."""

from library.models.practice import Practice, Step

__all__ = ["Practice", "Step"]

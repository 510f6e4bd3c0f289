"""Every write that is a dyad's own, by noun."""

from dyads.services.agreeing import change
from dyads.services.beginning import begin, keep_pair

__all__ = ["begin", "change", "keep_pair"]

"""Every write that is a crew's own, by noun."""

from crews.services.calls import call
from crews.services.tables import agree, change

__all__ = ["agree", "call", "change"]

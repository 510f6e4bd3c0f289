"""Data of congregations, by noun."""

from congregation.models.congregation import (
    FEWEST,
    MOST,
    Congregation,
    CongregationQuerySet,
    ItsCrew,
    check_bounds,
)
from congregation.models.help import Glad, HelpPart, HelpRequest, HelpRequestQuerySet

__all__ = [
    "FEWEST",
    "MOST",
    "Congregation",
    "CongregationQuerySet",
    "Glad",
    "HelpPart",
    "HelpRequest",
    "HelpRequestQuerySet",
    "ItsCrew",
    "check_bounds",
]

"""Data of congregations, by noun."""

from congregation.models.congregation import (
    FEWEST,
    MOST,
    Congregation,
    CongregationQuerySet,
    ItsCrew,
    check_bounds,
)

__all__ = ["FEWEST", "MOST", "Congregation", "CongregationQuerySet", "ItsCrew", "check_bounds"]

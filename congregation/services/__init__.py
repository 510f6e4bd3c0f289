"""Every write about a congregation."""

from congregation.services.congregation import (
    change,
    found,
    make_steward,
    may_steward,
    release_member,
    release_steward,
)

__all__ = [
    "change",
    "found",
    "make_steward",
    "may_steward",
    "release_member",
    "release_steward",
]

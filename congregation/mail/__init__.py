"""The mails of a congregation, each built from the state at the moment it goes."""

from congregation.mail import stewards


def register() -> None:
    """Make the kinds known, with their clocks."""
    stewards.register()

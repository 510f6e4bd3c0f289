"""The mails of dyads, each built from the state at the moment it goes."""


def register() -> None:
    """Make the kinds known, with their clocks."""

"""The mails of dyads, each built from the state at the moment it goes."""

from dyads.mail import ending, introductions, mirror, published, rounds, trios


def register() -> None:
    """Make the kinds known, with their clocks."""
    introductions.register()
    trios.register()
    rounds.register()
    ending.register()
    mirror.register()
    published.register()

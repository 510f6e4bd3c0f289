"""The mails of crews, each built from the state at the moment it goes."""

from crews.mail import agreements, answers, calls, cycles, proposals, quiet, rounds, seats, splits


def register() -> None:
    """Make the kinds known, with their clocks."""
    rounds.register()
    agreements.register()
    answers.register()
    seats.register()
    cycles.register()
    proposals.register()
    calls.register()
    splits.register()
    quiet.register()

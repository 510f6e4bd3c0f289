"""Whose turn it is: pure functions. A host is a turn, not a rank."""

from collections.abc import Sequence


def turn[Person](people: Sequence[Person], *, number: int, after: Person | None = None) -> Person:
    """Who hosts the meeting `number` (1, 2, …) when hosting goes round the table.

    `people` sit in the order of their seats; the round goes on behind `after`, who hosted
    last. Raises ValueError for an empty table.
    """
    if not people:
        raise ValueError("nobody sits at this table")
    start = people.index(after) + 1 if after in people else 0
    return people[(start + number - 1) % len(people)]

"""Blanks at a table: whom a move by hand meets as if they had refused (`circles.blanks`).

Drawing never sees blanks, so nobody loses a seat by one; whom a drawing put at one table are no
blank, so that what was moved can be moved back.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from circles.blanks import is_blank
from crews.rules.points import Seeker


def with_blanks(
    person: Seeker, others: Iterable[int], key: bytes, together: Collection[frozenset[int]]
) -> Seeker:
    """Somebody who is to be moved, as if they also refused their blanks among the others.

    `together` are pairs that a drawing put at one table.
    """
    blanks = {
        other
        for other in others
        if other != person.id
        and frozenset((person.id, other)) not in together
        and is_blank(person.id, other, key)
    }
    return replace(person, not_with=person.not_with | blanks)

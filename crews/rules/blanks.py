"""Blanks: pairs of whom nothing is the matter, and whom a move by hand meets as if there were.

A steward sees that somebody could sit at a table by the hours, tries to move them there, and is
told that it does not fit. That would say: one of them has refused another. So a share of all
pairs does not fit either, drawn by lot and kept for the whole round; whoever is told "does not
fit" cannot know which of the two it is. (The idea is randomized response: S. L. Warner, 1965.)

Drawing never sees blanks, so nobody loses a seat by one; whom a drawing put at one table are no
blank, so that what was moved can be moved back.
"""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import replace

from crews.rules.points import Seeker

# Of so many pairs one is a blank: a table of four then turns down about one fitting move in eight.
ONE_IN = 30


def is_blank(one: int, other: int, key: bytes) -> bool:
    """Whether the lot of a secret key fell on this pair; the same for both, and each time."""
    pair = f"{min(one, other)} {max(one, other)}".encode()
    return int.from_bytes(hmac.digest(key, pair, "sha256")[:8]) % ONE_IN == 0


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

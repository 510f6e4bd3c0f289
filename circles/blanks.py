"""A lot that is drawn over pairs of people, so that a refusal cannot be told from it.

A steward sees that two could be put together by the hours, tries to, and is told that it does
not fit. That would say: one of them has refused the other. So a share of all pairs does not fit
either, drawn by lot and kept for a whole round; whoever is told "does not fit" cannot know which
of the two it is. (The idea is randomized response: S. L. Warner, 1965.)
"""

import hmac

# Of so many pairs one is a blank: a table of four then turns down about one fitting move in eight.
ONE_IN = 30
# So many proposals a round has for the same people, then the first comes again: over many more
# it would show who never comes together.
PROPOSALS = 3


def next_seed(seed: int) -> int:
    """The seed of the proposal that follows."""
    return seed % PROPOSALS + 1


def is_blank(one: int, other: int, key: bytes) -> bool:
    """Whether the lot of a secret key fell on this pair; the same for both, and each time."""
    pair = f"{min(one, other)} {max(one, other)}".encode()
    return int.from_bytes(hmac.digest(key, pair, "sha256")[:8]) % ONE_IN == 0

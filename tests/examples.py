"""How many examples a test of any order tries.

A few good ones whenever the tests run; ten times as many with THOROUGH=on, as `.ci/run` does it
for those tests alone.
"""

import os

TIMES = 10 if os.environ.get("THOROUGH") == "on" else 1


def some(count: int) -> int:
    """`count` examples, or many."""
    return count * TIMES

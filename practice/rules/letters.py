"""Roles that are only letters ("A speaks, B says back"): pure. Once it is known who is who, names
read better."""

import re
from collections.abc import Mapping

# A letter that is also a word: at the beginning of a sentence it may be just that.
WORDS = {"A", "I", "O"}
_ALONE = re.compile(r"(?<!\w)[A-Z](?!\w)")
_BEGINS = re.compile(r"(?:^|[.!?:…]\W+|[“(]\W*)$")


def is_letter(role: str) -> bool:
    """Whether a role is called by a letter alone."""
    return len(role) == 1 and role.isupper()


def with_names(text: str, names: Mapping[str, str], *, whose: str = "") -> str:
    """The text with the name instead of each letter in `names`; `whose` is the role whose turn it
    tells of, and so the one that "A" may mean where a sentence begins with it."""

    def name(found: re.Match[str]) -> str:
        letter = found[0]
        if letter in WORDS and letter != whose and _BEGINS.search(text[: found.start()]):
            return letter
        return names.get(letter, letter)

    return _ALONE.sub(name, text) if names else text

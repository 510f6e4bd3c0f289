"""What people would like to do or talk about at a table: plain topics, and words of their own.

An interest is kept as a short English word (a topic of ours) or as its own words in one spelling,
so that "Slow  Bread" and "slow bread" are the same.
"""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

MOST_OWN = 3
LONGEST = 40

TOPICS: dict[str, str | Promise] = {
    "listening": _("listening well"),
    "speaking up": _("speaking up"),
    "parts": _("meeting my parts"),
    "feelings": _("feelings in the body"),
    "conflict": _("conflict and repair"),
    "grief": _("grief and endings"),
    "rest": _("slowing down and rest"),
    "change": _("a change in my life"),
    "work": _("work that matters"),
    "project": _("a project of my own"),
    "money": _("money and what is enough"),
    "partner": _("love and partnership"),
    "children": _("raising children"),
    "parents": _("parents growing old"),
    "friendship": _("friendship"),
    "home": _("home, moving, belonging"),
    "health": _("living with an illness"),
    "spirit": _("spirit and silence"),
    "making": _("making things by hand"),
    "nature": _("gardens, woods, water"),
    "words": _("writing and reading"),
    "music": _("music and song"),
    "neighbours": _("neighbours and politics"),
}


def in_one_spelling(words: str) -> str:
    """Without the differences that mean nothing: capitals, and space around and between."""
    return " ".join(words.casefold().split())


def own_words(text: str) -> list[str]:
    """The interests in a line or two of somebody's own: split at commas and lines, each once, in
    one spelling. What is the name of a topic becomes the topic."""
    named = {in_one_spelling(str(label)): topic for topic, label in TOPICS.items()}
    said = (in_one_spelling(one) for one in normalize_newlines(text).replace("\n", ",").split(","))
    return list(dict.fromkeys(named.get(one, one) for one in said if one))


def label(interest: str) -> str:
    """What it is called, in the reader's language; somebody's own words as they are."""
    return str(TOPICS.get(interest, interest))


def topics_in(interests: Iterable[str]) -> list[str]:
    """Those that are ours."""
    return [one for one in interests if one in TOPICS]


def own_in(interests: Iterable[str]) -> list[str]:
    """Those that are somebody's own words."""
    return [one for one in interests if one not in TOPICS]

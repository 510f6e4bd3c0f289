"""What a circle's page is made of: sections from top to bottom, and one next step above them.

A section is a template and a function that reads what it shows; a step is a function that looks
at the circle and says what now, or nothing. Both take the circle as its reader finds it. They
stand in order, each a line, in their app's `showing/page.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Step:
    """What now: the news, a word about it, and one way to go on; perhaps a second one."""

    heading: str
    url: str
    action: str
    words: str = ""
    second_url: str = ""
    second_action: str = ""
    # Whether the first way is pressed (a POST) and not a page to open.
    is_press: bool = False


def first_step[Now](now: Now, sources: Iterable[Callable[[Now], Step | None]]) -> Step | None:
    """The first of these steps that there is; nothing is asked after it."""
    return next((step for source in sources if (step := source(now))), None)


@dataclass(frozen=True, slots=True)
class Section[Now]:
    """A part of the page. What `read` finds is `shown` in the template; for None it is left out.

    `place` says where it lies on a wide page: across, or in the wide or the narrow column.
    """

    template: str
    read: Callable[[Now], object | None]
    place: Literal["", "wide", "narrow"] = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with what it shows."""

    template: str
    place: str
    shown: object


def shown[Now](now: Now, sections: Iterable[Section[Now]]) -> list[Shown]:
    """The sections that have something to show, with it."""
    found = ((section, section.read(now)) for section in sections)
    return [Shown(one.template, one.place, it) for one, it in found if it is not None]

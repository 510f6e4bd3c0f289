"""What a crew's page is made of: sections from top to bottom, and one next step above them.

A section is a template and a function that reads what it shows; a step is a function that looks
at the crew and says what now, or nothing. Both take a `CrewNow`. They stand in order, each a
line, in `crews/showing/page.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from circles.scales import LAWS, Scale
from crews.models import Crew
from crews.showing.tables import table_sentence
from people.models import Person
from practice.showing.meetings import Meetings

LAW = LAWS[Scale.CREW]


@dataclass(frozen=True, slots=True)
class CrewNow:
    """A crew as somebody who sits in it finds it."""

    crew: Crew
    reader: Person
    meetings: Meetings

    @property
    def people(self) -> Sequence[Person]:
        """Those who sit there, in the order of the seats."""
        return self.meetings.people

    @property
    def missing(self) -> int:
        """How many people a crew still needs to begin."""
        return LAW.missing(len(self.people))

    @property
    def open_seats(self) -> int:
        """How many chairs are free."""
        return max(0, self.crew.seats - len(self.people))

    @property
    def sentence(self) -> str:
        """How full the table is."""
        return table_sentence(len(self.people), self.crew.seats)

    @property
    def has_met(self) -> bool:
        """Whether a meeting of theirs is over."""
        return self.meetings.last_past is not None


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


# Looks at the crew: what now, or None. At most one small query each.
StepSource = Callable[[CrewNow], Step | None]


def first_step(now: CrewNow, sources: Iterable[StepSource]) -> Step | None:
    """The first of these steps that there is; nothing is asked after it."""
    return next((step for source in sources if (step := source(now))), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. What `read` finds is `shown` in the template; for None it is left out.

    `place` says where it lies on a wide page: across, or in the wide or the narrow column.
    """

    template: str
    read: Callable[[CrewNow], object | None]
    place: Literal["", "wide", "narrow"] = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with what it shows."""

    template: str
    place: str
    shown: object


def shown(now: CrewNow, sections: Iterable[Section]) -> list[Shown]:
    """The sections that have something to show, with it."""
    found = ((section, section.read(now)) for section in sections)
    return [Shown(one.template, one.place, it) for one, it in found if it is not None]

"""A crew as somebody who sits in it finds it: what the steps and sections of its page take."""

from collections.abc import Sequence
from dataclasses import dataclass

from circles.scales import LAWS, Scale
from crews.models import Crew, Cycle
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
    # The cycle at whose end they are asked, or read what each has said.
    ending: Cycle | None = None

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

"""A dyad as one of the two finds it: what the steps and sections of its page take."""

from collections.abc import Sequence
from dataclasses import dataclass

from circles.models import Invitation
from dyads.models import Dyad
from people.models import Person
from practice.showing.meetings import Meetings


@dataclass(frozen=True, slots=True)
class DyadNow:
    """A dyad as one of the two finds it. `invitation` is to the second seat, while it waits;
    `closes`: the two close with thanks, or have done so, and nothing new is begun here."""

    dyad: Dyad
    reader: Person
    meetings: Meetings
    invitation: Invitation | None
    closes: bool = False

    @property
    def people(self) -> Sequence[Person]:
        """Those who sit there, in the order of the seats."""
        return self.meetings.people

    @property
    def other(self) -> Person | None:
        """The other one, once they have sat down."""
        return next((one for one in self.people if one != self.reader), None)

    @property
    def is_complete(self) -> bool:
        """Whether the two are a dyad that goes on."""
        return self.dyad.is_open and self.other is not None

    @property
    def has_met(self) -> bool:
        """Whether a meeting of theirs is over."""
        return self.meetings.last_past is not None

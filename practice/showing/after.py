"""What else there is to do after a meeting, said by the apps above on the page of leaving."""

from collections.abc import Callable
from dataclasses import dataclass

from pages.registry import Registry
from people.models import Person
from practice.models import PracticeSession


@dataclass(frozen=True, slots=True)
class Further:
    """The news, a word about it, and one way to go on."""

    heading: str
    words: str
    url: str
    action: str


# Each takes the meeting, which has begun, and somebody who sits in its circle.
further: Registry[Callable[[PracticeSession, Person], Further | None]] = Registry()


def further_after(session: PracticeSession, person: Person) -> list[Further]:
    """What there is to do after this meeting; nothing before it has begun."""
    if not session.has_begun or not session.circle.is_open:
        return []
    found = (source(session, person) for source in further.sources)
    return [one for one in found if one is not None]

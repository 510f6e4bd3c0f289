"""What a practice's page shows of those who tried it. Plain dataclasses, few queries."""

from dataclasses import dataclass
from datetime import datetime

from circles.models import Circle
from circles.scales import Scale
from library.models import Learning, Practice, circles_that_held
from people.models import Person

MOST_LEARNINGS = 40


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence beside a practice, as one reader sees it."""

    learning: Learning
    # The circle's name, where it is to be named.
    circle: str
    is_mine: bool
    may_hide: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """How many circles have held it, and what the reader's neighbours say."""

    circles: int
    said: list[Said]


def tried(practice: Practice, reader: Person | None, now: datetime) -> Tried:
    """Everybody reads how many; what was said is for one's own congregation."""
    count = circles_that_held(practice, now).count()
    if reader is None:
        return Tried(count, [])
    learnings = practice.learnings.visible_to(reader).select_related("circle")[:MOST_LEARNINGS]
    homes = set(Circle.objects.looked_after_by(reader).values_list("pk", flat=True))
    return Tried(count, [_said(learning, reader, homes) for learning in learnings])


def _said(learning: Learning, reader: Person, looked_after: set[int]) -> Said:
    circle = learning.circle
    own_crew = circle.scale == Scale.CREW and circle.parent_id is None
    is_mine = learning.person_id == reader.pk
    return Said(
        learning=learning,
        circle=circle.name if learning.names_circle else "",
        is_mine=is_mine,
        may_hide=not is_mine
        and learning.hidden_at is None
        and (own_crew or (circle.parent_id or circle.pk) in looked_after),
    )

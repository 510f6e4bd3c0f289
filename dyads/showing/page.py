"""The dyad's page: what now, and its sections in order.

A new part is one line here. What a step or a section reads lies in a module of its own beside
this one, its template in `templates/dyads/_….html`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from circles.models import Invitation
from dyads.models import Dyad
from dyads.showing import agreements, beginning, ending, giving, introduction, mirror, trios
from dyads.showing.cards import DyadCard
from dyads.showing.now import DyadNow
from pages.sections import Section, Shown, Step, first_step, shown
from people.models import Person
from practice.showing.meetings import meetings_of

# The first that has something to say stands on top.
STEPS: tuple[Callable[[DyadNow], Step | None], ...] = (
    beginning.table_is_laid,
    trios.to_be_three,
    introduction.meet_first,
    ending.step,
    mirror.mirror_step,
    beginning.first_meeting,
    beginning.no_meeting_is_set,
)

SECTIONS = (
    Section("dyads/_introduction.html", introduction.introduced),
    Section("practice/_rhythm.html", beginning.meetings),
    Section("dyads/_turns.html", giving.giving, "wide"),
    Section("dyads/_mirror.html", mirror.mirror_part, "narrow"),
    Section("dyads/_agreements.html", agreements.agreements, "wide"),
    Section("selfwork/_carried_here.html", agreements.carried_here, "wide"),
    Section("dyads/_ending.html", ending.going),
)


@dataclass(frozen=True, slots=True)
class DyadPage:
    """Everything that one of the two sees there."""

    now: DyadNow
    card: DyadCard
    step: Step | None
    sections: list[Shown]
    # Why nobody sits on the other seat and nobody is asked any more.
    came_to_nothing: str


def dyad_page(dyad: Dyad, reader: Person) -> DyadPage:
    """The page of a dyad for one of the two."""
    asked = Invitation.objects.waiting().filter(circle=dyad).select_related("person").first()
    closes = not dyad.is_open or ending.they_close(dyad)
    now = DyadNow(dyad, reader, meetings_of(dyad, reader), asked, closes)
    step = first_step(now, STEPS) if dyad.is_open else None
    seat = list(now.people).index(reader) + 1 if now.other else 1
    card = DyadCard(dyad, now.other, asked, seat=seat)
    return DyadPage(now, card, step, shown(now, SECTIONS), beginning.came_to_nothing(now))

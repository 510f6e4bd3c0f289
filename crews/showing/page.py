"""The crew's page from inside: what now, and its sections in order.

A new part is one line here. What a step or a section reads lies in a module of its own beside
this one (`crews/showing/hands.py`), its template in `templates/crews/_….html`.
"""

from dataclasses import dataclass

from crews.models import Crew, Cycle
from crews.showing import agreements, beginning, call, cycles, full, hands, notes, quiet
from crews.showing.now import CrewNow
from pages.sections import Section, Shown, Step, first_step, shown
from people.models import Person
from practice.showing.meetings import meetings_of

# The first that has something to say stands on top: what happens now, what others wait for from
# the reader, what the crew lacks to begin, then what would be good some day.
STEPS = (
    beginning.table_is_laid,
    cycles.end_of_the_cycle,
    call.call_rests,
    agreements.agreements_wait,
    agreements.result_is_missing,
    beginning.people_are_missing,
    call.shall_it_begin,
    quiet.has_gone_quiet,
    beginning.first_evening,
    beginning.times_to_take,
    agreements.first_evening,
    beginning.no_meeting_is_set,
)

SECTIONS = (
    Section("crews/_first_times.html", beginning.first_times),
    Section("crews/_full.html", full.full_table),
    Section("crews/_hands.html", hands.hands_of, "narrow"),
    Section("crews/_zones.html", beginning.zones, "wide"),
    Section("crews/_call.html", call.call_of, "wide"),
    Section("practice/_rhythm.html", beginning.meetings),
    Section("crews/_life.html", cycles.life_of),
    Section("crews/_agreements.html", agreements.agreements, "wide"),
    Section("practice/_turns.html", beginning.turns, "narrow"),
    Section("selfwork/_carried_here.html", notes.carried_here, "wide"),
    Section("crews/_notes.html", notes.latest_notes),
)


@dataclass(frozen=True, slots=True)
class CrewPage:
    """Everything that a crewmate sees there."""

    now: CrewNow
    step: Step | None
    sections: list[Shown]


def crew_page(crew: Crew, reader: Person) -> CrewPage:
    """The page of a crew for somebody who has a seat in it."""
    ending = Cycle.objects.alive().filter(crew=crew, asked_at__isnull=False).first()
    now = CrewNow(crew, reader, meetings_of(crew, reader), ending)
    step = first_step(now, STEPS) if crew.is_open else None
    return CrewPage(now, step, shown(now, SECTIONS))

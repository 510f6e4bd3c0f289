"""Whose turn it is: a crew's roles at its next meetings, for the crew's page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import Person
from practice.models import PracticeSession
from practice.rules.roles import HOST
from practice.showing.casting import forecast, read_ahead, roles_in
from practice.showing.meetings import Meetings

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has a role at one meeting: a name, "" for nobody yet; None where it has no such role."""

    name: str | None
    is_me: bool = False


@dataclass(frozen=True, slots=True)
class RoleTurns:
    """A role, what it is for, and who has it from meeting to meeting."""

    role: str
    what_for: str
    turns: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class Turns:
    """The table of roles and meetings."""

    sessions: Sequence[PracticeSession]
    rows: Sequence[RoleTurns]


def turns_of(meetings: Meetings) -> Turns | None:
    """The roles of the next meetings; None where none is to come."""
    circle = meetings.circle
    if not meetings.to_come or not circle.is_open:
        return None
    until = meetings.to_come[:MOST_TOLD][-1].starts_at
    ahead = read_ahead([circle.pk], until=until)
    sessions = ahead.waiting_in(circle.pk)[:MOST_TOLD]
    if not sessions:
        return None
    told = forecast(circle, sessions, ahead)
    guests = [guest.person for session in sessions for guest in session.guests.all()]
    by_id = {one.pk: one for one in [*meetings.people, *guests]}
    there = [roles_in(session) for session in sessions]
    what_for = {role.name: role.what_for for role in circle.standing_roles.all()}
    what_for[HOST] = host_is_for()
    # The standing ones first: they are the same each time.
    names = dict.fromkeys([HOST, *what_for, *(role for roles in there for role in roles)])
    return Turns(
        sessions=sessions,
        rows=[
            RoleTurns(
                role=name,
                what_for=what_for.get(name, ""),
                turns=[
                    _turn(by_id.get(found.get(name, 0)), meetings.reader, is_there=name in roles)
                    for roles, found in zip(there, told, strict=True)
                ],
            )
            for name in names
        ],
    )


def _turn(person: Person | None, reader: Person, *, is_there: bool) -> Turn:
    if not is_there:
        return Turn(None)
    if person is None:
        return Turn("")
    is_me = person == reader
    return Turn(_("You") if is_me else person.first_name, is_me)


def host_is_for() -> str:
    """What hosting is."""
    return _("Welcomes everyone, keeps the order and ends on time.")

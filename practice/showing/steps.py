"""The steps of a meeting's practice as its people read them: by name, where that is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practice.models import PracticeSession
from practice.rules.letters import is_letter, with_names
from practice.showing.casting import RoleRow


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step; `who` is whose turn it is, or ""."""

    title: str
    words: str
    minutes: int
    kind: str
    who: str


def lettered(roles: Sequence[RoleRow]) -> dict[str, RoleRow]:
    """By role, those that are letters and that one person has."""
    return {row.role: row for row in roles if is_letter(row.role) and len(row.people) == 1}


def names_of(rows: Mapping[str, RoleRow]) -> dict[str, str]:
    """First names by letter."""
    return {letter: row.people[0].first_name for letter, row in rows.items()}


def beside(row: RoleRow, title: str) -> str:
    """Whose turn it is, beside a title that may name them already."""
    (person,) = row.people
    if person == row.reader:
        return _("Your turn")
    return "" if person.first_name in title else person.first_name


def steps_of(session: PracticeSession, roles: Sequence[RoleRow] = ()) -> list[ShownStep]:
    """The steps of the meeting's practice; none without one."""
    if session.practice is None:
        return []
    rows = lettered(roles)
    names = names_of(rows)
    shown = []
    for step in session.practice.steps.all():
        title = with_names(step.title, names, whose=step.who)
        words = with_names(step.words, names, whose=step.who)
        who = beside(rows[step.who], title) if step.who in rows else step.who
        shown.append(ShownStep(title, words, step.minutes, step.kind, who))
    return shown

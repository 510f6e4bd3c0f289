"""Who has which role at a meeting: what was chosen, what people had before, and the rule."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from circles.scales import Scale
from people.models import Person
from practice.models import Answer, PracticeSession, SessionRole
from practice.rules.order import Planned
from practice.rules.roles import HOST, assign

# Roles of so many past meetings are looked at.
MOST_REMEMBERED = 200
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, and those who have it this time: one, or all others."""

    role: str
    people: Sequence[Person]
    reader: Person
    is_others: bool = False

    @property
    def names(self) -> str:
        """ "you", "Inês and Tomasz"; "" for nobody yet."""
        if self.is_others and len(self.people) > MOST_NAMED:
            return _("everyone else")
        return together(self.people, self.reader)


def together(people: Iterable[Person], reader: Person) -> str:
    """ "you, Inês and Mere"; "" for nobody."""
    ordered = sorted(people, key=lambda person: person != reader)
    names = [_("you") if person == reader else person.first_name for person in ordered]
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def planned(session: PracticeSession) -> list[Planned]:
    """The steps of the meeting's practice; none without one."""
    if session.practice is None:
        return []
    return [
        Planned(
            f"{step.practice_id}.{step.position}",
            step.title,
            step.words,
            step.minutes,
            step.kind,
            step.who,
        )
        for step in session.practice.steps.all()
    ]


def coming(session: PracticeSession, people: Iterable[Person]) -> list[Person]:
    """Those who have not said that they can't come."""
    declined = {one.person_id for one in session.answers.all() if one.choice == Answer.Choice.NO}
    return [person for person in people if person.pk not in declined]


def taking_part(
    session: PracticeSession, people: Sequence[Person], there: Collection[int] | None = None
) -> list[Person]:
    """Among whom roles go round: those who come or, once the table began, those who are `there`
    (ids). Of two, always both: a turn belongs to the other also while they are late."""
    if session.circle.scale == Scale.DYAD:
        return list(people)
    if there is None:
        return coming(session, people)
    return [person for person in people if person.pk in there]


def roles_in(session: PracticeSession) -> list[str]:
    """The host and the practice's roles, without that of all others."""
    own = session.practice.roles if session.practice else []
    return [HOST, *(role for role in own if role != HOST)]


def assigned(
    session: PracticeSession, people: Sequence[Person], speaking: Iterable[str]
) -> dict[str, int]:
    """Ids of those who have a role, of `people`, who come or are there."""
    rows = SessionRole.objects.order_by("-session__starts_at", "-pk")
    past = rows.filter(
        session__circle=session.circle_id, session__starts_at__lt=session.starts_at
    ).values_list("role", "person")
    chosen = rows.filter(session=session).values_list("role", "person")
    # A guest comes to support: roles go round among those who sit here, and a guest has only
    # what somebody chose for them.
    guests = set(session.guests.values_list("person", flat=True)) - set(dict(chosen).values())
    ids = [person.pk for person in people if person.pk not in guests]
    if session.circle.scale == Scale.CONGREGATION:
        # Where many gather, roles do not fall to people: they are taken.
        own = {**dict(chosen), **({HOST: session.host_id} if session.host_id else {})}
        return {role: person for role, person in own.items() if person in ids}
    return assign(
        roles_in(session),
        ids,
        host=session.host_id,
        chosen=dict(chosen),
        past=list(past[:MOST_REMEMBERED]),
        speaking=frozenset(speaking) - {""},
    )


def cast(session: PracticeSession, people: Sequence[Person], reader: Person) -> list[RoleRow]:
    """Every role with those who have it, for a page; `people` come or are there."""
    found = assigned(session, people, {step.who for step in planned(session)})
    by_id = {person.pk: person for person in people}
    rows = [
        RoleRow(role, [by_id[found[role]]] if role in found else [], reader)
        for role in roles_in(session)
    ]
    if session.practice and session.practice.others:
        busy = {found.get(role) for role in session.practice.roles}
        rest = [person for person in people if person.pk not in busy]
        rows.append(RoleRow(session.practice.others, rest, reader, is_others=True))
    return rows

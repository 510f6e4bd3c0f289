"""Who has which role at a meeting: what was chosen, what people had before, and the rule."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Circle, Membership
from circles.scales import Scale
from people.models import Person
from practice.first_voice import (
    Openings,
    first_role,
    first_voice,
    first_voices,
    read_openings,
)
from practice.models import Answer, Holding, PracticeSession, SessionRole
from practice.rules.order import Planned
from practice.rules.roles import HOST, assign, merged

# Roles of so many past meetings are looked at.
MOST_REMEMBERED = 200
MOST_NAMED = 6
# How far ahead roles are told; later meetings begin from what is known then.
MOST_AHEAD = 30


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
    """The host, the practice's roles and the circle's standing ones, without that of all others."""
    prefetch_related_objects([session.circle], "standing_roles")
    own = session.practice.roles if session.practice else []
    return merged(own, [role.name for role in session.circle.standing_roles.all()])


def assigned(session: PracticeSession, people: Sequence[Person]) -> dict[str, int]:
    """Ids of those who have a role, of `people`, who come or are there."""
    chosen = dict(session.roles.order_by("pk").values_list("role", "person"))
    ids = [person.pk for person in people]
    if session.circle.scale == Scale.CONGREGATION:
        # Where many gather, roles do not fall to people: they are taken.
        own = {**chosen, **({HOST: session.host_id} if session.host_id else {})}
        return {role: person for role, person in own.items() if person in ids}
    guests = set(session.guests.values_list("person", flat=True))
    dyads = [session.circle_id] if session.circle.scale == Scale.DYAD else []
    ahead = read_ahead([session.circle_id], until=session.starts_at, dyads=dyads)
    earlier = [one for one in ahead.waiting_in(session.circle_id) if one != session]
    past = list(ahead.past.get(session.circle_id, []))
    for found in forecast(session.circle, earlier, ahead):
        past[:0] = found.items()
    if dyads:
        is_held = Holding.objects.filter(session=session).exists()
        told = first_voices([*earlier, session], ahead.openings)
        first = first_voice(session) if is_held else told[-1]
        chosen = _with_first(session, chosen, first)
    return _shared_out(session, ids, chosen, guests, past)


def _with_first(
    session: PracticeSession, chosen: Mapping[str, int], first: int | None
) -> dict[str, int]:
    """Of two, who speaks first has the practice's first role, unless they chose otherwise."""
    role = first_role(session)
    taken = {chosen.get(one) for one in (session.practice.roles if session.practice else [])}
    if not role or first is None or role in chosen or first in taken:
        return dict(chosen)
    return {**chosen, role: first}


def assigned_each(sessions: Collection[PracticeSession]) -> dict[int, dict[str, int]]:
    """The same for meetings of many small tables, among those who come: as many questions for
    fifty as for one."""
    prefetch_related_objects(list(sessions), "roles", "circle__standing_roles")
    circles = {session.circle_id: session.circle for session in sessions}
    found = {one.pk: {row.role: row.person_id for row in one.roles.all()} for one in sessions}
    if not circles:
        return {}
    dyads = [pk for pk, circle in circles.items() if circle.scale == Scale.DYAD]
    until = max(session.starts_at for session in sessions)
    ahead = read_ahead(circles, until=until, dyads=dyads)
    for pk, circle in circles.items():
        waiting = ahead.waiting_in(pk)
        told = zip(waiting, forecast(circle, waiting, ahead), strict=True)
        found.update({session.pk: roles for session, roles in told if session.pk in found})
    return found


@dataclass(frozen=True, slots=True)
class Ahead:
    """What roles to come follow from, by the circle."""

    # Meetings that have not begun at the table, soonest first.
    waiting: Mapping[int, list[PracticeSession]]
    # Who had which role before them, the latest first.
    past: Mapping[int, list[tuple[str, int]]]
    people: Mapping[int, list[Person]]
    openings: Openings

    def waiting_in(self, circle: int) -> list[PracticeSession]:
        """Those of one circle."""
        return self.waiting.get(circle, [])[:MOST_AHEAD]


def read_ahead(circles: Collection[int], *, until: datetime, dyads: Collection[int] = ()) -> Ahead:
    """Reads it for meetings that begin no later than `until`; `dyads` are those of the circles."""
    waiting = PracticeSession.objects.to_come(timezone.now()).filter(
        circle__in=circles, starts_at__lte=until, holding__isnull=True
    )
    waiting = waiting.select_related("practice", "host").prefetch_related(
        "answers", "roles", "guests__person", "practice__steps"
    )
    rows = SessionRole.objects.filter(session__circle__in=circles, session__starts_at__lte=until)
    rows = rows.exclude(session__in=[session.pk for session in waiting])
    rows = rows.order_by("-session__starts_at", "-pk")[: MOST_REMEMBERED * len(circles)]
    seats = Membership.objects.present().filter(circle__in=circles).at_table()
    return Ahead(
        waiting=_grouped((session.circle_id, session) for session in waiting),
        past=_grouped(
            (circle, (role, person))
            for circle, role, person in rows.values_list("session__circle", "role", "person")
        ),
        people=_grouped((seat.circle_id, seat.person) for seat in seats),
        openings=read_openings(dyads),
    )


def _grouped[Found](pairs: Iterable[tuple[int, Found]]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


def forecast(
    circle: Circle, sessions: Iterable[PracticeSession], ahead: Ahead
) -> list[dict[str, int]]:
    """Who will have which role at these meetings, one after the other: each follows from what
    people have at those before."""
    past, found = list(ahead.past.get(circle.pk, [])), []
    sessions = list(sessions)
    is_dyad = circle.scale == Scale.DYAD
    first = first_voices(sessions, ahead.openings) if is_dyad else [None] * len(sessions)
    for session, begins in zip(sessions, first, strict=True):
        session.circle = circle
        guests = [guest.person for guest in session.guests.all()]
        people = [*ahead.people.get(circle.pk, []), *guests]
        found.append(
            _shared_out(
                session,
                [person.pk for person in taking_part(session, people)],
                _with_first(
                    session, {row.role: row.person_id for row in session.roles.all()}, begins
                ),
                {guest.pk for guest in guests},
                past,
            )
        )
        past[:0] = found[-1].items()
    return found


def _shared_out(
    session: PracticeSession,
    people: Sequence[int],
    chosen: Mapping[str, int],
    guests: Set[int],
    past: Sequence[tuple[str, int]],
) -> dict[str, int]:
    # A guest comes to support: roles go round among those who sit here, and a guest has only
    # what somebody chose for them.
    only_guests = guests - set(chosen.values())
    return assign(
        roles_in(session),
        [one for one in people if one not in only_guests],
        host=session.host_id,
        chosen=chosen,
        past=past,
        speaking=frozenset(step.who for step in planned(session)) - {""},
        hosting_counts=session.circle.scale == Scale.CREW,
    )


def cast(session: PracticeSession, people: Sequence[Person], reader: Person) -> list[RoleRow]:
    """Every role with those who have it, for a page; `people` come or are there."""
    found = assigned(session, people)
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

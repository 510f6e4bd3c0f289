"""Choosing who has which role, and writing it down when the table begins."""

from collections.abc import Mapping

from django.db import transaction

from people.models import Person
from practice import errors
from practice.concerned import people_at
from practice.models import Holding, PracticeSession, SessionRole
from practice.rules.roles import HOST, collides
from practice.services.hosting import share_hosting
from practice.services.permission import planning
from practice.showing.casting import assigned, planned, roles_in


@transaction.atomic
def swap_roles(*, session: PracticeSession, by: Person, chosen: Mapping[str, int]) -> None:
    """Give roles to people by hand; what is in `chosen` stands, the rest goes round.

    A guest may have a role, but hosting is a turn of those who sit here. Raises NotAllowed,
    CircleClosed, SessionCancelled, NotAtThisTable, KeepsOwnTime.
    """
    circle = planning(session.circle_id, by)
    session = PracticeSession.objects.select_related("practice", "circle").get(pk=session.pk)
    if session.is_cancelled:
        raise errors.SessionCancelled
    at_table = {person.pk for person in people_at(session)}
    wanted = {role: person for role, person in chosen.items() if role in roles_in(session)}
    if not set(wanted.values()) <= at_table:
        raise errors.NotAtThisTable
    if HOST in wanted and not circle.memberships.present().filter(person=wanted[HOST]).exists():
        raise errors.NotAtThisTable
    former = SessionRole.objects.filter(session=session).values_list("role", "person")
    found = {**dict(former), **wanted}
    speaking = {step.who for step in planned(session)} - {""}
    if any(collides(role, person, found, speaking) for role, person in wanted.items()):
        raise errors.KeepsOwnTime
    _store(session, {role: person for role, person in wanted.items() if role != HOST})
    if HOST in wanted and wanted[HOST] != session.host_id:
        session.host_id, session.host_by_hand = wanted[HOST], True
        session.revise()
        session.save(update_fields=["host", "host_by_hand", "sequence", "changed_at"])
        share_hosting(circle)
    held = Holding.objects.filter(session=session).first()
    if held is not None:
        # The names on everyone's page follow.
        held.version += 1
        held.save(update_fields=["version"])


def write_down(session: PracticeSession, people: list[Person]) -> None:
    """Keep who has which role among those who take part, for the next meetings to know."""
    found = assigned(session, people)
    SessionRole.objects.filter(session=session).exclude(role__in=found).delete()
    _store(session, found)


def _store(session: PracticeSession, found: Mapping[str, int]) -> None:
    SessionRole.objects.bulk_create(
        [SessionRole(session=session, role=role, person_id=pk) for role, pk in found.items()],
        update_conflicts=True,
        unique_fields=["session", "role"],
        update_fields=["person"],
    )

"""A crew's standing roles: what it begins with, and changing them."""

from django.db import transaction
from django.utils.translation import gettext as _

from circles.errors import NotAllowed
from circles.models import Circle, Membership
from circles.scales import Scale
from people.models import Person
from practice import errors
from practice.models import SessionRole, StandingRole
from practice.rules.roles import CARER, HOST, MOST_STANDING, SCRIBE, TIMEKEEPER
from practice.services.permission import planning


def begin_with_roles(seat: Membership) -> None:
    """When the first sits down at a crew's table, it has a timekeeper, a scribe and a carer."""
    if seat.scale != Scale.CREW or Membership.objects.filter(circle=seat.circle_id).count() > 1:
        return
    begun_with = {
        TIMEKEEPER: _("Watches the clock, so that nobody else has to."),
        SCRIBE: _("Writes down what was promised and what to come back to."),
        CARER: _("Looks how everybody is, and says when it is time to breathe."),
    }
    StandingRole.objects.bulk_create(
        StandingRole(circle_id=seat.circle_id, name=name, what_for=what_for, position=place)
        for place, (name, what_for) in enumerate(begun_with.items(), start=1)
    )


@transaction.atomic
def add_role(*, circle: Circle, by: Person, name: str, what_for: str = "") -> StandingRole:
    """Add a role of the crew's own. Raises NotAllowed (also where roles do not stand: only crews
    have them), CircleClosed, TooManyRoles, RoleThereAlready."""
    circle = _locked(circle, by)
    taken = set(circle.standing_roles.values_list("position", flat=True))
    place = next((one for one in range(1, MOST_STANDING + 1) if one not in taken), None)
    if place is None:
        raise errors.TooManyRoles
    _require_new(circle, name)
    return StandingRole.objects.create(circle=circle, name=name, what_for=what_for, position=place)


@transaction.atomic
def change_role(*, role: StandingRole, by: Person, name: str, what_for: str) -> StandingRole:
    """Call it something else, or say anew what it is for; whoever has or had it keeps it.

    Raises NotAllowed, CircleClosed, RoleThereAlready, NoSuchRole.
    """
    circle = _locked(role.circle, by)
    role = _found(circle, role)
    if role.name != name:
        _require_new(circle, name, besides=role)
        theirs = SessionRole.objects.filter(session__circle=circle)
        # At a meeting whose practice brings a role of that name, both stood: one is enough.
        doubles = theirs.filter(role=name).values("session")
        theirs.filter(role=role.name, session__in=doubles).delete()
        theirs.filter(role=role.name).update(role=name)
    role.name, role.what_for = name, what_for
    role.save(update_fields=["name", "what_for"])
    return role


@transaction.atomic
def drop_role(*, role: StandingRole, by: Person) -> None:
    """Do without it from now on; what was stays. Raises NotAllowed, CircleClosed, NoSuchRole."""
    _found(_locked(role.circle, by), role).delete()


def _locked(circle: Circle, by: Person) -> Circle:
    circle = planning(circle.pk, by)
    if circle.scale != Scale.CREW:
        raise NotAllowed
    return circle


def _found(circle: Circle, role: StandingRole) -> StandingRole:
    found = circle.standing_roles.filter(pk=role.pk).first()
    if found is None:
        raise errors.NoSuchRole
    return found


def _require_new(circle: Circle, name: str, besides: StandingRole | None = None) -> None:
    known = [HOST, *(role.name for role in circle.standing_roles.all() if role != besides)]
    if name.casefold() in {one.casefold() for one in known}:
        raise errors.RoleThereAlready

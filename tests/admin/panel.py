"""What the panel’s tests share."""

from typing import Any

from circles.services import ask_to_join, invite
from tests.factories import make_bare_crew, make_congregation, make_person, sit
from tests.reading import signed_in as signed_in
from tests.reading import text as text

INDEX = "admin:index"
LISTS = [
    "admin:circles_joinrequest_changelist",
    "admin:circles_membership_changelist",
    "admin:congregation_itscrew_changelist",
    "admin:circles_invitation_changelist",
    "admin:congregation_congregation_changelist",
]
PEOPLE = "admin:people_person_changelist"


def full_congregation(name: str) -> Any:
    """With a request, a member, a crew and an invitation, each carrying the name."""
    congregation = make_congregation(name=name, is_listed=True, by=make_person(f"Steward {name}"))
    sit(congregation, make_person(f"Member {name}"))
    ask_to_join(circle=congregation, by=make_person(f"Asker {name}"), message=f"Words {name}")
    make_bare_crew(parent=congregation, name=f"Crew {name}", people=2)
    invite(circle=congregation, by=congregation.created_by, person=make_person(f"Guest {name}"))
    return congregation


def rows_of(congregation: Any) -> dict[str, int]:
    return {
        "circles_joinrequest": congregation.requests.get().pk,
        "circles_membership": congregation.memberships.last().pk,
        "circles_invitation": congregation.invitations.get().pk,
        "congregation_itscrew": congregation.children.get().pk,
        "congregation_congregation": congregation.pk,
    }

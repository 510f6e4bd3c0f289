"""What help from outside keeps about somebody, for "everything kept about you"."""

from typing import Any

from congregation.models import Glad, HelpPart, HelpRequest
from people.models import Person

Rows = list[Any]
Role = HelpPart.Role


def glad(person: Person) -> Rows:
    """What they are glad to do for other tables."""
    rows = Glad.objects.filter(person=person).order_by("since", "pk")
    return list(rows.values("circle__name", "to_visit", "to_mediate", "since"))


def help_from_outside(person: Person) -> Rows:
    """Where they asked for help, were a side of it, or gave it. What a mediation left behind is
    the sides' and the mediator's."""
    own = HelpPart.objects.filter(person=person)
    rows = own.exclude(role=Role.INSIDE, request__kind=HelpRequest.Kind.MEDIATOR)
    rows = rows.select_related("request__circle").order_by("request__asked_at", "pk")
    return [_row(part) for part in rows]


def _row(part: HelpPart) -> dict[str, object]:
    request = part.request
    is_own = request.asked_by_id == part.person_id
    found: dict[str, object] = {
        "circle": str(request.circle) if part.role in {Role.SIDE, Role.INSIDE} else "",
        "kind": request.kind,
        "asked_at": request.asked_at,
        "asked_by_you": is_own,
        "words": request.words if is_own or part.role == Role.SIDE else "",
        "you_were": part.role,
    }
    if not request.is_visit and part.role in {Role.SIDE, Role.HELPER}:
        found |= {
            "talk_at": request.talk_at,
            "talk_where": request.talk_where,
            "heard": request.heard,
            "next_step": request.next_step,
            "look_again_on": request.look_again_on,
        }
    return found


# What it is called there, and who finds it.
SOURCES = (
    ("glad to help", glad),
    ("help from outside", help_from_outside),
)

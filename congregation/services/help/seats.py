"""What becomes of help when somebody sits down, stands up or deletes their account.

Called inside the transaction of whoever decided it, the circle locked.
"""

from django.db.models import QuerySet

from circles.models import Membership
from circles.scales import Scale
from congregation.models import Glad, HelpPart, HelpRequest
from congregation.services.help.asking import end
from congregation.services.help.offering import settle
from congregation.services.help.shared import look_on, sides
from people.models import Person

Role, State = HelpPart.Role, HelpRequest.State


def sat_down(seat: Membership) -> None:
    """A new crewmate stands inside: whoever helped from outside does so no longer."""
    if seat.scale not in {Scale.CREW, Scale.DYAD}:
        return
    for request in _open(HelpRequest.objects.filter(circle=seat.circle)):
        part, _ = HelpPart.objects.get_or_create(
            request=request, person=seat.person, defaults={"role": Role.INSIDE}
        )
        # A visitor who has come is a guest of that meeting, whatever seat they take later.
        helped = part.role == Role.HELPER and not (request.is_visit and request.came_at)
        if helped or part.role == Role.THANKED:
            HelpPart.objects.filter(pk=part.pk).update(role=Role.INSIDE)
        if helped:
            look_on(request)


def stood_up(seat: Membership) -> None:
    """Who leaves a table is a side of nothing undecided there; who leaves a congregation helps
    none of its tables."""
    if seat.scale == Scale.CONGREGATION:
        Glad.objects.filter(circle=seat.circle, person=seat.person).delete()
        helping = HelpRequest.objects.filter(
            circle__parent=seat.circle, parts__in=_parts(seat.person, Role.HELPER)
        )
        for request in _open(helping):
            if not (request.is_visit and request.came_at):
                _parts(seat.person, Role.HELPER).filter(request=request).update(role=Role.THANKED)
                look_on(request)
        return
    sided = HelpRequest.objects.filter(
        circle=seat.circle,
        state__in=HelpRequest.UNDECIDED,
        parts__in=_parts(seat.person, Role.SIDE),
    )
    for request in _open(sided):
        mine = _parts(seat.person, Role.SIDE).filter(request=request)
        mine.update(role=Role.INSIDE, said_yes=False)
        _go_on_without(request)


def farewell(person: Person) -> None:
    """Before an account is deleted: a mediation needs two sides, and what was written goes with
    the last of them."""
    for request in HelpRequest.objects.filter(parts__in=_parts(person, Role.SIDE)).order_by("pk"):
        request.parts.filter(person=person).delete()
        if not sides(request):
            request.delete()
        elif request.state in HelpRequest.OPEN:
            _go_on_without(request)


def _go_on_without(request: HelpRequest) -> None:
    if len(sides(request)) < 2:
        end(request)
    else:
        settle(request)


def _open(requests: QuerySet[HelpRequest]) -> list[HelpRequest]:
    """Those that are not over, locked."""
    found = requests.filter(state__in=HelpRequest.OPEN).order_by("pk")
    return list(found.select_for_update(of=("self",)).select_related("circle"))


def _parts(person: Person, role: str) -> QuerySet[HelpPart]:
    return HelpPart.objects.filter(person=person, role=role)

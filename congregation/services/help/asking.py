"""Asking the congregation for a visitor or a mediator, and taking it back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from circles.errors import AlreadyAnswered, NotAllowed, TooManyToday
from circles.models import Circle
from circles.scales import Scale
from circles.services import present
from circles.services.seats import locked as locked_circle
from congregation.errors import AlreadyAskedForHelp, HelpGone, NobodyBeside
from congregation.models import Glad, HelpPart, HelpRequest
from congregation.services.help.shared import WANTED, helper, is_side, locked, sides, tell
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person
from practice.errors import NoGuestsHere
from practice.models import PracticeSession
from practice.services.guests import welcomes_guests

# Who asks and takes back again and again mails everybody who is glad to help each time.
MOST_A_DAY = 3

Role = HelpPart.Role


@transaction.atomic
def ask_visitor(*, session: PracticeSession, by: Person, words: str) -> HelpRequest:
    """Ask the congregation for somebody who comes to one meeting of a crew. Any crewmate may.

    Raises NotAllowed, CircleClosed, NoGuestsHere, HelpGone for a meeting that has begun or was
    called off, AlreadyAskedForHelp, TooManyToday.
    """
    circle = _open_table(session.circle, by)
    if not welcomes_guests(circle):
        raise NoGuestsHere
    session = PracticeSession.objects.get(pk=session.pk)
    if session.has_begun or session.is_cancelled:
        raise HelpGone
    if HelpRequest.objects.filter(session=session, state__in=HelpRequest.OPEN).exists():
        raise AlreadyAskedForHelp
    request = HelpRequest.objects.create(
        circle=circle, kind=HelpRequest.Kind.VISITOR, session=session, asked_by=by, words=words
    )
    _write_parts(request, named=set())
    _tell_the_glad(request)
    return request


@transaction.atomic
def ask_mediator(
    *, circle: Circle, by: Person, words: str, other: Person | None = None
) -> HelpRequest:
    """Ask for a mediator: between oneself and one `other`, or for all at the table.

    The sides hear of it by mail. Raises NotAllowed, CircleClosed, NobodyBeside without a second
    side, AlreadyAskedForHelp, TooManyToday.
    """
    circle = _open_table(circle, by)
    people = set(circle.memberships.present().values_list("person", flat=True))
    named = people if other is None else {by.pk, other.pk} & people
    if len(named) < 2:
        raise NobodyBeside
    own = HelpRequest.objects.filter(
        circle=circle,
        kind=HelpRequest.Kind.MEDIATOR,
        asked_by=by,
        state__in=HelpRequest.OPEN,
    )
    if own.exists():
        raise AlreadyAskedForHelp
    request = HelpRequest.objects.create(
        circle=circle, kind=HelpRequest.Kind.MEDIATOR, asked_by=by, words=words
    )
    _write_parts(request, named=named)
    tell(request, "named", [side.person for side in sides(request) if side.person_id != by.pk])
    _tell_the_glad(request)
    return request


@transaction.atomic
def take_back(*, request: HelpRequest, by: Person) -> None:
    """It is not needed any more; those who knew of it are told, without a reason.

    A visit: any crewmate, until somebody comes. A mediator: who asked, while it is undecided;
    afterwards each of the sides. Raises NotAllowed, AlreadyAnswered.
    """
    request = locked(request)
    if not may_take_back(request, by):
        if request.state not in HelpRequest.OPEN:
            raise AlreadyAnswered
        raise NotAllowed
    end(request, besides=by)


def may_take_back(request: HelpRequest, person: Person) -> bool:
    """Whether this person may end it as it stands now."""
    if request.is_visit:
        return request.is_undecided and present(request.circle, person)
    if not is_side(request, person):
        return False
    if request.state == HelpRequest.State.CAME:
        return True
    asker_is_there = request.parts.filter(role=Role.SIDE, person=request.asked_by_id).exists()
    return request.is_undecided and (request.asked_by_id == person.pk or not asker_is_there)


def end(request: HelpRequest, *, besides: Person | None = None) -> None:
    """End a locked request without an outcome, and tell those who knew of it."""
    offered = helper(request)
    people = [side.person for side in sides(request)] + ([offered.person] if offered else [])
    request.state = HelpRequest.State.TAKEN_BACK
    request.came_at = None
    request.save()
    request.parts.update(said_yes=False)
    tell(request, "taken_back", [person for person in people if person != besides])


def _open_table(circle: Circle, by: Person) -> Circle:
    """The table, locked and open, if `by` sits there and it stands in a congregation."""
    circle = locked_circle(circle)
    if circle.parent is None or circle.scale not in {Scale.CREW, Scale.DYAD}:
        raise NotAllowed
    if not present(circle, by):
        raise NotAllowed
    day_ago = timezone.now() - timedelta(days=1)
    asked = HelpRequest.objects.filter(circle=circle, asked_by=by, asked_at__gt=day_ago)
    if asked.count() >= MOST_A_DAY:
        raise TooManyToday
    return circle


def _write_parts(request: HelpRequest, named: set[int]) -> None:
    """Everybody at the table stands inside from now on; those who are named are the sides."""
    seats = request.circle.memberships.present().order_by("seat")
    HelpPart.objects.bulk_create(
        HelpPart(
            request=request,
            person_id=person,
            role=Role.SIDE if person in named else Role.INSIDE,
        )
        for person in seats.values_list("person", flat=True)
    )


def _tell_the_glad(request: HelpRequest) -> None:
    """Owe a mail to each who is glad to do this, and stands outside."""
    glad = Glad.objects.filter(circle=request.circle.parent_id, person__is_active=True)
    glad = glad.filter(to_visit=True) if request.is_visit else glad.filter(to_mediate=True)
    inside = request.parts.values("person")
    outside = glad.exclude(person__in=inside).select_related("person")
    key = f"request {request.pk}"
    owe_all(Notice(kind=WANTED, key=key, person=one.person, ref=request.pk) for one in outside)

"""What the services about help share: the locks, who stands where, and telling people."""

from collections.abc import Iterable

from django.utils import timezone

from circles.models import Circle
from congregation.errors import HelpGone
from congregation.models import HelpPart, HelpRequest
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person

# The kind of the mails to those whom a request concerns; which one it is, is its step.
HELP = "congregation.help"
WANTED = "congregation.help_wanted"


def locked(request: HelpRequest) -> HelpRequest:
    """The request as it is now, locked behind its table and its congregation.

    Raises HelpGone when it was let go meanwhile.
    """
    Circle.objects.select_for_update().get(pk=request.circle_id)
    Circle.objects.select_for_update().get(children=request.circle_id)
    found = HelpRequest.objects.select_for_update(of=("self",)).select_related(
        "circle__parent", "session"
    )
    now = found.filter(pk=request.pk).first()
    if now is None:
        raise HelpGone
    return now


def sides(request: HelpRequest) -> list[HelpPart]:
    """The sides of a mediation, in the order in which they were named."""
    parts = request.parts.filter(role=HelpPart.Role.SIDE)
    return list(parts.select_related("person").order_by("pk"))


def helper(request: HelpRequest) -> HelpPart | None:
    """Who helps, or offers to."""
    parts = request.parts.filter(role=HelpPart.Role.HELPER)
    return parts.select_related("person").first()


def is_side(request: HelpRequest, person: Person) -> bool:
    """Whether the person is one of the sides."""
    return request.parts.filter(role=HelpPart.Role.SIDE, person=person).exists()


def look_on(request: HelpRequest) -> None:
    """An offer came to nothing: the next one can come."""
    request.state = HelpRequest.State.LOOKING
    request.looking_since = timezone.now()
    request.came_at = None
    request.talk_at, request.talk_where = None, ""
    request.save()
    request.parts.update(said_yes=False)
    if not request.is_visit:
        tell(request, "not_yet", [side.person for side in sides(request)])


def tell(request: HelpRequest, step: str, people: Iterable[Person], **payload: str) -> None:
    """Owe each of them the mail about this step."""
    key = f"{request.pk} {step} {timezone.now():%Y%m%dT%H%M%S%f}"
    about = {"key": key, "ref": request.pk, "payload": {"step": step, **payload}}
    owe_all(Notice(kind=HELP, person=person, **about) for person in people)

"""A mediation that has come about: its talk, and what it leaves behind."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from circles.errors import AlreadyAnswered, NotAllowed
from congregation.errors import TalkHasPassed
from congregation.models import HelpPart, HelpRequest
from congregation.services.help.shared import helper, is_side, locked, sides, tell
from people.models import Person

Role, State = HelpPart.Role, HelpRequest.State


@transaction.atomic
def set_talk(*, request: HelpRequest, by: Person, at: datetime, where: str) -> None:
    """The mediator sets when and where the talk is; the sides hear by mail, in their own time.

    Raises NotAllowed, AlreadyAnswered when the mediation is over, TalkHasPassed.
    """
    request = locked(request)
    mediator = helper(request)
    if mediator is None or mediator.person_id != by.pk or request.is_visit:
        raise NotAllowed
    if request.state != State.CAME:
        raise AlreadyAnswered
    if at <= timezone.now():
        raise TalkHasPassed
    if (request.talk_at, request.talk_where) == (at, where):
        return
    request.talk_at, request.talk_where = at, where
    request.save(update_fields=["talk_at", "talk_where"])
    people = [side.person for side in sides(request)]
    tell(request, "talk", people, at=at.isoformat(), where=where)


@transaction.atomic
def close_mediation(
    *, request: HelpRequest, by: Person, heard: str, next_step: str, look_again_on: date
) -> None:
    """Write down what was heard, what happens next, and a day to look again.

    The mediator or one of the sides does it, once; the others hear that it is there. Raises
    NotAllowed, AlreadyAnswered.
    """
    request = locked(request)
    mediator = helper(request)
    is_mediator = mediator is not None and mediator.person_id == by.pk
    if request.is_visit or not (is_mediator or is_side(request, by)):
        raise NotAllowed
    if request.state != State.CAME:
        raise AlreadyAnswered
    request.state = State.OVER
    request.heard, request.next_step = heard, next_step
    request.look_again_on = look_again_on
    request.save()
    people = [side.person for side in sides(request)] + ([mediator.person] if mediator else [])
    tell(request, "closed", [person for person in people if person != by])


@transaction.atomic
def let_go(*, request: HelpRequest, by: Person) -> bool:
    """Wish that the request and what was written goes; with every side's wish it does, and True.

    Raises NotAllowed, AlreadyAnswered while it goes on.
    """
    _wish(request, by, lets_go=True)
    if request.parts.filter(role=Role.SIDE, lets_go=False).exists():
        return False
    request.delete()
    return True


@transaction.atomic
def keep(*, request: HelpRequest, by: Person) -> None:
    """Take one's wish back. Raises NotAllowed, AlreadyAnswered."""
    _wish(request, by, lets_go=False)


def _wish(request: HelpRequest, by: Person, *, lets_go: bool) -> None:
    now = locked(request)
    if now.is_visit or not is_side(now, by):
        raise NotAllowed
    if now.state not in {State.OVER, State.TAKEN_BACK}:
        raise AlreadyAnswered
    now.parts.filter(person=by, role=Role.SIDE).update(lets_go=lets_go)

"""Offering help, and answering who offers."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.errors import AlreadyAnswered, CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import present
from circles.services.seats import locked as locked_circle
from congregation.errors import HelpGone, OfferChanged, SomebodyOffered, StandsInside
from congregation.models import Glad, HelpPart, HelpRequest
from congregation.services.help.shared import helper, locked, look_on, sides, tell
from people.models import Person
from practice.services.guests import invite_guest

Role, State = HelpPart.Role, HelpRequest.State


@transaction.atomic
def be_glad(*, congregation: Circle, by: Person, to_visit: bool, to_mediate: bool) -> None:
    """Say what one is glad to do for other tables; both off takes it back.

    Raises NotAllowed without a seat, CircleClosed.
    """
    circle = locked_circle(congregation)
    if not present(circle, by):
        raise NotAllowed
    if to_visit or to_mediate:
        words = {"to_visit": to_visit, "to_mediate": to_mediate}
        Glad.objects.update_or_create(circle=circle, person=by, defaults=words)
    else:
        Glad.objects.filter(circle=circle, person=by).delete()


@transaction.atomic
def offer(*, request: HelpRequest, by: Person) -> None:
    """Offer to come. Those who answer hear by mail; until then nobody else can offer.

    Raises HelpGone, SomebodyOffered, StandsInside, NotAllowed for who is not of the congregation
    or has not said that they are glad to.
    """
    request = locked(request)
    part = request.parts.filter(person=by).first()
    if part is not None and part.role in {Role.SIDE, Role.INSIDE}:
        raise StandsInside
    if not HelpRequest.objects.looking(timezone.now()).filter(pk=request.pk).exists():
        raise SomebodyOffered if request.state in {State.OFFERED, State.CAME} else HelpGone
    if part is not None or not _is_glad(request, by):
        raise NotAllowed
    if present(request.circle, by):
        raise StandsInside
    try:
        with transaction.atomic():
            HelpPart.objects.create(request=request, person=by, role=Role.HELPER)
    except IntegrityError as error:
        raise SomebodyOffered from error
    request.state = State.OFFERED
    request.save(update_fields=["state"])
    tell(request, "offered", answering(request), helper=str(by.pk))


def _is_glad(request: HelpRequest, person: Person) -> bool:
    parent = request.circle.parent
    glad = Glad.objects.filter(circle=parent, person=person)
    wanted = {"to_visit": True} if request.is_visit else {"to_mediate": True}
    return parent is not None and present(parent, person) and glad.filter(**wanted).exists()


def answering(request: HelpRequest) -> list[Person]:
    """Who says yes or no to an offer: any crewmate for a visit, each side for a mediator."""
    if request.is_visit:
        return [seat.person for seat in request.circle.memberships.present().at_table()]
    return [side.person for side in sides(request)]


@transaction.atomic
def agree(*, request: HelpRequest, by: Person, helper_seen: int) -> bool:
    """Say yes to who offers; True when that was the last yes that was missing.

    A visitor is invited to the meeting with the first yes; a mediator needs every side's.
    `helper_seen` is the id of whom the reader saw. Raises NotAllowed, OfferChanged,
    AlreadyAnswered, and for a visit what `invite_guest` does.
    """
    request, offered = _answerable(request, by, helper_seen)
    if request.session is not None:
        invite_guest(session=request.session, by=by, person=offered.person)
        _has_come(request, offered)
        return True
    request.parts.filter(person=by, role=Role.SIDE).update(said_yes=True)
    return settle(request)


@transaction.atomic
def decline(*, request: HelpRequest, by: Person, helper_seen: int) -> None:
    """Rather not with this one. They hear a thank-you; who said it is kept nowhere.

    Raises NotAllowed, OfferChanged, AlreadyAnswered.
    """
    request, offered = _answerable(request, by, helper_seen)
    HelpPart.objects.filter(pk=offered.pk).update(role=Role.THANKED)
    tell(request, "thanks", [offered.person])
    look_on(request)


def _answerable(request: HelpRequest, by: Person, helper_seen: int) -> tuple[HelpRequest, HelpPart]:
    request = locked(request)
    if by not in answering(request):
        raise NotAllowed
    if not request.circle.is_open:
        raise CircleClosed
    offered = helper(request)
    if request.state != State.OFFERED or offered is None:
        raise AlreadyAnswered
    if offered.person_id != helper_seen:
        raise OfferChanged
    return request, offered


def settle(request: HelpRequest) -> bool:
    """Once every side of a locked request has said yes, the mediator has come."""
    offered = helper(request)
    if request.state != State.OFFERED or offered is None:
        return False
    if request.parts.filter(role=Role.SIDE, said_yes=False).exists():
        return False
    _has_come(request, offered)
    tell(request, "came", [side.person for side in sides(request)])
    return True


def _has_come(request: HelpRequest, offered: HelpPart) -> None:
    request.state = State.CAME
    request.came_at = timezone.now()
    request.save(update_fields=["state", "came_at"])
    if not request.is_visit:
        # A visitor gets the invitation to the meeting itself.
        tell(request, "welcome", [offered.person])


@transaction.atomic
def step_back(*, request: HelpRequest, by: Person) -> None:
    """Take one's offer back, or lay the mediation down; the next can offer.

    The sides read the same as when one of them said no. Raises NotAllowed, AlreadyAnswered.
    """
    request = locked(request)
    mine = request.parts.filter(person=by, role=Role.HELPER).first()
    if mine is None:
        raise NotAllowed
    if request.state != State.OFFERED and (request.is_visit or request.state != State.CAME):
        raise AlreadyAnswered
    HelpPart.objects.filter(pk=mine.pk).update(role=Role.THANKED)
    look_on(request)

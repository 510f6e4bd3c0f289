"""My dyads, and asking somebody to be one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle, Invitation
from circles.scales import Scale
from circles.seats import circles_with_seat
from circles.views.invitations import lead_to
from dyads import services
from dyads.errors import AlreadyADyad, AskedByThem, NotLooking
from dyads.forms.dyad import AskForm, BeginForm, FindForm
from dyads.showing.asking import found
from dyads.showing.cards import asking, my_dyads
from dyads.showing.ending import last_pages
from dyads.showing.round_waiting import pairing_comes
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of


def index(request: HttpRequest) -> HttpResponseBase:
    """My dyads, and invitations to one that wait for me."""
    person = person_of(request)
    context = {
        "mine": my_dyads(person),
        "asking": asking(person),
        "last_pages": last_pages(person),
        "pairing": pairing_comes(person),
    }
    return page(request, "dyads/index.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Whom with? Somebody of my congregations, or anybody by mail."""
    person = person_of(request)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dyad = services.begin(by=person, **form.words)
        except CircleError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("Your invitation is on its way."))
            return go(request, dyad)
    search = FindForm(request.GET)
    words = search.cleaned_data["who"] if search.is_valid() else ""
    congregations = circles_with_seat(person, Scale.CONGREGATION)
    context = {
        "form": form,
        "words": words,
        "found": found(person, words),
        "is_alone": not congregations,
        "has_several": len(congregations) > 1,
    }
    status = 422 if form.errors else 200
    return page(request, "dyads/begin.html", context, part="found", status=status)


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def invite(request: HttpRequest, congregation: Circle, person_pk: int) -> HttpResponseBase:
    """Ask one person of a congregation to be a dyad."""
    by = person_of(request)
    other = _once_here(congregation, by, person_pk)
    if not (other.is_active and congregation.memberships.present().of(other).exists()):
        said = _("{who} has left {place}. You can still ask them by mail.")
        messages.warning(request, said.format(who=other.first_name, place=congregation))
        return go(request, "dyads:begin")
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dyad = services.begin(by=by, person=other, parent=congregation, **form.words)
        except AlreadyADyad as error:
            return _lead_there(request, error)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            said = _("Your invitation to {who} is on its way.")
            messages.success(request, said.format(who=other.first_name))
            return go(request, dyad)
    elif request.method == "GET" and (stands := _known_between(by, other)):
        return _lead_there(request, stands)
    context = {"form": form, "other": other, **_looks(other)}
    return page(request, "dyads/invite.html", context, status=422 if form.errors else 200)


def _once_here(congregation: Circle, by: Person, pk: int) -> Person:
    """Somebody who sits in this congregation or did so; else 404."""
    if congregation.scale != Scale.CONGREGATION:
        raise Http404
    seats = congregation.memberships.exclude(person=by).select_related("person")
    seat = seats.filter(person=pk).first()
    if seat is None:
        raise Http404
    return seat.person


def _looks(other: Person) -> dict[str, Any]:
    has_enough = other.pk in services.with_enough([other.pk])
    return {"not_looking": str(NotLooking(other)) if has_enough else ""}


def _known_between(by: Person, other: Person) -> AlreadyADyad | None:
    """How it stands between the two, as far as `by` may know before they ask."""
    try:
        services.require_none_yet(by, other)
    except AskedByThem as error:
        known = Invitation.objects.for_person(by).filter(pk=error.invitation.pk)
        return error if known.exists() else None
    except AlreadyADyad as error:
        return error
    return None


def _lead_there(request: HttpRequest, error: AlreadyADyad) -> HttpResponseBase:
    """To the invitation that waits, or to the dyad that there is."""
    messages.info(request, str(error))
    if isinstance(error, AskedByThem):
        return lead_to(request, error.invitation)
    return go(request, error.dyad)

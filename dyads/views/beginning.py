"""My dyads, and asking somebody to be one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle, Invitation, Membership
from circles.scales import Scale
from circles.seats import circles_with_seat
from dyads import services
from dyads.forms.dyad import AskForm, BeginForm, FindForm
from dyads.showing.cards import my_dyads
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of

MOST_FOUND = 24


def index(request: HttpRequest) -> HttpResponseBase:
    """My dyads, and invitations to one that wait for me."""
    person = person_of(request)
    context = {
        "mine": my_dyads(person),
        "invitations": Invitation.objects.waiting()
        .for_person(person)
        .filter(circle__scale=Scale.DYAD)
        .select_related("circle", "invited_by")[:20],
    }
    return page(request, "dyads/index.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Whom with? Somebody of my congregations, or anybody by mail."""
    person = person_of(request)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dyad = services.begin(by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("Your invitation is on its way."))
            return go(request, dyad)
    search = FindForm(request.GET)
    words = search.cleaned_data["who"] if search.is_valid() else ""
    context = {
        "form": form,
        "words": words,
        "found": _found(person, words),
        "is_alone": not circles_with_seat(person, Scale.CONGREGATION),
    }
    status = 422 if form.errors else 200
    return page(request, "dyads/begin.html", context, part="found", status=status)


def _found(person: Person, words: str) -> list[Membership]:
    """People of my congregations whose name has these words in it; a handful without words."""
    mine = circles_with_seat(person, Scale.CONGREGATION)
    seats = Membership.objects.present().filter(circle__in=mine).exclude(person=person)
    if words:
        seats = seats.filter(person__name__icontains=words)
    return list(seats.select_related("person", "circle").order_by("person__name")[:MOST_FOUND])


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def invite(request: HttpRequest, congregation: Circle, person_pk: int) -> HttpResponseBase:
    """Ask one person of a congregation to be a dyad."""
    if congregation.scale != Scale.CONGREGATION:
        raise Http404
    by = person_of(request)
    seats = congregation.memberships.present().exclude(person=by).select_related("person")
    other = get_object_or_404(seats, person=person_pk).person
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dyad = services.begin(by=by, person=other, parent=congregation, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Your invitation to {who} is on its way.").format(who=other.first_name)
            )
            return go(request, dyad)
    context = {"form": form, "other": other, "circle": congregation}
    return page(request, "dyads/invite.html", context, status=422 if form.errors else 200)

"""A congregation's own page, changing it, and its link."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circles import services as circles
from circles.access import circle_view, seat_of
from circles.errors import TooFewSeats
from circles.models import InvitationLink
from circles.saying import saying
from congregation import services
from congregation.forms.congregation import EditForm
from congregation.models import Congregation
from congregation.picture import room
from congregation.showing import congregation as showing
from congregation.showing.parts import parts_of
from notifications.links import absolute
from pages.respond import go, page
from people.signed_in import person_of
from practice.showing.meetings import coming_in, open_polls

MOST_COMING = 4


@require_safe
@circle_view(Congregation)
def congregation(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """What is coming, where a seat is open, who is there."""
    person = person_of(request)
    seat = seat_of(person, congregation)
    people = congregation.memberships.present().count()
    crews = showing.crews_of(congregation, person)
    first = showing.unfolded(crews)
    mine = [congregation, *(row.circle for row in crews if row.is_mine)]
    is_steward = bool(seat and seat.is_steward)
    context = {
        "circle": congregation,
        "is_steward": is_steward,
        "people": people,
        "size_in_words": showing.size_in_words(congregation, people),
        "faces": showing.newest_faces(congregation, person),
        "room": room(people),
        "crews": crews[:first],
        "other_crews": crews[first:],
        "has_crew": any(row.is_mine for row in crews),
        "coming": coming_in(mine, limit=MOST_COMING),
        "polls": open_polls(congregation),
        "is_full": people >= congregation.seats,
        "parts": parts_of(congregation, person, is_steward=is_steward),
    }
    if is_steward:
        context["asking"] = congregation.requests.waiting().count()
    return page(request, "congregation/congregation.html", context)


@require_http_methods(["GET", "POST"])
@circle_view(Congregation, stewards_only=True)
def edit(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """For stewards: name, words, whether it may be found, its bounds."""
    form = EditForm(request.POST or None, instance=copy(congregation))
    if request.method == "POST" and form.is_valid():
        try:
            services.change(congregation=congregation, by=person_of(request), **form.cleaned_data)
        except TooFewSeats as error:
            form.add_error("seats", str(error))
        else:
            messages.success(request, _("It is changed."))
            return go(request, congregation)
    context = {"circle": congregation, "form": form}
    return page(request, "congregation/edit.html", context, status=422 if form.errors else 200)


@require_safe
@circle_view(Congregation, stewards_only=True)
def link(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """For stewards: the link that seats whoever holds it."""
    current = InvitationLink.objects.filter(circle=congregation, ended_at__isnull=True)
    found = current.select_related("made_by").first()
    context = {
        "circle": congregation,
        "link": found,
        "address": absolute(found.get_absolute_url()) if found else "",
    }
    return page(request, "congregation/link.html", context)


@require_POST
@circle_view(Congregation, stewards_only=True)
def renew_link(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """Make a new link; the old one opens nothing any more."""
    return _changed_link(request, congregation, is_on=True)


@require_POST
@circle_view(Congregation, stewards_only=True)
def end_link(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """End the link."""
    return _changed_link(request, congregation, is_on=False)


def _changed_link(
    request: HttpRequest, congregation: Congregation, *, is_on: bool
) -> HttpResponseBase:
    person = person_of(request)
    with saying(request):
        if is_on:
            circles.renew_link(circle=congregation, by=person)
            messages.success(request, _("Here is a new link. An older one opens nothing now."))
        else:
            circles.end_link(circle=congregation, by=person)
            messages.success(request, _("The link is ended. Nobody can come in by it now."))
    return go(request, "congregation:link", congregation.pk)

"""Guests of one meeting."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.errors import CircleError
from circles.saying import saying
from pages.respond import go, page
from people.signed_in import person_of
from practice import services
from practice.access import session_view
from practice.forms import GuestForm
from practice.models import PracticeSession
from practice.models.guest import MOST_AT_TABLE


@require_http_methods(["GET", "POST"])
@session_view
def guests(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Who is invited to this meeting, and one more."""
    if not services.welcomes_guests(session.circle):
        raise Http404
    people = services.may_be_guests(session)
    form = GuestForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            guest = services.invite_guest(
                session=session, by=person_of(request), **form.cleaned_data
            )
        except CircleError as error:
            form.add_error("person", str(error))
        else:
            said = _("{who} hears by mail in a few minutes.").format(who=guest.person.first_name)
            messages.success(request, said)
            return go(request, session)
    at_table = services.at_table(session)
    context = {
        "session": session,
        "circle": session.circle,
        "congregation": session.circle.parent,
        "form": form,
        "guests": session.guests.select_related("person", "invited_by").order_by("invited_at"),
        "has_room": at_table < MOST_AT_TABLE,
        "crowd": at_table if at_table > MOST_AT_TABLE else 0,
        "is_open": not (session.is_over or session.is_cancelled) and session.circle.is_open,
        "somebody": people.exists(),
    }
    return page(request, "practice/guests.html", context, status=422 if form.errors else 200)


@require_POST
@session_view
def take_back(request: HttpRequest, session: PracticeSession, guest: int) -> HttpResponseBase:
    """Take an invitation back."""
    invited = get_object_or_404(session.guests.select_related("person", "session"), pk=guest)
    with saying(request, _("The invitation is taken back.")):
        services.take_back_guest(guest=invited, by=person_of(request))
    return go(request, "practice:guests", session.pk)

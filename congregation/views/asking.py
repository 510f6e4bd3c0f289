"""Asking for help from outside: the ladder, a visitor, a mediator."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circles.errors import CircleError
from circles.models import Circle
from congregation.access import table_view
from congregation.forms.help import MediatorForm, VisitorForm
from congregation.services import help as services
from congregation.showing import help as showing
from pages.respond import go, page
from people.signed_in import person_of
from practice.models import PracticeSession
from practice.services.guests import welcomes_guests
from practice.services.permission import people_of


@require_safe
@table_view
def ladder(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """From one's own table outwards, one rung after the other."""
    context = {
        "circle": circle,
        "congregation": circle.parent,
        "known": showing.known_at(circle, person_of(request)),
        "welcomes_guests": welcomes_guests(circle),
        "has_meeting": bool(showing.coming_sessions(circle)),
        "people": len(people_of(circle)),
    }
    return page(request, "congregation/help/ladder.html", context)


@require_http_methods(["GET", "POST"])
@table_view
def visitor(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """Ask for somebody who comes to one meeting."""
    if not welcomes_guests(circle):
        raise Http404
    sessions = PracticeSession.objects.filter(pk__in=showing.coming_sessions(circle))
    form = VisitorForm(request.POST or None, sessions=sessions)
    if request.method == "POST" and form.is_valid():
        words, session = form.cleaned_data["words"], form.cleaned_data["session"]
        try:
            asked = services.ask_visitor(session=session, by=person_of(request), words=words)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            said = _("It is asked. Those who are glad to visit read it, and you hear by mail.")
            messages.success(request, said)
            return go(request, asked)
    context = {"circle": circle, "form": form, "has_meeting": sessions.exists()}
    status = 422 if form.errors else 200
    return page(request, "congregation/help/visitor.html", context, status=status)


@require_http_methods(["GET", "POST"])
@table_view
def mediator(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """Ask for somebody who sits between two sides."""
    by, people = person_of(request), people_of(circle)
    form = MediatorForm(request.POST or None, circle=circle, by=by, people=people)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            asked = services.ask_mediator(circle=circle, by=by, words=words, other=form.other)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            said = _("It is asked. Nothing happens without the yes of each of you.")
            messages.success(request, said)
            return go(request, asked)
    context = {"circle": circle, "form": form, "people": len(people)}
    status = 422 if form.errors else 200
    return page(request, "congregation/help/mediator.html", context, status=status)

"""Moving, calling off and changing one meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from pages.respond import go, page
from people.signed_in import person_of
from practice import services
from practice.access import planning_view
from practice.forms import DetailsForm, SeenForm, WhenForm, local_initial
from practice.models import PracticeSession
from practice.showing import people_of


def _seen(request: HttpRequest) -> int | None:
    """The state of the meeting the form was drawn from."""
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else None


@require_http_methods(["GET", "POST"])
@planning_view
def move(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Another day or time for this one meeting."""
    person = person_of(request)
    zones = [session.time_zone, person.time_zone]
    form = WhenForm(request.POST or None, zones=zones, initial=local_initial(session))
    if request.method == "POST" and form.is_valid():
        try:
            services.move(
                session=session,
                by=person,
                starts_at=form.cleaned_data["starts_at"],
                minutes=form.cleaned_data["minutes"],
                seen=_seen(request),
            )
        except CircleError as error:
            form.add_error("day", str(error))
        else:
            messages.success(
                request, _("Moved. In a few minutes the others hear by mail how it stands.")
            )
            return go(request, session)
    context = {"session": session, "circle": session.circle, "form": form}
    return page(request, "practice/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@planning_view
def cancel(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Call off this meeting, or this and all that follow."""
    if request.method == "GET":
        following = PracticeSession.objects.following(session).happening()
        context = {
            "session": session,
            "circle": session.circle,
            "more": following.count() - 1,
        }
        return page(request, "practice/cancel.html", context)
    try:
        count = services.cancel(
            session=session,
            by=person_of(request),
            following=request.POST.get("which") == "following",
            seen=_seen(request),
        )
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, session)
    said = ngettext(
        "The meeting is called off. The others hear by mail.",
        "{count} meetings are called off. The others hear by mail.",
        count,
    )
    messages.success(request, said.format(count=count))
    # There the rest of its programme can be shifted along.
    return go(request, session if session.programme_part_id else session.circle)


@require_http_methods(["GET", "POST"])
@planning_view
def details(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """The practice, the host, the place."""
    initial = {
        "practice": session.practice_id,
        "host": session.host_id,
        "place": session.place,
        "link": session.link,
    }
    form = DetailsForm(
        request.POST or None, session=session, people=people_of(session.circle), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_details(
                session=session, by=person_of(request), seen=_seen(request), **form.cleaned_data
            )
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Changed. The reminder will say so."))
            return go(request, session)
    context = {"session": session, "circle": session.circle, "form": form}
    return page(request, "practice/details.html", context, status=422 if form.errors else 200)

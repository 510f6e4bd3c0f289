"""Moving, calling off and changing meetings: one, or one and all that follow."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from practice import services
from practice.access import for_one_too, is_for_one, planning_view
from practice.forms import DetailsForm, MoveForm, SeenForm, local_initial
from practice.models import PracticeSession, Rhythm
from practice.showing.meetings import people_of
from practice.showing.wording import rhythm_in_words


def _seen(request: HttpRequest) -> int | None:
    """The state of the meeting the form was drawn from."""
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else None


def _more(session: PracticeSession) -> int:
    """How many meetings of its rhythm follow this one."""
    return max(0, PracticeSession.objects.following(session).happening().count() - 1)


@require_http_methods(["GET", "POST"])
@planning_view
@for_one_too
def move(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Another day, time or length: for this meeting, or for it and all that follow."""
    person = person_of(request)
    form = MoveForm(
        request.POST or None,
        zones=[session.time_zone, person.time_zone],
        more=0 if session.has_begun else _more(session),
        initial=local_initial(session),
    )
    if request.method == "POST" and form.is_valid():
        try:
            said = _move(session, person, form, _seen(request))
        except CircleError as error:
            form.add_error("day", str(error))
        else:
            messages.success(request, said)
            return go(request, session)
    context = {"session": session, "circle": session.circle, "form": form}
    return page(request, "practice/move.html", context, status=422 if form.errors else 200)


def _move(session: PracticeSession, by: Person, form: MoveForm, seen: int | None) -> str:
    """Move what was wished; returns how it stands now, in words."""
    typed: dict[str, Any] = {
        "session": session,
        "by": by,
        "minutes": form.cleaned_data["minutes"],
        "seen": seen,
    }
    if not form.is_for_following:
        services.move(starts_at=form.cleaned_data["starts_at"], **typed)
        if is_for_one(session.circle):
            return _("Moved.")
        return _("Moved. In a few minutes the others hear by mail how it stands.")
    when = {name: form.cleaned_data[name] for name in ("day", "at", "time_zone")}
    services.move_following(**typed, **when)
    rhythm = Rhythm.objects.get(sessions=session)
    said = _("It goes on like this: {rhythm}.")
    if not is_for_one(session.circle):
        said = _("It goes on like this: {rhythm}. In a few minutes the others hear by mail.")
    return said.format(rhythm=rhythm_in_words(rhythm))


@require_http_methods(["GET", "POST"])
@planning_view
@for_one_too
def cancel(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Call off this meeting, or this and all that follow."""
    if request.method == "GET":
        context = {"session": session, "circle": session.circle, "more": _more(session)}
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
        "The meeting is called off. The others hear by mail in a few minutes.",
        "{count} meetings are called off. The others hear by mail in a few minutes.",
        count,
    ).format(count=count)
    if is_for_one(session.circle):
        said = _("Called off.")
    back = reverse("practice:take_back", args=[session.pk])
    messages.success(
        request, format_html('{} <a href="{}">{}</a>', said, back, _("Take that back"))
    )
    # There the rest of its programme can be shifted along.
    return go(request, session if session.programme_part_id else session.circle)


@require_http_methods(["GET", "POST"])
@planning_view
@for_one_too
def take_back(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Let it take place after all; or all that were called off with it."""
    together = PracticeSession.objects.called_off_with(session).count()
    if request.method == "GET":
        context = {"session": session, "circle": session.circle, "together": together}
        return page(request, "practice/take_back.html", context)
    try:
        count = services.take_back(
            session=session,
            by=person_of(request),
            together=request.POST.get("which") == "together",
            seen=_seen(request),
        )
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, session)
    said = ngettext(
        "It takes place after all. What each of you had answered stands.",
        "{count} meetings take place after all. What each of you had answered stands.",
        count,
    )
    if is_for_one(session.circle):
        said = _("It takes place after all.")
    messages.success(request, said.format(count=count))
    return go(request, session)


@require_http_methods(["GET", "POST"])
@planning_view
def details(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """The practice, the host, the place: for this meeting, or for it and all that follow."""
    initial = {
        "practice": session.practice_id,
        "host": session.host_id,
        "place": session.place,
        "link": session.link,
    }
    form = DetailsForm(
        request.POST or None,
        session=session,
        people=people_of(session.circle),
        more=_more(session),
        initial=initial,
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

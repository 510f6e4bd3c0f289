"""The table while a meeting happens: look, begin, press, swap roles, leave well."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import seat_of
from circles.errors import CircleError
from pages.respond import asked_by_htmx, go, page
from people.signed_in import person_of
from practice import errors, services
from practice.access import attending_view, planning_view, session_view
from practice.concerned import people_at
from practice.forms import BeginForm, HereForm, PressForm, RolesForm
from practice.models import Holding, PracticeSession
from practice.rules.roles import SCRIBE
from practice.showing.after import further_after
from practice.showing.casting import cast, taking_part
from practice.showing.meetings import meeting_of, people_of
from practice.showing.notes import notes_of
from practice.showing.programmes import part_of
from practice.showing.table import table_of

# Beside an answer that is not drawn anew: the server's clock, in milliseconds since 1970.
CLOCK = "Table-Clock"


@attending_view
def hold(request: HttpRequest, session: PracticeSession, said: str = "") -> HttpResponseBase:
    """The order of the meeting, where we are in it, and the buttons."""
    if session.is_cancelled:
        return go(request, session)
    table = table_of(session, person_of(request), people_at(session))
    context = {
        "table": table,
        "session": session,
        "circle": session.circle,
        "said": said,
        "part": part_of(session),
        "is_guest": seat_of(table.reader, session.circle) is None,
        "may_plan": services.may_plan(session.circle, table.reader),
    }
    response = page(request, "practice/hold.html", context, part="hold")
    response[CLOCK] = str(table.now_ms)
    return response


def state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Whether somebody pressed since the page was drawn: 204 if not, else the part anew.

    Every open page asks every few seconds, so the usual answer costs two small queries.
    """
    now = timezone.now()
    sessions = PracticeSession.objects.concerning(person_of(request)).select_related("holding")
    session = get_object_or_404(sessions, pk=pk)
    found: Holding | None = getattr(session, "holding", None)
    stands = (found.version, found.place(now).step) if found else (0, 0)
    if f"{stands[0]}-{stands[1]}" != request.GET.get("seen"):
        return hold(request, pk=pk)
    return HttpResponse(status=204, headers={CLOCK: str(int(now.timestamp() * 1000))})


@require_POST
@session_view
def begin(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Begin, with those who are here."""
    table = table_of(session, person_of(request), people_at(session))
    form = BeginForm(request.POST, people=table.people)
    here = [person.pk for person in table.likely]
    if table.asks_who_is_here and form.is_valid():
        here = form.cleaned_data["here"]
    return _pressed(
        request,
        session,
        lambda: services.begin(
            session=session,
            by=person_of(request),
            here=here,
            with_frame="framed" in request.POST,
        ),
    )


@require_POST
@session_view
def press(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """One of the buttons."""
    form = PressForm(request.POST)
    if not form.is_valid():
        return _answer(request, session, str(errors.PressedMeanwhile()))
    wish = form.cleaned_data
    return _pressed(
        request,
        session,
        lambda: services.press(session=session, by=person_of(request), **wish),
    )


@require_POST
@session_view
def here(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Somebody is here after all, or isn't."""
    form = HereForm(request.POST)
    if not form.is_valid():
        return _answer(request, session, str(errors.NotAtThisTable()))
    wish = form.cleaned_data
    return _pressed(
        request,
        session,
        lambda: services.note_here(session=session, by=person_of(request), **wish),
    )


def _pressed(
    request: HttpRequest, session: PracticeSession, wish: Callable[[], object]
) -> HttpResponseBase:
    try:
        wish()
    except CircleError as error:
        return _answer(request, session, str(error))
    return _answer(request, session, "")


def _answer(request: HttpRequest, session: PracticeSession, said: str) -> HttpResponseBase:
    if asked_by_htmx(request):
        return hold(request, pk=session.pk, said=said)
    if said:
        messages.info(request, said)
    return go(request, "practice:hold", session.pk)


@require_http_methods(["GET", "POST"])
@planning_view
def roles(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Who has which role this time."""
    person, people = person_of(request), people_at(session)
    free = taking_part(session, people)
    rows = cast(session, free, person)
    hosts = people_of(session.circle)
    form = RolesForm(request.POST or None, rows=rows, people=people, hosts=hosts)
    if request.method == "POST" and form.is_valid():
        try:
            services.swap_roles(session=session, by=person, chosen=form.chosen())
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Swapped. Everyone sees it."))
            is_held = Holding.objects.filter(session=session).exists()
            return go(request, "practice:hold" if is_held else "practice:session", session.pk)
    context = {"session": session, "circle": session.circle, "form": form}
    return page(request, "practice/roles.html", context, status=422 if form.errors else 200)


@session_view
def leave(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Before everybody goes: who was there, what to keep, and when we meet again."""
    person, people = person_of(request), people_at(session)
    sessions = PracticeSession.objects.filter(circle=session.circle).exclude(pk=session.pk)
    coming_up = sessions.to_come(timezone.now()).with_answers().first()
    noted = dict(session.attendances.values_list("person", "was_there"))
    held = Holding.objects.filter(session=session).first()
    there = {pk for pk, was in noted.items() if was} if noted else {*(held.there if held else [])}
    context = {
        "session": session,
        "circle": session.circle,
        "rows": [(one, one.pk in there) for one in people],
        "noted": bool(noted),
        "next": meeting_of(coming_up, person, people_at(coming_up)) if coming_up else None,
        "notes": notes_of(session, person),
        "is_scribe": session.roles.filter(role=SCRIBE, person=person).exists(),
        "further": further_after(session, person),
        "may_plan": services.may_plan(session.circle, person),
    }
    return page(request, "practice/leave.html", context)

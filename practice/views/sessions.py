"""One meeting: read it, answer it, note who was there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from circles.errors import CircleError
from circles.saying import saying
from pages.respond import asked_by_htmx, go, page
from people.signed_in import person_of
from practice import services
from practice.access import attending_view, for_one_too, is_for_one, session_view
from practice.concerned import guests_of, people_at
from practice.forms import AnswerForm, AttendanceForm
from practice.models import Answer, Holding, PracticeSession
from practice.models.guest import MOST_AT_TABLE
from practice.showing.meetings import Meeting, meeting_of
from practice.showing.notes import notes_of
from practice.showing.opening import opening_of
from practice.showing.programmes import part_of
from practice.showing.steps import steps_of
from practice.showing.table import roles_of


@attending_view
@for_one_too
def session(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """When, where, with which practice, who comes; for a guest, that and no more."""
    if is_for_one(session.circle):
        return page(request, "practice/session_for_one.html", {"session": session})
    meeting = meeting_of(session, person_of(request), people_at(session))
    if meeting.is_guest:
        return page(request, "practice/session_as_guest.html", _as_guest(meeting))
    guests = guests_of(session)
    context = {
        **_context(meeting),
        "guests": guests,
        # Somebody took a seat after the guests were asked.
        "crowd": len(meeting.people) if guests and len(meeting.people) > MOST_AT_TABLE else 0,
        "welcomes_guests": services.welcomes_guests(session.circle),
        "may_plan": services.may_plan(session.circle, person_of(request)),
        "part": part_of(session),
        "opening": opening_of(session, meeting.reader, meeting.people),
        "notes": notes_of(session, person_of(request)),
    }
    return page(request, "practice/session.html", context)


def _context(meeting: Meeting) -> dict[str, object]:
    session = meeting.session
    there = dict(session.attendances.values_list("person", "was_there"))
    held = Holding.objects.filter(session=session).first()
    likely = held.there if held else [one.pk for one in meeting.coming]
    roles = roles_of(meeting, held.there if held else None)
    return {
        "meeting": meeting,
        "session": session,
        "circle": session.circle,
        "there": [person for person in meeting.people if there.get(person.pk)],
        "noted": bool(there),
        "rows": [(person, there.get(person.pk, person.pk in likely)) for person in meeting.people],
        "steps": steps_of(session, roles),
        "held": held,
        "roles": roles,
    }


def _as_guest(meeting: Meeting) -> dict[str, object]:
    session = meeting.session
    return {
        "meeting": meeting,
        "session": session,
        "circle": session.circle,
        "guest": next(one for one in guests_of(session) if one.person == meeting.reader),
        "held": Holding.objects.filter(session=session).exists(),
        "steps": steps_of(session),
    }


@require_POST
@attending_view
def answer(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """One tap; the part of the page with the buttons and the table comes back."""
    person = person_of(request)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            count = services.answer(
                session=session,
                by=person,
                choice=form.cleaned_data["answer"],
                word=form.cleaned_data["word"] if "word" in request.POST else None,
                following=form.cleaned_data["following"],
            )
            saved = _said(form.cleaned_data["answer"], count)
        except CircleError as error:
            saved = str(error)
    else:
        saved = _("Choose yes, maybe or no; a word may have up to 200 letters.")
    if not asked_by_htmx(request):
        messages.info(request, saved)
        return go(request, _back(request, session))
    fresh = PracticeSession.objects.with_answers().get(pk=session.pk)
    meeting = meeting_of(fresh, person, people_at(fresh))
    context = {
        "meeting": meeting,
        "saved": saved,
        "back": _back(request, session),
        "large": "large" in request.POST,
    }
    return page(request, "practice/_meeting.html", context)


def _said(choice: str, count: int) -> str:
    if count > 1:
        return ngettext(
            "Noted for this meeting.", "Noted for this meeting and {count} that follow.", count
        ).format(count=count - 1)
    return {
        Answer.Choice.YES: _("Your cup is out."),
        Answer.Choice.MAYBE: _("Noted: you aren’t sure yet."),
        Answer.Choice.NO: _("Noted: you can’t come. Thank you for saying so."),
    }[Answer.Choice(choice)]


def _back(request: HttpRequest, session: PracticeSession) -> str:
    url = request.POST.get("back", "")
    here = {request.get_host()}
    if url.startswith("/") and url_has_allowed_host_and_scheme(url, here, request.is_secure()):
        return url
    return session.get_absolute_url()


@require_POST
@session_view
def attendance(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """Note who was there."""
    people = people_at(session)
    form = AttendanceForm(request.POST, people=people)
    if not form.is_valid():
        messages.warning(request, _("Somebody of that list sits here no longer. Look once more."))
        return go(request, session)
    with saying(request, _("Noted who was there. Anyone of you can put it right.")):
        services.note_attendance(
            session=session,
            by=person_of(request),
            there=set(form.cleaned_data["there"]),
            asked={person.pk for person in people},
        )
    return go(request, _back(request, session))

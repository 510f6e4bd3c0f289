"""Notes that only the circle reads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from pages.respond import asked_by_htmx, go, page
from people.signed_in import person_of
from practice import services
from practice.access import session_view
from practice.forms import NoteForm
from practice.models import PracticeSession, SessionNote
from practice.showing.notes import notes_of


@require_http_methods(["GET", "POST"])
@session_view
def notes(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """All notes of a meeting, and writing one more."""
    person, form = person_of(request), NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_note(session=session, by=person, words=form.cleaned_data["words"])
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            if not asked_by_htmx(request):
                return go(request, f"{session.get_absolute_url()}#notes")
            form = NoteForm()
    shown = notes_of(session, person, number=request.GET.get("page"), form=form, is_open=True)
    context = {"session": session, "circle": session.circle, "notes": shown}
    status = 422 if form.errors else 200
    return page(request, "practice/notes.html", context, part="notes", status=status)


def _own_note(request: HttpRequest, pk: int) -> SessionNote:
    person = person_of(request)
    own = SessionNote.objects.visible_to(person).filter(by=person)
    return get_object_or_404(own.select_related("session__circle"), pk=pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write a note of one's own anew."""
    note = _own_note(request, pk)
    form = NoteForm(request.POST or None, initial={"words": note.words})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_note(note=note, by=person_of(request), words=form.cleaned_data["words"])
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Changed."))
            return go(request, f"{note.session.get_absolute_url()}#notes")
    context = {"note": note, "circle": note.session.circle, "form": form}
    status = 422 if form.errors else 200
    return page(request, "practice/edit_note.html", context, status=status)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a note of one's own away, after asking once."""
    note = _own_note(request, pk)
    if request.method == "POST":
        services.delete_note(note=note, by=person_of(request))
        messages.success(request, _("The note is gone."))
        return go(request, f"{note.session.get_absolute_url()}#notes")
    context = {"note": note, "circle": note.session.circle}
    return page(request, "practice/delete_note.html", context)

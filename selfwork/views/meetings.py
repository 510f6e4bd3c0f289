"""Which part of me was there? Private notes to meetings at small tables."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages.respond import go, page
from people.signed_in import person_of
from practice.models import PracticeSession
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.parallel import NoticedForm
from selfwork.models import Noticed
from selfwork.services import parallel
from selfwork.showing.kept import names_of
from selfwork.showing.noticed import name_of, notes_of, open_note
from selfwork.showing.parts import parts_of


@private_view
@require_safe
def notes(request: HttpRequest) -> HttpResponseBase:
    """All of them, by date."""
    owner = person_of(request)
    shown = notes_of(owner, services.vault_of(owner), request.GET.get("page"))
    return page(request, "selfwork/meetings.html", {"shown": shown})


@private_view
@require_http_methods(["GET", "POST"])
def at(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Note something of a meeting, or change what is noted."""
    owner = person_of(request)
    meetings = PracticeSession.objects.concerning(owner).filter(circle__scale__in=parallel.TABLES)
    session = get_object_or_404(meetings.select_related("circle"), pk=pk)
    note = Noticed.objects.filter(owner=owner, session=session).first()
    if not session.has_begun:
        messages.info(request, _("Come back when it has begun."))
        return go(request, session)
    form = _form(request, note)
    if request.method == "POST" and form.is_valid():
        services.note_of_meeting(owner=owner, session=session, **form.cleaned_data)
        return _noted(request)
    context = {"form": form, "meeting": name_of(session), "back": session.get_absolute_url()}
    return _sheet(request, {**context, "pk": note.pk if note else None})


@private_view
@require_http_methods(["GET", "POST"])
def noticed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A note of one's own, also when the meeting is no longer to be seen."""
    note, owner = _own(request, pk), person_of(request)
    form = _form(request, note)
    if request.method == "POST" and form.is_valid():
        services.rewrite_note(note=note, owner=owner, **form.cleaned_data)
        return _noted(request)
    return _sheet(request, {"form": form, "meeting": name_of(note.session), "pk": note.pk})


@private_view
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete a note, after asking once."""
    note, owner = _own(request, pk), person_of(request)
    if request.method == "POST":
        services.delete_note(note=note, owner=owner)
        messages.success(request, _("It is gone."))
        return go(request, "selfwork:meetings")
    vault = services.vault_of(owner)
    context = {"note": open_note(note, vault, names_of(owner, vault))}
    return page(request, "selfwork/delete_noticed.html", context)


def _own(request: HttpRequest, pk: int) -> Noticed:
    mine = Noticed.objects.filter(owner=person_of(request)).select_related("session__circle")
    return get_object_or_404(mine, pk=pk)


def _form(request: HttpRequest, note: Noticed | None) -> NoticedForm:
    owner, initial = person_of(request), {}
    if note is not None:
        shown = open_note(note, services.vault_of(owner), {})
        initial = {"parts": shown.part_pks, "words": shown.words}
    return NoticedForm(request.POST or None, parts=parts_of(owner), initial=initial)


def _noted(request: HttpRequest) -> HttpResponseBase:
    messages.success(request, _("Kept, for you alone."))
    return go(request, "selfwork:meetings")


def _sheet(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    status = 422 if context["form"].errors else 200
    return page(request, "selfwork/noticed.html", context, status=status)

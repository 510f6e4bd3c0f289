"""Guided practices: beginning one, another part first, who it was, reading, deleting."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.guided import PartChoiceForm, PromptForm, WhoForm
from selfwork.models import Entry, Part
from selfwork.rules.guides import (
    BY_SLUG,
    GUIDES,
    JOURNAL,
    LETTER,
    MEET,
    PROMPTS,
    another_prompt,
    prompt_for,
)
from selfwork.showing.entries import ahead_of, feel_number, open_entry, rows_of_entries
from selfwork.showing.parts import OpenPart, parts_of
from selfwork.showing.would_call import would_call


def entries_of(owner: Person) -> QuerySet[Entry]:
    """The owner's practices, each with its part and the one that waits for it."""
    return Entry.objects.filter(owner=owner).select_related("part", "comes_from")


def own_entry(request: HttpRequest, pk: int) -> Entry:
    """One of the reader's own. Raises Http404."""
    return get_object_or_404(entries_of(person_of(request)), pk=pk)


@private_view
@require_safe
def entries(request: HttpRequest) -> HttpResponseBase:
    """What was done and written, the latest first."""
    owner = person_of(request)
    pages, rows = rows_of_entries(owner, services.vault_of(owner), request.GET.get("page"))
    context = {"page": pages, "rows": rows, "guides": GUIDES}
    return page(request, "selfwork/entries.html", context)


@private_view
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What it is, and a calm beginning."""
    guide, owner = BY_SLUG.get(slug), person_of(request)
    if guide is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    chosen = {"part": request.GET.get("part")}
    form = PartChoiceForm(sent, parts=_parts_for(slug, owner), initial=chosen)
    number = _prompt_in(request) if guide == JOURNAL else None
    if request.method == "POST" and form.is_valid():
        part = _part_of(owner, form.cleaned_data["part"])
        prompt = "" if number is None else str(PROMPTS[number])
        entry = services.begin_entry(owner=owner, kind=guide.kind, part=part, prompt=prompt)
        return go(request, "selfwork:step", entry.pk, 1)
    offered = prompt_for(timezone.localdate()) if number is None else number
    prompt_offered = {
        "number": offered,
        "words": PROMPTS[offered],
        "next": another_prompt(offered),
    }
    context = {
        "guide": guide,
        "form": form if guide == LETTER else None,
        "prompt": prompt_offered if guide == JOURNAL else None,
    }
    return page(request, "selfwork/begin.html", context, status=422 if form.errors else 200)


def _part_of(owner: Person, number: int | None) -> Part | None:
    return Part.objects.filter(owner=owner, pk=number).first() if number else None


def _parts_for(slug: str, owner: Person) -> list[OpenPart]:
    return parts_of(owner) if slug == LETTER.slug else []


def _prompt_in(request: HttpRequest) -> int | None:
    """The question that was chosen; None for none."""
    form = PromptForm(request.POST if request.method == "POST" else request.GET)
    number = form.cleaned_data["prompt"] if form.is_valid() else None
    return None if number is None else number % len(PROMPTS)


@private_view
@require_http_methods(["GET", "POST"])
def another(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another part is speaking: meet that one first, or go on when it has stepped back."""
    owner, entry = person_of(request), own_entry(request, pk)
    if entry.kind != MEET.kind or entry.ended_at is not None:
        return go(request, "selfwork:entry", pk)
    if request.method == "POST":
        first = services.begin_entry(owner=owner, kind=MEET.kind, comes_from=entry)
        return go(request, "selfwork:step", first.pk, max(first.step, 1))
    context = {"entry": entry, "ahead": ahead_of(entry), "feel": feel_number()}
    return page(request, "selfwork/another.html", {**context, "people": would_call(owner)})


@private_view
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who it was: a name for it, or a part one knows."""
    owner, entry = person_of(request), own_entry(request, pk)
    if entry.kind not in {MEET.kind, LETTER.kind} or entry.part is not None:
        return go(request, "selfwork:entry", pk)
    form = WhoForm(request.POST if request.method == "POST" else None, parts=parts_of(owner))
    if request.method == "POST" and form.is_valid():
        known = _part_of(owner, form.cleaned_data.get("part"))
        services.name_part(entry=entry, owner=owner, name=form.cleaned_data["name"], part=known)
        services.end_entry(entry=entry, owner=owner)
        return _named(request, entry)
    opened = open_entry(entry, services.vault_of(owner))
    context = {"opened": opened, "form": form}
    return page(request, "selfwork/who.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, entry: Entry) -> HttpResponseBase:
    if entry.kind == LETTER.kind:
        entry.refresh_from_db()
        talk = services.let_answer(entry=entry, owner=person_of(request))
        return go(request, "selfwork:conversation", talk.pk)
    return go(request, "selfwork:entry", entry.pk)


@private_view
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a letter to its part, and let it answer."""
    entry = own_entry(request, pk)
    if entry.kind != LETTER.kind:
        return go(request, "selfwork:entry", pk)
    if entry.part is None:
        return go(request, "selfwork:who", pk)
    services.end_entry(entry=entry, owner=person_of(request))
    return _named(request, entry)


@private_view
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """It is enough for this time, wherever one stands."""
    entry = own_entry(request, pk)
    services.end_entry(entry=entry, owner=person_of(request))
    return go(request, "selfwork:entry", pk)


@private_view
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was written, to read again and to change."""
    found = own_entry(request, pk)
    opened = open_entry(found, services.vault_of(person_of(request)))
    context = {"opened": opened, "ahead": ahead_of(found), "feel": feel_number()}
    return page(request, "selfwork/entry.html", context)


@private_view
@require_http_methods(["GET", "POST"])
def delete_entry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete one, after asking once."""
    owner, entry = person_of(request), own_entry(request, pk)
    if request.method == "POST":
        services.delete_entry(entry=entry, owner=owner)
        messages.success(request, _("It is gone."))
        return go(request, "selfwork:entries")
    context = {"opened": open_entry(entry, services.vault_of(owner))}
    return page(request, "selfwork/delete_entry.html", context)

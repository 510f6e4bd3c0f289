"""One's own desk: begin, go on, look at it, delete it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circles.errors import CircleError
from circles.models import Circle
from library import services
from library.access import draft_view, own_draft_view, practice_view
from library.comparing import compare
from library.forms.publishing import SendBackForm
from library.forms.writing import (
    MOST_LETTERS,
    ChangeForm,
    Content,
    Writing,
    blank,
    content_of,
    letters_in,
    rearranged,
    typed,
    without_empty_rows,
)
from library.models import Draft, Practice, homes_of
from library.reading import PracticeText
from pages.respond import go, page
from people.signed_in import person_of

MOST_SHOWN = 100


@require_safe
def desk(request: HttpRequest) -> HttpResponseBase:
    """What the reader is writing, what they wrote, and what others lay before them."""
    person = person_of(request)
    published = Practice.objects.visible_to(person).filter(written_by=person)
    waiting = Draft.objects.publishable_by(person).exclude(written_by=person)
    context = {
        "drafts": person.drafts.select_related("home", "practice", "variation_of"),
        "published": published.select_related("home").order_by("title")[:MOST_SHOWN],
        "shelves": Circle.objects.filter(
            pk__in=homes_of(person), practices__isnull=False
        ).distinct(),
        "waiting": waiting.select_related("home", "written_by").order_by("offered_at")[:MOST_SHOWN],
    }
    return page(request, "library/desk.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a practice of one's own."""
    return _begun(request, blank())


@require_http_methods(["GET", "POST"])
@practice_view
def variation(request: HttpRequest, practice: Practice) -> HttpResponseBase:
    """Begin with what another practice says."""
    title = _("{title}, our way").format(title=practice.title)
    return _begun(request, {**content_of(practice.text), "title": title}, variation_of=practice)


@require_http_methods(["GET", "POST"])
@practice_view
def change(request: HttpRequest, practice: Practice) -> HttpResponseBase:
    """Propose the next edition of a congregation's own practice."""
    if practice.home_id not in homes_of(person_of(request)):
        raise PermissionDenied
    return _begun(request, content_of(practice.text), practice=practice)


@require_http_methods(["GET", "POST"])
@own_draft_view
def edit(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Go on writing. With `?look` it says what is missing, beside the fields."""
    if draft.is_offered:
        return go(request, draft)
    if request.method == "GET":
        writing = Writing(draft.content, checked="look" in request.GET)
        return _form(request, writing, draft=draft, practice=draft.practice)
    return _typed(request, draft=draft, practice=draft.practice)


def _begun(
    request: HttpRequest,
    content: Content,
    *,
    practice: Practice | None = None,
    variation_of: Practice | None = None,
) -> HttpResponseBase:
    if request.method == "GET":
        return _form(request, Writing(content), practice=practice, variation_of=variation_of)
    return _typed(request, practice=practice, variation_of=variation_of)


def _typed(request: HttpRequest, **about: Any) -> HttpResponseBase:
    """Something was pressed: rows are moved about, or all of it is kept, complete or not."""
    content = typed(request.POST)
    wish = request.POST.get("do", "keep")
    if wish != "keep":
        return _form(request, Writing(rearranged(content, wish)), **about)
    changed = ChangeForm(request.POST)
    content = without_empty_rows(content)
    writing = Writing(content)
    if not changed.is_valid():
        return _form(request, writing, status=422, **about)
    if letters_in(content) > MOST_LETTERS:
        messages.warning(request, _("That is more than a table can read. Make it shorter."))
        return _form(request, writing, status=422, **about)
    try:
        draft = _kept(request, content, changed.cleaned_data["what_changed"], **about)
    except CircleError as error:
        messages.warning(request, str(error))
        return _form(request, writing, status=422, **about)
    if Writing(content, checked=True).is_complete():
        messages.success(request, _("Kept. Only you can see it."))
        return go(request, draft)
    messages.success(request, _("Kept, as far as it goes. Something is still missing."))
    return go(request, f"{reverse('library:edit', args=[draft.pk])}?look=1")


def _kept(
    request: HttpRequest,
    content: Content,
    what_changed: str,
    *,
    draft: Draft | None = None,
    **about: Any,
) -> Draft:
    by = person_of(request)
    if draft is None:
        return services.begin_draft(by=by, content=content, what_changed=what_changed, **about)
    return services.change_draft(draft=draft, by=by, content=content, what_changed=what_changed)


def _form(
    request: HttpRequest, writing: Writing, *, status: int = 200, **about: Any
) -> HttpResponseBase:
    draft: Draft | None = about.get("draft")
    first = {"what_changed": draft.what_changed} if draft else {}
    context = {
        "form": writing.form,
        "steps": writing.steps,
        "is_incomplete": writing.form.is_bound and not writing.is_complete(),
        "change_form": ChangeForm(request.POST or None, initial=first)
        if about.get("practice")
        else None,
        "moved": request.POST.get("do", ""),
        **about,
    }
    return page(request, "library/write.html", context, part="steps", status=status)


@require_safe
@draft_view
def draft(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Read a draft as the table would; offer it, or answer what others offer."""
    return show_draft(request, draft, SendBackForm())


def show_draft(request: HttpRequest, draft: Draft, answer: SendBackForm) -> HttpResponseBase:
    """The draft's page, with the form for a word to its writer as it stands."""
    person = person_of(request)
    writing = Writing(draft.content, checked=True)
    text = writing.text() if writing.is_complete() else None
    is_mine = draft.written_by == person
    context = {
        "draft": draft,
        "text": text,
        "is_mine": is_mine,
        "homes": services.homes_for(draft, person) if is_mine else [],
        "answer": None if is_mine else answer,
        **_compared(draft, text),
    }
    return page(request, "library/draft.html", context, status=422 if answer.errors else 200)


def _compared(draft: Draft, text: PracticeText | None) -> dict[str, Any]:
    """What a proposed change changes, and of which edition."""
    latest = draft.practice.editions.first() if draft.practice else None
    if latest is None or text is None:
        return {}
    return {"changes": compare(latest.text, text), "latest": latest}


@require_http_methods(["GET", "POST"])
@own_draft_view
def delete(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Throw it away, after a look at what it is."""
    if request.method == "POST":
        services.delete_draft(draft=draft, by=person_of(request))
        messages.success(request, _("It is gone."))
        return go(request, "library:desk")
    return page(request, "library/delete_draft.html", {"draft": draft})


@require_POST
@own_draft_view
def take_back(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Back to the desk, to go on writing."""
    try:
        services.take_back(draft=draft, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, "library:desk")
    messages.success(request, _("It is on your desk again."))
    return go(request, draft)

"""A guided practice, step by step."""

import uuid

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.guided import BesideForm, LeaveForm, StepForm
from selfwork.models import Entry
from selfwork.rules.guides import ELSE, FEEL, MEET, PODS, guide_of
from selfwork.showing.entries import OpenEntry, ahead_of, open_entry
from selfwork.showing.would_call import would_call
from selfwork.views.entries import own_entry


@private_view
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """One calm page of it. Going on keeps what stands on it."""
    owner, entry = person_of(request), own_entry(request, pk)
    opened = _opened_at(entry, owner, number)
    sent = request.POST if request.method == "POST" else None
    asked, initial = opened.guide.steps[number - 1], _initial(opened, number)
    form = StepForm(sent, step=asked, initial=initial)
    if request.method == "POST" and form.is_valid():
        if _keep(entry, owner, number, form) is None:
            return go(request, "selfwork:step", pk, number)
        return _onward(request, entry, number, form.cleaned_data.get("choice", ""))
    return _step_page(request, opened, number, form)


def _opened_at(entry: Entry, owner: Person, number: int) -> OpenEntry:
    opened = open_entry(entry, services.vault_of(owner))
    if not 1 <= number <= len(opened.steps):
        raise Http404
    return opened


def _initial(opened: OpenEntry, number: int) -> dict[str, object]:
    sheet = opened.steps[number - 1].sheet
    said = sheet.said
    if opened.is_letter and number == 1 and sheet.is_empty and opened.part:
        said = _("Dear %(name)s,") % {"name": opened.part}
    key, version = uuid.uuid4(), opened.entry.version
    return {"key": key, "version": version, "said": said, "choice": sheet.choice}


def _step_page(
    request: HttpRequest, opened: OpenEntry, number: int, form: StepForm
) -> HttpResponseBase:
    context = {
        "opened": opened,
        "asked": opened.steps[number - 1],
        "form": form,
        "is_last": number == len(opened.steps),
        "ahead": ahead_of(opened.entry) if opened.is_meeting else None,
        "people": would_call(person_of(request)),
    }
    return page(request, "selfwork/step.html", context, status=422 if form.errors else 200)


def _keep(entry: Entry, owner: Person, number: int, form: StepForm) -> Entry | None:
    kept = form.cleaned_data
    return services.keep_step(
        entry=entry,
        owner=owner,
        number=number,
        said=kept["said"],
        choice=kept.get("choice", ""),
        window=str(kept["key"]),
        seen=kept["version"],
    )


def _onward(request: HttpRequest, entry: Entry, number: int, choice: str) -> HttpResponseBase:
    owner, guide = person_of(request), guide_of(entry.kind)
    is_last = number == len(guide.steps)
    if guide.steps[number - 1].name == FEEL and choice == ELSE and entry.ended_at is None:
        return go(request, "selfwork:another", entry.pk)
    if entry.ended_at is None and not is_last:
        services.come_to(entry=entry, owner=owner, number=number + 1)
        return go(request, "selfwork:step", entry.pk, number + 1)
    services.come_to(entry=entry, owner=owner, number=number)
    if guide == MEET and entry.part is None and is_last:
        return go(request, "selfwork:who", entry.pk)
    if is_last and guide == PODS and entry.ended_at is None:
        services.end_entry(entry=entry, owner=owner)
        return go(request, f"{reverse('selfwork:would_call')}?from={entry.pk}")
    services.end_entry(entry=entry, owner=owner)
    return go(request, "selfwork:entry", entry.pk)


@private_view
@require_POST
def save(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Keep what is typed. A script asks for the new version; a button leads on."""
    owner = person_of(request)
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    entry = own_entry(request, pk)
    opened = _opened_at(entry, owner, number)
    form = StepForm(request.POST, step=opened.guide.steps[number - 1])
    if not form.is_valid():
        if by_script:
            words = " ".join(str(error) for errors in form.errors.values() for error in errors)
            return JsonResponse({"said": words}, status=422)
        return _step_page(request, opened, number, form)
    kept = _keep(entry, owner, number, form)
    if by_script:
        return JsonResponse(_as_saved(kept))
    return _leave(request, entry, number, is_beside=kept is None)


def _as_saved(kept: Entry | None) -> dict[str, object]:
    """What the script says, and what it writes into the page."""
    at = timezone.localtime().strftime("%H:%M")
    if kept is None:
        words = _("Kept at {time}, beside what you wrote on this in another window.")
        return {"said": words.format(time=at), "fields": {}}
    said = _("Kept at {time}, for you alone.").format(time=at)
    return {"said": said, "fields": {"version": str(kept.version)}}


def _leave(request: HttpRequest, entry: Entry, number: int, *, is_beside: bool) -> HttpResponseBase:
    form = LeaveForm(request.POST)
    then = form.cleaned_data["then"] if form.is_valid() else ""
    if is_beside:
        return go(request, "selfwork:step", entry.pk, number)
    if then == "back" and number > 1:
        return go(request, "selfwork:step", entry.pk, number - 1)
    if then == "later":
        return go(request, "selfwork:index")
    return go(request, "selfwork:step", entry.pk, number)


@private_view
@require_POST
def beside(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """What another window wrote: put it under the rest, or throw it away."""
    owner, entry = person_of(request), own_entry(request, pk)
    _opened_at(entry, owner, number)
    form = BesideForm(request.POST)
    if form.is_valid():
        services.keep_beside(
            entry=entry,
            owner=owner,
            number=number,
            window=str(form.cleaned_data["key"]),
            is_wanted=form.cleaned_data["is_wanted"],
        )
    return go(request, "selfwork:step", pk, number)

"""Pages about oneself."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_http_methods

from pages.registry import NotYet
from pages.registry import my_data as sources
from pages.respond import go, page
from people import mailed_look, services
from people.forms import CodeForm, FarewellForm, HoursForm, ProfileForm, grid
from people.locks import passkeys_of, places_signed_in
from people.lost_locks import removed_from
from people.second_look import looks_before_a_file, looks_first, ways_to_look
from people.signed_in import person_of
from people.week import in_words


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """The first step after signing up: who you are. Everything but the name may wait."""
    person = person_of(request)
    form = ProfileForm(request.POST or None, instance=person, spoken=_spoken(request))
    if request.method == "POST":
        if "later" in request.POST:
            services.settle(person=person)
            return go(request, "home:doors")
        if form.is_valid():
            form.save()
            return go(request, "/you/hours/?first=1")
    return page(request, "people/begin.html", {"form": form}, status=422 if form.errors else 200)


def _safe(request: HttpRequest, back: str) -> str:
    """Where somebody came from, if that is a page of ours; else nothing."""
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else ""


def _spoken(request: HttpRequest) -> list[str]:
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return [language.partition("-")[0] for language, _weight in wanted]


@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest) -> HttpResponseBase:
    """The hours of the week that usually suit, on a grid; then back to where they were missing."""
    person = person_of(request)
    is_first = "first" in request.GET
    back = _safe(request, request.GET.get("next", "")) or reverse("people:profile")
    if request.method == "POST":
        form = HoursForm(request.POST)
        if form.is_valid():
            services.set_hours(person=person, hours=form.chosen())
            if is_first:
                services.settle(person=person)
                return go(request, "home:doors")
            messages.success(request, _("Your hours are kept."))
            return go(request, back)
        messages.warning(request, _("Those hours are not of this week. Tick them again, please."))
    context = {
        "rows": grid(person.suitable_hours),
        "words": in_words(person.suitable_hours),
        "is_first": is_first,
        "back": back,
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "people/hours.html", context, status=status)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponseBase:
    """Everything about you, to read and change."""
    person = person_of(request)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return go(request, "people:profile")
    context = {"form": form, "words": in_words(person.suitable_hours)}
    return page(request, "people/profile.html", context, status=422 if form.errors else 200)


@looks_before_a_file
def my_data(request: HttpRequest) -> HttpResponseBase:
    """Everything kept about you, as a file. Each app adds its own part."""
    person = person_of(request)
    own = {
        "email": person.email,
        "name": person.name,
        "pronouns": person.pronouns,
        "languages": person.languages,
        "about": person.about,
        "time_zone": person.time_zone,
        "suitable_hours": person.suitable_hours,
        "quiet_hours": [person.quiet_from, person.quiet_until],
        "since": person.date_joined,
        "passkeys": passkeys_of(person),
        "locks_taken_off": removed_from(person),
        "signed_in_at": places_signed_in(person),
    }
    parts = {name: source(person) for name, source in sources.sources}
    response = JsonResponse(
        {"you": own, **parts}, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="my-common-table.json"'
    return response


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponseBase:
    """A second look by a mailed code, for whoever has no password and no passkey."""
    back = _safe(request, request.POST.get("next") or request.GET.get("next", "")) or "/today/"
    if (usual := ways_to_look(request)[0]["url"]) != request.path:
        return go(request, f"{usual}?{urlencode({'next': back})}")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if mailed_look.fits(request, form.cleaned_data["code"]):
            return go(request, back)
        form.add_error("code", _("That is not the code we sent. Look at it once more."))
    mailed_look.send_code(request)
    context = {"form": form, "next": back}
    return page(request, "people/look.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@looks_first
def farewell(request: HttpRequest) -> HttpResponseBase:
    """Delete the account, after typing one's own address."""
    person = person_of(request)
    form = FarewellForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.delete_account(person=person)
        except NotYet as reason:
            form.add_error(None, str(reason))
        else:
            logout(request)
            said = _("Your account and what was yours alone are deleted. Farewell.")
            messages.success(request, said)
            return go(request, "home:welcome")
    return page(request, "people/farewell.html", {"form": form}, status=422 if form.errors else 200)

"""The first meeting of two who were paired, from their page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from dyads import services
from dyads.forms.introduction import MetForm, TimeForm
from dyads.models import Dyad, Introduction
from dyads.showing.introduction import ANCHOR
from pages.respond import go, page
from people.signed_in import person_of


def _introduction(dyad: Dyad) -> Introduction:
    found: Introduction | None = getattr(dyad, "introduction", None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def meet(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Take one of the times. Opened again, it is the page of the two."""
    introduction = _introduction(dyad)
    if request.method == "POST":
        form = TimeForm(request.POST, introduction=introduction, now=timezone.now())
        try:
            if form.is_valid():
                services.take_time(
                    introduction=introduction, by=person_of(request), at=form.cleaned_data["at"]
                )
                messages.success(request, _("It is set, and the other one hears of it."))
            else:
                messages.error(request, str(form.errors["at"][0]))
        except CircleError as error:
            messages.info(request, str(error))
    return go(request, dyad)


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def new_times(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Look for other times that suit both."""
    introduction = _introduction(dyad)
    if request.method == "POST":
        try:
            found = services.ask_for_times(introduction=introduction, by=person_of(request))
        except CircleError as error:
            messages.info(request, str(error))
        else:
            if not found.times:
                messages.info(request, _("Your hours meet nowhere in the next two weeks."))
    return go(request, f"{dyad.get_absolute_url()}{ANCHOR}")


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def did_meet(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Did you two meet? Nobody is blamed for a no."""
    introduction = _introduction(dyad)
    form = MetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_met(
                introduction=introduction, by=person_of(request), met=form.cleaned_data["met"]
            )
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            is_met = form.cleaned_data["met"]
            words = _("Good to hear. Thank you.") if is_met else _("Noted: you have not met yet.")
            messages.success(request, words)
            return go(request, dyad if is_met else f"{dyad.get_absolute_url()}{ANCHOR}")
    context = {
        "circle": dyad,
        "form": form,
        "other": _other(dyad, request),
        "session": services.first_over(introduction, timezone.now()),
    }
    return page(request, "dyads/did_meet.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def let_be(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Let the pairing be, after a look at what that means."""
    introduction = _introduction(dyad)
    if request.method == "POST":
        try:
            services.let_be(introduction=introduction, by=person_of(request))
        except CircleError as error:
            messages.info(request, str(error))
        else:
            messages.success(request, _("Let be, with thanks. Both of you hear the same words."))
        return go(request, "dyads:index")
    return page(request, "dyads/let_be.html", {"circle": dyad, "other": _other(dyad, request)})


def _other(dyad: Dyad, request: HttpRequest) -> object:
    reader = person_of(request)
    return next((one for one in services.sitting(dyad) if one != reader), None)

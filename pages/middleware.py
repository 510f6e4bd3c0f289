"""What holds for every answer: where an expired session leads, who may keep a copy."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from pages import kept
from pages.respond import asked_by_htmx, came_from

Answer = Callable[[HttpRequest], HttpResponse]


class InUtf8Middleware:
    """Reads what is sent as UTF-8, like every page here, whatever charset a request names: some
    are no text at all, and some hold half a letter, which no database and no page can take."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        return self.get_response(request)


class HtmxLoginMiddleware:
    """An expired session must open the sign-in page, not be swapped into a corner of this one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if asked_by_htmx(request) and response.status_code in {302, 303}:
            return HttpResponseClientRedirect(response["Location"])
        return response


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Leads back to the page with the button, not to the address that only the button can open."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        next_page = came_from(request)
        if kept.keep(request, mark=kept.was_here(request), came_from=next_page):
            said = _("You were signed out. Come in again: what you wrote is kept for half an hour.")
            next_page = reverse("pages:kept")
        else:
            said = _("You were signed out. Come in again, then press once more.")
        messages.info(request, said)
        login_url = self.get_login_url(view_func)
        return redirect_to_login(next_page, login_url, self.get_redirect_field_name(view_func))


class KeptWordsMiddleware:
    """Knows who was here, so that words sent after the login expired are kept for them alone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_inside = request.user.is_authenticated
        response = self.get_response(request)
        kept.tidy(request, response, was_inside=was_inside)
        return response


class PrivatePagesMiddleware:
    """Nothing a signed-in person sees is kept by a cache or a shared computer's back button.

    Whoever signs out leaves no page behind, also none that the browser holds in memory. Only
    "cache" is cleared: "cookies" would take the word of farewell and the next form's token with
    it, and "storage" is empty here.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_inside = request.user.is_authenticated
        response = self.get_response(request)
        if was_inside and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
        if (was_inside or request.user.is_authenticated) and not response.has_header(
            "Cache-Control"
        ):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response

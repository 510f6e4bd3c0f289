"""The pages for when something is not as expected."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pages import kept
from pages.respond import came_from, go, page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or not one of the reader's."""
    return render(request, "pages/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the page is there, but this is for somebody else to do."""
    return render(request, "pages/403.html", status=403)


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, drawn without the request, which may be what nobody can read."""
    return HttpResponse(render_to_string("pages/400.html"), status=400)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database or the session, which may be what broke."""
    return HttpResponse(render_to_string("pages/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form that was left open while somebody came in anew, or a browser without cookies.

    What a page of this very site sent is shown again, to be sent by one press; a form of another
    site never is. (Browsers do not let a page lie about `Sec-Fetch-Site`.)
    """
    from_here = request.headers.get("Sec-Fetch-Site") == "same-origin"
    mark = kept.who(request.user) if from_here and request.user.is_authenticated else ""
    if kept.keep(request, mark=mark, came_from=came_from(request)):
        return go(request, "pages:kept")
    return render(request, "pages/csrf.html", status=403)


@require_http_methods(["GET", "POST"])
def kept_words(request: HttpRequest) -> HttpResponseBase:
    """What was sent when the login had expired, to be sent again; a POST lets go of it."""
    words = kept.open_kept(request)
    if request.method == "POST":
        return go(request, words.came_from if words else settings.LOGIN_REDIRECT_URL)
    if words is None:
        messages.info(request, _("Nothing is kept here any more."))
        return go(request, settings.LOGIN_REDIRECT_URL)
    return page(request, "pages/kept.html", {"kept": words})

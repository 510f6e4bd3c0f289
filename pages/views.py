"""The pages for when something is not as expected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or not one of the reader's."""
    return render(request, "pages/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the page is there, but this is for somebody else to do."""
    return render(request, "pages/403.html", status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database or the session, which may be what broke."""
    return HttpResponse(render_to_string("pages/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was left open too long, or a browser without cookies."""
    return render(request, "pages/csrf.html", status=403)

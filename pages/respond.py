"""The one place that knows whether a page or a part of it is asked for."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


def asked_by_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; a boosted link or a history restore wants the whole page."""
    htmx = getattr(request, "htmx", None)
    return (
        isinstance(htmx, HtmxDetails)
        and bool(htmx)
        and not (htmx.boosted or htmx.history_restore_request)
    )


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page, or for htmx its partial called `part` (`{% partialdef part %}`)."""
    name = f"{template}#{part}" if part and asked_by_htmx(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Send the reader to another page, whoever asks: 303 for a browser, HX-Redirect for htmx."""
    url = resolve_url(to, *args, **kwargs)
    if asked_by_htmx(request):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url, status=303)


def came_from(request: HttpRequest) -> str:
    """The path of the page with the button that was pressed; Today when the browser hides it."""
    url = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(url, {request.get_host()})
    return urlsplit(url).path if url and here else "/today/"

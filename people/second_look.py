"""A second look at who sits there, before something that matters: password, code or passkey.

allauth has the pages and keeps in the session when somebody showed who they are. Whoever has
neither a password nor anything else of the kind is mailed a code.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pages import kept
from pages.respond import came_from, go

# A look this many seconds ago is still one.
RECENTLY = 300


def ways_to_look(request: HttpRequest) -> list[dict[str, Any]]:
    """The ways this person has, the first is the usual one; never none."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    mailed = {"description": _("Mail me a code"), "url": reverse("people:look")}
    return list(ways) or [mailed]


def looked_at(request: HttpRequest, *, only_again: bool = False) -> float:
    """When it was last seen who this is, in seconds since 1970; 0 for never in this session.

    Signing in counts as well, unless `only_again`.
    """
    records = get_authentication_records(request, request.user)
    moments = [one["at"] for one in records if one.get("reauthenticated") or not only_again]
    return float(max(moments, default=0))


def ask(request: HttpRequest, *, is_file: bool = False) -> HttpResponseBase:
    """Lead to the second look and from there back here; words that were sent are kept meanwhile.

    What is sent by a page itself, as one types, is refused and stays on that page.
    """
    if request.headers.get("Accept", "") == "application/json":
        return JsonResponse({"said": _("Not kept: show first that it is you.")}, status=403)
    back = request.get_full_path()
    if is_file or request.method not in {"GET", "HEAD"}:
        back = came_from(request)
        if kept.keep(request, mark=kept.who(request.user), came_from=back):
            back = reverse("pages:kept")
            messages.info(request, _("Show that it is you. What you wrote is kept meanwhile."))
        else:
            messages.info(request, _("Show that it is you, then press once more."))
    return go(request, f"{ways_to_look(request)[0]['url']}?{urlencode({'next': back})}")


View = Callable[..., HttpResponseBase]


def looks_first(view: View) -> View:
    """For a page that deletes or locks everything: asked for, unless it was done just now."""
    return _after_a_look(view, is_file=False)


def looks_before_a_file(view: View) -> View:
    """The same for a file that holds everything; leads back to the page with its button, since a
    file that came after the password would leave its reader on the page of the password."""
    return _after_a_look(view, is_file=True)


def _after_a_look(view: View, *, is_file: bool) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if time.time() - looked_at(request) > RECENTLY:
            return ask(request, is_file=is_file)
        return view(request, *args, **kwargs)

    return wrapped

"""The second look at the door of the private place, where its owner wishes one.

The session remembers when a page here was last opened and when the door asked; nothing else.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from pages.kept import LOOKS
from pages.respond import asked_by_htmx, page
from people.lost_locks import closed_until
from people.second_look import ask, looked_at
from people.signed_in import person_of
from selfwork.models import Door
from selfwork.rules.door import EACH_TIME, is_open

MARK = "selfwork_door"
# The session is written again after this many seconds at the earliest.
ROUGHLY = 30


def at_the_door(request: HttpRequest) -> HttpResponseBase | None:
    """None when the door is open, else the way to the second look, or why there is none now."""
    owner = person_of(request)
    asks_after = Door.objects.filter(owner=owner).values_list("asks_after", flat=True).first()
    if asks_after is None:
        return None
    if until := closed_until(owner):
        return _closed(request, until)
    mark, now = request.session.get(MARK, {}), time.time()
    may_enter = is_open(
        asks_after=asks_after,
        used_at=mark.get("used", 0),
        looked_at=looked_at(request, only_again=asks_after == EACH_TIME),
        knocked_at=mark.get("knocked", 0),
        now=now,
    )
    if not may_enter:
        request.session[MARK] = {"knocked": now, "each": asks_after == EACH_TIME}
        return ask(request)
    if now - mark.get("used", 0) > ROUGHLY:
        come_in(request, asks_after)
    return None


def _closed(request: HttpRequest, until: datetime) -> HttpResponseBase:
    """The lock was taken off by others. A look by mail or password would be all that is left of
    it, which whoever had it taken off may have as well."""
    if request.headers.get("Accept", "") == "application/json":
        return JsonResponse({"said": _("Not kept: this place is closed just now.")}, status=403)
    return page(request, "selfwork/closed.html", {"until": until}, status=403)


def come_in(request: HttpRequest, asks_after: int | None) -> None:
    """Remember that its owner is in here now."""
    request.session[MARK] = {"used": time.time(), "each": asks_after == EACH_TIME}


class DoorMiddleware:
    """Closes the door behind those who want to be asked each time, as they open another page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (mark := _open_each_time(request)) and _leads_away(request, response):
            request.session[MARK] = {**mark, "used": 0}
        return response


def _open_each_time(request: HttpRequest) -> dict[str, Any]:
    mark: dict[str, Any] = request.session.get(MARK, {}) if request.user.is_authenticated else {}
    return mark if mark.get("each") and mark.get("used") else {}


def _leads_away(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and request.method == "GET"
        and response.status_code == 200
        and match.app_name != "selfwork"
        and match.view_name not in LOOKS | {"pages:kept"}
        and not asked_by_htmx(request)
    )

"""Times are shown in the reader's zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.models import Person


class TimeZoneMiddleware:
    """Makes the signed-in person's zone the current one for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            with timezone.override(request.user.zone):
                return self.get_response(request)
        return self.get_response(request)

"""A rhythm for oneself."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from pages.respond import page
from people.signed_in import person_of
from practice.showing.meetings import meetings_of
from selfwork import services
from selfwork.access import private_view


@private_view
@require_safe
def times(request: HttpRequest) -> HttpResponseBase:
    """When the owner takes time for themselves, and setting it."""
    owner = person_of(request)
    circle = services.circle_of(owner)
    return page(request, "selfwork/times.html", {"meetings": meetings_of(circle, owner)})

"""Giving up one's own seat."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles import services
from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from circles.scales import Scale
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def leave(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """Say what leaving means, and do it on a second press."""
    if circle.scale == Scale.SELF:
        raise Http404
    if request.method == "GET":
        others = circle.memberships.present().exclude(person=person_of(request)).exists()
        return page(request, "circles/leave.html", {"circle": circle, "others": others})
    try:
        services.leave(circle=circle, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, circle)
    messages.success(request, _("Thank you for sitting here. Your seat is free again."))
    return go(request, "home:today")

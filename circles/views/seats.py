"""Giving up one's own seat."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles import services
from circles.access import circle_view
from circles.errors import CircleError
from circles.forms import LeaveForm
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
    person = person_of(request)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        others = circle.memberships.present().exclude(person=person).exists()
        if circle.scale == Scale.DYAD:
            form.fields["words"].label = _("A word to the other")
        context = {"circle": circle, "others": others, "form": form}
        return page(request, "circles/leave.html", context, status=422 if form.errors else 200)
    try:
        services.leave(circle=circle, by=person, words=form.cleaned_data["words"])
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, circle)
    said = _("Thank you for sitting here. Your seat is free again.")
    if circle.scale == Scale.DYAD:
        said = _("It has come to its end. Thank you for your turns.")
    messages.success(request, said)
    # Whoever leaves a crew finds the tables with an open seat.
    return go(request, "crews:index" if circle.scale == Scale.CREW else "home:today")

"""Publishing the tables of a round: look once more, then tell everybody."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from crews import services
from crews.errors import TablesChanged
from crews.forms.desk import SeenForm
from crews.models import FormingRound
from crews.showing.desk import desk_of
from crews.views.desk import desk_view
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@desk_view
def publish(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """Who will hear what, and the button."""
    person = person_of(request)
    if request.method == "POST":
        return _publish(request, forming)
    desk = desk_of(forming, person)
    if not desk.may_publish or forming.drawings.going_on().exists():
        return go(request, "crews:desk", forming.pk)
    context = {
        "forming": forming,
        "circle": forming.congregation,
        "desk": desk,
        "until": timezone.now() + timedelta(days=forming.days_to_answer),
    }
    return page(request, "crews/desk_publish.html", context)


def _publish(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    form = SeenForm(request.POST)
    try:
        if not form.is_valid():
            raise TablesChanged
        services.publish(forming=forming, by=person_of(request), version=form.cleaned_data["seen"])
    except CircleError as error:
        messages.info(request, str(error))
        return go(request, "crews:desk", forming.pk)
    messages.success(request, _("Published. Everybody hears by mail, and reads it here."))
    return go(request, forming)

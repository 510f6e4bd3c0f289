"""No contact any more; and what helps then."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circles.access import circle_view
from circles.errors import CircleError
from dyads import services
from dyads.models import Dyad
from dyads.services.blocking import other_of
from dyads.showing.support import hands_near
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def block(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Say what it means, and do it on a second press."""
    person = person_of(request)
    if request.method == "GET":
        context = {"circle": dyad, "other": other_of(dyad, person)}
        return page(request, "dyads/block.html", context)
    try:
        services.block(dyad=dyad, by=person)
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, dyad)
    messages.success(request, _("Done. It is over, and nobody hears why."))
    return go(request, "dyads:support")


@require_safe
def support(request: HttpRequest) -> HttpResponseBase:
    """Somebody to talk to, something to do alone, and what to do in danger. Names no dyad."""
    return page(request, "dyads/support.html", {"near": hands_near(person_of(request))})

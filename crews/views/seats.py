"""Finding a seat in a crew that has begun, for whoever comes late."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles.access import circle_view
from circles.saying import saying
from crews import services
from crews.models import Crew
from crews.showing.seats import seats_page
from pages.respond import go, page
from people.signed_in import person_of


@require_safe
def seats(request: HttpRequest) -> HttpResponseBase:
    """Open seats that fit the reader, and why."""
    shown = seats_page(person_of(request), timezone.now())
    return page(request, "crews/seats.html", {"shown": shown})


@require_POST
@circle_view(Crew, members_only=False)
def raise_hand(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Ask for the seat; those at the table answer."""
    with saying(
        request,
        _("Your hand is up at {crew}. You hear by mail as soon as somebody answers.").format(
            crew=crew
        ),
    ):
        services.raise_hand(crew=crew, by=person_of(request))
    return go(request, "crews:seats")


@require_POST
@circle_view(Crew, members_only=False)
def not_for_me(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Not this table: nobody is told, and it is not offered again."""
    with saying(request, _("All right: you are not asked about that table again.")):
        services.not_for_me(crew=crew, by=person_of(request))
    return go(request, "crews:seats")

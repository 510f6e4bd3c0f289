"""Answering the seat that a round proposes, and mending what is left."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.errors import CircleError, NoSeatLeft
from circles.saying import saying
from congregation.access import round_view
from crews import services
from crews.errors import TooLate
from crews.models import FormingRound, ProposedSeat
from pages.respond import go, page
from people.signed_in import person_of

SAYING = {
    "yes": services.accept_seat,
    "out": services.step_out,
    "back": services.take_back,
}


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, said: str) -> HttpResponseBase:
    """Say yes, step out, or take a yes back. Who comes from signing in reads the round first."""
    person = person_of(request)
    mine = ProposedSeat.objects.filter(
        participant__person=person,
        proposed__round__published_at__isnull=False,
        proposed__round__in=FormingRound.objects.visible_to(person),
    )
    seat = get_object_or_404(mine.select_related("proposed__round__congregation"), pk=pk)
    if said not in SAYING:
        raise Http404
    forming = seat.proposed.round
    if request.method == "POST":
        try:
            seat = SAYING[said](seat=seat, by=person)
        except (TooLate, NoSeatLeft) as error:
            context = {"forming": forming, "circle": forming.congregation, "error": error}
            return page(request, "crews/too_late.html", context, status=409)
        except CircleError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _words(said, seat))
    return go(request, forming)


def _words(said: str, seat: ProposedSeat) -> str:
    if said == "out":
        return _("All right: the seat is free. Nobody is told who stepped out.")
    if said == "back":
        return _("Your yes is taken back. Think about it until the day.")
    if seat.proposed.crew:
        return _("You have a seat at {crew}.").format(crew=seat.proposed.crew)
    return _("You said yes. You hear by mail as soon as the crew begins.")


@require_POST
@round_view(FormingRound, stewards_only=True)
def mend(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """All have answered: count now, without waiting for the day."""
    with saying(request, _("Counted. What is left is proposed again within a minute.")):
        services.settle_early(forming=forming, by=person_of(request))
    return go(request, forming)

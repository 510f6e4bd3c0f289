"""One more hour: a steward asks somebody without a seat, and they say yes or leave it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.errors import CircleError
from crews import services
from crews.models import FormingRound
from crews.services.seating import seating_of
from crews.showing.another_hour import Asked, asked_of, hours_in
from crews.showing.lacking import hours_that_would_help
from crews.views.desk import desk_view
from pages.respond import go, page
from people.signed_in import person_of
from people.time_zones import city


@require_POST
@desk_view
def ask(request: HttpRequest, forming: FormingRound, participant: int) -> HttpResponseBase:
    """Ask somebody without a seat for the hour that would help most."""
    hand = get_object_or_404(forming.participants.up().select_related("person"), pk=participant)
    hours = hours_that_would_help(seating_of(forming), hand.person_id)
    name = hand.person.first_name
    if not hours:
        messages.info(request, _("There is no single hour to ask {name} for.").format(name=name))
        return go(request, "crews:desk", forming.pk)
    services.ask_for_another_hour(
        forming=forming, by=person_of(request), participant=hand, hours=hours
    )
    said = _("{name} is asked by mail. If it suits, draw again, or move {name} to a table.")
    messages.success(request, said.format(name=name))
    return go(request, "crews:desk", forming.pk)


@require_http_methods(["GET", "POST"])
def another_hour(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What one is asked for, and the yes. Whoever has nothing to say sees the round's page."""
    person = person_of(request)
    forming = get_object_or_404(FormingRound.objects.visible_to(person), pk=pk)
    hand = forming.participants.filter(person=person).first()
    asked = asked_of(hand.pk if hand else 0, request.GET.get("hours", ""))
    if request.method == "POST":
        return _add(request, forming)
    if not isinstance(asked, Asked):
        messages.info(request, _("That question has been answered, or the tables are set."))
        return go(request, forming)
    context = {
        "asked": asked,
        "circle": forming.congregation,
        "place": city(asked.participant.time_zone),
    }
    return page(request, "crews/another_hour.html", context)


def _add(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    hours = hours_in(request.POST.get("hours", ""))
    try:
        services.add_hours(forming=forming, by=person_of(request), hours=hours)
    except CircleError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("Thank you. You hear by mail when the tables are published."))
    return go(request, forming)

"""Somebody left over chooses, and a pair says whether it would be three."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from congregation.access import round_view
from dyads import services
from dyads.forms.trios import LeftOverForm, TrioForm
from dyads.models import PairingRound, Place, Trio
from dyads.showing.trios import trio_page
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@round_view(PairingRound)
def left_over(request: HttpRequest, round: PairingRound) -> HttpResponseBase:
    """Three this time, or first place next time. Opened again, it is the round's page."""
    person = person_of(request)
    place = get_object_or_404(Place.objects.left_over(), round=round, person=person)
    if request.method == "POST":
        form = LeftOverForm(request.POST)
        if not form.is_valid():
            messages.error(request, str(form.errors["wants"][0]))
            return go(request, round)
        try:
            _choose(request, place, form.cleaned_data["wants"], person)
        except CircleError as error:
            messages.info(request, str(error))
    return go(request, round)


def _choose(request: HttpRequest, place: Place, wants: str, person: Person) -> None:
    if wants == Place.Wants.FIRST:
        services.take_first_place(place=place, by=person)
        messages.success(request, _("You have the first place next time."))
    elif services.ask_to_be_three(place=place, by=person):
        messages.success(request, _("Asked. Both hear of it by mail, and so do you."))
    else:
        messages.info(request, _("No pair fits just now. You have the first place next time."))


@require_http_methods(["GET", "POST"])
def trio(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For the two of a pair: somebody would like to be the third."""
    person = person_of(request)
    asked = Trio.objects.select_related(
        "place__person", "place__round__congregation", "pair__dyad", "crew"
    )
    found = get_object_or_404(asked, pk=pk)
    pair = services.two_of(found)
    if person not in pair or not _belongs(person, found):
        raise Http404
    if len(pair) < 2:
        # The other has deleted their account: there is nothing to ask any more.
        return go(request, found.place.round)
    form = TrioForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = form.cleaned_data["answer"] == "yes"
                found = services.answer_trio(trio=found, by=person, yes=said)
            except CircleError as error:
                messages.info(request, str(error))
            return go(request, "dyads:trio", found.pk)
    context = {"shown": trio_page(found, person), "form": form, "round": found.place.round}
    return page(request, "dyads/trio.html", context, status=status)


def _belongs(person: Person, trio: Trio) -> bool:
    rounds = PairingRound.objects.visible_to(person)
    return rounds.filter(pk=trio.place.round_id).exists()

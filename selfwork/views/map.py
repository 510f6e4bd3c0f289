"""The map of one's parts: where they stand, and how they relate."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from circles.errors import CircleError
from pages.converters import row_in
from pages.respond import came_from, go, page
from people.models import Person
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.map import STEPS, PlaceForm, TieForm, WayForm, tie_form
from selfwork.models import Part, Tie
from selfwork.rules.places import Place
from selfwork.showing.map import PartsMap, Row, map_of
from selfwork.showing.parts import open_kind, open_part, where_in_words


def _number(typed: str | None) -> int | None:
    """The id in an address; 404 for what is none."""
    if typed is None:
        return None
    if (number := row_in(typed)) is None:
        raise Http404
    return number


@private_view
@require_GET
def parts_map(request: HttpRequest) -> HttpResponseBase:
    """The map, with the forms of the part that is chosen."""
    owner, chosen = person_of(request), _number(request.GET.get("part"))
    shown = map_of(
        owner,
        services.vault_of(owner),
        chosen=chosen,
        without_resting=request.GET.get("without") == "resting",
    )
    if chosen is not None and shown.chosen is None:
        raise Http404
    return _map_page(request, shown, _tie_form(shown, shown.chosen) if shown.chosen else None)


def _map_page(request: HttpRequest, shown: PartsMap, form: TieForm | None) -> HttpResponseBase:
    context = {"map": shown, "form": form, "steps": STEPS}
    status = 422 if form is not None and form.errors else 200
    return page(request, "selfwork/map.html", context, status=status)


def _tie_form(shown: PartsMap, chosen: Row, sent: Any = None) -> TieForm:
    return tie_form(chosen.part, [row.part for row in shown.rows], sent)


@private_view
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put a part somewhere. A script asks where it stands then; a button leads back to the map."""
    owner = person_of(request)
    part = get_object_or_404(Part, pk=pk, owner=owner)
    form = PlaceForm(request.POST)
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        if by_script:
            return JsonResponse({"said": words}, status=422)
        messages.error(request, words)
        return _to_map(pk)
    wanted = form.cleaned_data["step"] or Place(form.cleaned_data["x"], form.cleaned_data["y"])
    found = services.place_part(part=part, owner=owner, place=wanted)
    if not by_script:
        return _to_map(pk)
    at, where = timezone.localtime().strftime("%H:%M"), where_in_words(found)
    said = _("Kept at {time}, for you alone: {where}.").format(time=at, where=where)
    return JsonResponse({"said": said, "where": where, "x": found.x, "y": found.y})


def _to_map(pk: int) -> HttpResponseBase:
    address = f"{reverse('selfwork:map')}?part={pk}#chosen"
    return HttpResponseRedirect(address, status=303)


def _back(request: HttpRequest, pk: int) -> HttpResponseBase:
    if came_from(request) == reverse("selfwork:map"):
        return _to_map(pk)
    return go(request, "selfwork:part", pk)


@private_view
@require_POST
def tie(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say how a part relates to another one."""
    owner = person_of(request)
    part = get_object_or_404(Part, pk=pk, owner=owner)
    shown = map_of(owner, services.vault_of(owner), chosen=pk)
    if shown.chosen is None:
        raise Http404
    form = _tie_form(shown, shown.chosen, request.POST)
    if form.is_valid():
        other = get_object_or_404(Part, pk=form.cleaned_data["other"], owner=owner)
        try:
            services.relate(part=part, other=other, way=form.cleaned_data["way"], owner=owner)
        except CircleError as error:
            form.add_error("other", str(error))
        else:
            return _back(request, pk)
    return _map_page(request, shown, form)


def _own_tie(owner: Person, pk: int) -> Tie:
    mine = Tie.objects.filter(one__owner=owner, other__owner=owner)
    return get_object_or_404(mine.select_related("one", "other"), pk=pk)


@private_view
@require_http_methods(["GET", "POST"])
def edit_tie(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say another word of two parts."""
    owner = person_of(request)
    tie, vault = _own_tie(owner, pk), services.vault_of(owner)
    one, other = open_part(tie.one, vault), open_part(tie.other, vault)
    form = WayForm(request.POST or None, name=one.name, initial={"way": open_kind(tie, vault)})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_tie(tie=tie, way=form.cleaned_data["way"], owner=owner)
        except CircleError as error:
            form.add_error("way", str(error))
        else:
            return go(request, "selfwork:part", one.pk)
    context = {"form": form, "tie": tie, "one": one, "other": other}
    return page(request, "selfwork/tie.html", context, status=422 if form.errors else 200)


@private_view
@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take away what is said of two parts."""
    owner = person_of(request)
    tie = _own_tie(owner, pk)
    services.untie(tie=tie, owner=owner)
    messages.success(request, _("It is no longer said of them."))
    return go(request, "selfwork:part", tie.one_id)

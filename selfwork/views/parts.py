"""Pages of the private place. Everything is looked up among the reader's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pages.respond import go, page
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.map import tie_form
from selfwork.forms.parts import PartForm
from selfwork.looks import next_colour
from selfwork.models import Part, Shape
from selfwork.rules.guides import GUIDES
from selfwork.showing.conversations import conversations_of
from selfwork.showing.entries import going_on
from selfwork.showing.map import map_of
from selfwork.showing.parts import open_part, open_parts, parts_of, ties_among
from selfwork.showing.would_call import would_call


def _own_part(request: HttpRequest, pk: int) -> Part:
    return get_object_or_404(Part, pk=pk, owner=person_of(request))


@private_view
def index(request: HttpRequest) -> HttpResponseBase:
    """My parts, what goes on and what one may begin, and what this place is."""
    owner = person_of(request)
    vault = services.vault_of(owner)
    context = {
        "map": map_of(owner, vault),
        "going_on": going_on(owner, vault),
        "guides": GUIDES,
        "people": would_call(owner, vault),
    }
    return page(request, "selfwork/index.html", context)


@private_view
@require_http_methods(["GET", "POST"])
def meet(request: HttpRequest) -> HttpResponseBase:
    """Meet a part: give it a name, and what you know of it."""
    owner = person_of(request)
    used = [part.colour for part in parts_of(owner)]
    form = PartForm(
        request.POST or None, initial={"colour": next_colour(used), "shape": Shape.ROUND}
    )
    if request.method == "POST" and form.is_valid():
        part = services.meet_part(owner=owner, **form.cleaned_data)
        return go(request, "selfwork:part", part.pk)
    return page(request, "selfwork/meet.html", {"form": form}, status=422 if form.errors else 200)


@private_view
def part(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is known of a part, and the conversations with it."""
    owner, part = person_of(request), _own_part(request, pk)
    vault = services.vault_of(owner)
    shown, everyone = open_part(part, vault), open_parts(owner, vault)
    context = {
        "part": shown,
        "ties": ties_among(owner, everyone, vault)[1].get(pk, []),
        "form": tie_form(shown, everyone),
        "conversations": conversations_of(part, request.GET.get("page")),
    }
    return page(request, "selfwork/part.html", context)


@private_view
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write anew what is known of a part."""
    owner, part = person_of(request), _own_part(request, pk)
    shown = open_part(part, services.vault_of(owner))
    initial = {name: getattr(shown, name) for name in PartForm.base_fields}
    form = PartForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.describe_part(part=part, owner=owner, **form.cleaned_data)
        return go(request, "selfwork:part", part.pk)
    context = {"form": form, "part": shown}
    return page(request, "selfwork/edit.html", context, status=422 if form.errors else 200)


@private_view
@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let a part rest, or take it up again."""
    part = _own_part(request, pk)
    is_aside = part.set_aside_at is None
    services.set_aside(part=part, owner=person_of(request), is_aside=is_aside)
    messages.success(request, _("It may rest now.") if is_aside else _("It is back."))
    return go(
        request, "selfwork:index" if is_aside else "selfwork:part", *([] if is_aside else [pk])
    )


@private_view
@require_http_methods(["GET", "POST"])
def delete_part(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete a part and all that was said with it, after asking once."""
    owner, part = person_of(request), _own_part(request, pk)
    if request.method == "POST":
        services.delete_part(part=part, owner=owner)
        messages.success(request, _("Deleted, with all that was said."))
        return go(request, "selfwork:index")
    context = {"part": open_part(part, services.vault_of(owner))}
    return page(request, "selfwork/delete_part.html", context)

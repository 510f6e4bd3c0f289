"""Carrying one sentence into a dyad or crew, and taking it back."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circles.errors import CircleError
from circles.models import Circle
from pages.converters import row_in
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.parallel import CarryForm, SureForm
from selfwork.models import CarriedLine, Entry, Turn
from selfwork.showing.lines import circles_to_carry_into, lines_of, sentences_of


@private_view
@require_safe
def carried(request: HttpRequest) -> HttpResponseBase:
    """Where sentences of one's own lie."""
    return page(request, "selfwork/carried.html", {"lines": lines_of(person_of(request))})


@private_view
@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest) -> HttpResponseBase:
    """Choose a sentence and a circle, read who will read it, then carry it there."""
    owner = person_of(request)
    circles = circles_to_carry_into(owner)
    form = CarryForm(request.POST or None, circles=circles, sentences=_sentences(request, owner))
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        circle, words = form.cleaned_data["circle"], form.cleaned_data["words"]
        sure = SureForm(request.POST)
        try:
            if "carry" not in request.POST:
                return _preview(request, circle, words)
            readers = sure.cleaned_data["readers"] if sure.is_valid() else ()
            services.carry(owner=owner, circle=circle, words=words, readers=readers)
        except services.OthersThere as error:
            messages.warning(request, str(error))
            return _preview(request, circle, words, status=409)
        except CircleError as error:
            form.add_error("circle", str(error))
        else:
            messages.success(request, _("It lies there now. You can take it back at any time."))
            return go(request, "selfwork:carried")
    context = {"form": form, "has_circles": circles.exists()}
    return page(request, "selfwork/carry.html", context, status=422 if form.errors else 200)


def _preview(
    request: HttpRequest, circle: Circle, words: str, *, status: int = 200
) -> HttpResponseBase:
    """Exactly who will read it. Raises NobodyThere."""
    owner = person_of(request)
    readers = services.readers_in(circle, owner)
    if not readers:
        raise services.NobodyThere
    context = {
        "into": circle,
        "words": words,
        "readers": readers,
        "seen": ",".join(str(person.pk) for person in readers),
        "replaces": CarriedLine.objects.filter(owner=owner, circle=circle).first(),
    }
    return page(request, "selfwork/carry_preview.html", context, status=status)


def _sentences(request: HttpRequest, owner: Person) -> list[str]:
    """Those of the turn or practice that the address names; of nothing else's."""
    mine: dict[str, QuerySet[Any]] = {
        "turn": Turn.objects.filter(conversation__part__owner=owner),
        "entry": Entry.objects.filter(owner=owner),
    }
    for name, rows in mine.items():
        if (given := row_in(request.GET.get(name))) is not None:
            return sentences_of(services.vault_of(owner), get_object_or_404(rows, pk=given))
    return []


@private_view
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a sentence back, after asking once."""
    owner = person_of(request)
    mine = CarriedLine.objects.filter(owner=owner).select_related("circle")
    line = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        services.take_back_line(line=line, owner=owner)
        messages.success(request, _("It is gone from there. Nobody is told."))
        return go(request, "selfwork:carried")
    return page(request, "selfwork/take_back_line.html", {"line": line})

"""A crew rests, wakes, ends, and says goodbye; and what was decided is taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from crews import services
from crews.forms import PartingForm, RestForm
from crews.models import Crew, Cycle, Parting
from crews.models.cycle import GOODBYES
from pages.converters import row_in
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of

MOST_PARTINGS = 20


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def rest(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Let the crew rest; or, while it does, begin again."""
    _require_begun(crew)
    form = RestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        until, decided = form.cleaned_data["until"], _decided_for(request, crew)
        try:
            services.rest(crew=crew, by=person_of(request), until=until, cycle=decided)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your crew rests. The others hear by mail."))
            return go(request, crew)
    context = {"circle": crew, "form": form, "cycle": _waiting_cycle(crew)}
    return page(request, "crews/rest.html", context, status=422 if form.errors else 200)


@require_POST
@circle_view(Crew)
def wake(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """The rest is over."""
    with saying(request, _("You begin again. The others hear by mail.")):
        services.wake(crew=crew, by=person_of(request))
    return go(request, crew)


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def end(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Say what an end means, and do it on a second press."""
    _require_begun(crew)
    if not crew.is_open:
        return go(request, "crews:ending", crew.pk)
    if request.method == "GET":
        context = {"circle": crew, "cycle": _waiting_cycle(crew)}
        return page(request, "crews/end.html", context)
    try:
        services.end(crew=crew, by=person_of(request), cycle=_decided_for(request, crew))
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, crew)
    messages.success(request, _("Your crew has come to its end. Here is its last page."))
    return go(request, "crews:ending", crew.pk)


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def ending(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """The last page: what each of us says; two weeks to write, and then to keep."""
    if crew.closed_at is None:
        raise Http404
    person, now = person_of(request), timezone.now()
    mine = Parting.objects.filter(crew=crew, person=person).first()
    form = PartingForm(
        request.POST if request.method == "POST" else None,
        crew=crew,
        reader=person,
        initial=_first(mine),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.part(crew=crew, by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It stands on the last page."))
            return go(request, "crews:ending", crew.pk)
    context = {
        "circle": crew,
        "form": form if services.page_is_open(crew, now) else None,
        "mine": mine,
        "until": crew.closed_at + GOODBYES,
        "partings": _partings(crew, person),
        "may_take_back": services.may_take_back(crew, now),
    }
    return page(request, "crews/ending.html", context, status=422 if form.errors else 200)


def _first(mine: Parting | None) -> dict[str, Any]:
    if mine is None:
        return {}
    said = ("thanks", "keeps", "open_to", "word", "tells_stewards")
    return {"thanked": mine.thanked_id, **{name: getattr(mine, name) for name in said}}


def _partings(crew: Crew, reader: Person) -> list[Parting]:
    """The others' words first, in the order in which they were said."""
    said = Parting.objects.filter(crew=crew).select_related("person", "thanked")
    found = list(said.order_by("said_at", "pk")[:MOST_PARTINGS])
    return sorted(found, key=lambda parting: parting.person_id == reader.pk)


@require_POST
@circle_view(Crew)
def take_back(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Undo what was decided within the last day."""
    with saying(request, _("It is as it was before. The others hear by mail.")):
        services.take_back_decision(crew=crew, by=person_of(request))
    return go(request, crew)


def _require_begun(crew: Crew) -> None:
    if not crew.has_begun:
        raise Http404


def _waiting_cycle(crew: Crew) -> Cycle | None:
    return Cycle.objects.waiting().filter(crew=crew).first()


def _decided_for(request: HttpRequest, crew: Crew) -> Cycle | None:
    """The cycle that the page was about when somebody pressed."""
    return crew.cycles.filter(number=row_in(request.POST.get("cycle")) or 0).first()

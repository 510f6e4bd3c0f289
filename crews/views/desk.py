"""The stewards' desk: look at the tables of a round, draw, move, lock, name."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from circles.errors import CircleError
from congregation.access import round_view
from crews import services
from crews.errors import TablesChanged
from crews.forms.desk import LockForm, MoveForm, NameForm
from crews.models import Drawing, FormingRound, Participant, ProposedCrew
from crews.services.seating import seating_of
from crews.showing.desk import desk_of
from crews.showing.moves import mover_of, undo_of
from crews.showing.waiting import waiting_of
from pages.respond import asked_by_htmx, go, page
from people.signed_in import person_of

DESK = "crews/desk.html"


def desk_view[**P](
    view: Callable[Concatenate[HttpRequest, FormingRound, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the round `pk` for the stewards of its congregation; 404 for those who may not know of
    it, 403 for other members. A round whose tables are not being set shows its own page."""

    def while_set(
        request: HttpRequest, forming: FormingRound, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if forming.state(timezone.now()) != FormingRound.State.DRAWING:
            return go(request, forming)
        return view(request, forming, *args, **kwargs)

    return wraps(view)(round_view(FormingRound, stewards_only=True)(while_set))


@require_GET
@desk_view
def desk(request: HttpRequest, forming: FormingRound, said: str = "") -> HttpResponseBase:
    """The tables; or, while they are drawn, how far that is."""
    last = forming.drawings.order_by("-pk").first()
    if last is not None and last.ended_at is None:
        context = {"forming": forming, "circle": forming.congregation, "wait": waiting_of(last)}
        return page(request, "crews/desk_waiting.html", context)
    return _shown(request, forming, said, last)


def _shown(
    request: HttpRequest,
    forming: FormingRound,
    said: str,
    last: Drawing | None,
    moved: dict[str, Any] | None = None,
) -> HttpResponseBase:
    person = person_of(request)
    desk = desk_of(forming, person)
    context = {
        "forming": forming,
        "circle": forming.congregation,
        "desk": desk,
        "last": last,
        "said": said,
        "undo": undo_of(desk, request.GET if moved is None else moved),
    }
    return page(request, DESK, context, part="desk")


@require_GET
@desk_view
def progress(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """How far the drawing is, for a page that waits: 204 while nothing is new."""
    last = forming.drawings.order_by("-pk").first()
    if last is None or last.ended_at is not None:
        return go(request, "crews:desk", forming.pk)
    wait = waiting_of(last)
    if wait.seen == request.GET.get("seen"):
        return HttpResponse(status=204)
    context = {"forming": forming, "circle": forming.congregation, "wait": wait}
    return page(request, "crews/desk_waiting.html", context, part="progress")


@require_POST
@desk_view
def draw(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """Ask for tables, around those that are locked."""
    return _done(
        request, forming, lambda: services.ask_for_drawing(forming=forming, by=person_of(request))
    )


@require_POST
@desk_view
def stop(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """Stop drawing, with the best so far."""
    running = forming.drawings.going_on().first()
    if running is not None:
        services.stop_drawing(drawing=running, by=person_of(request))
    return go(request, "crews:desk", forming.pk)


@require_GET
@desk_view
def table(request: HttpRequest, forming: FormingRound, table: int) -> HttpResponseBase:
    """One table: move somebody, give it a name."""
    desk = desk_of(forming, person_of(request))
    shown = next((one for one in desk.tables if one.proposed.pk == table), None)
    if shown is None:
        return _changed(request, forming)
    context = {
        "forming": forming,
        "circle": forming.congregation,
        "table": shown,
        "form": NameForm(initial={"name": shown.proposed.name, "seen": forming.version}),
    }
    return page(request, "crews/desk_table.html", context)


@require_http_methods(["GET", "POST"])
@desk_view
def move(request: HttpRequest, forming: FormingRound, participant: int) -> HttpResponseBase:
    """Where somebody could sit and what that does; and moving them there."""
    person = person_of(request)
    hands = forming.participants.up().select_related("person")
    hand = get_object_or_404(hands, pk=participant)
    if request.method == "POST":
        return _move(request, forming, hand)
    mover = mover_of(seating_of(forming), hand, person)
    context = {"forming": forming, "circle": forming.congregation, "mover": mover}
    return page(request, "crews/desk_move.html", context, part="ways")


def _move(request: HttpRequest, forming: FormingRound, hand: Participant) -> HttpResponseBase:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _changed(request, forming)
    came_from = hand.seats.kept().values_list("proposed", flat=True).first()
    wish = form.cleaned_data
    return _done(
        request,
        forming,
        lambda: services.move_to(
            forming=forming,
            by=person_of(request),
            version=wish["seen"],
            participant=hand,
            to=wish["to"],
        ),
        moved={"moved": str(hand.pk), "from": str(came_from or "none")},
    )


@require_POST
@desk_view
def lock(request: HttpRequest, forming: FormingRound, table: int) -> HttpResponseBase:
    """Lock or unlock a table."""
    proposed, form = _proposed(forming, table), LockForm(request.POST)
    if proposed is None or not form.is_valid():
        return _changed(request, forming)
    return _done(
        request,
        forming,
        lambda: services.lock_table(
            table=proposed,
            by=person_of(request),
            version=form.cleaned_data["seen"],
            locked=form.cleaned_data["lock"],
        ),
    )


@require_POST
@desk_view
def name(request: HttpRequest, forming: FormingRound, table: int) -> HttpResponseBase:
    """Give a table a name."""
    proposed, form = _proposed(forming, table), NameForm(request.POST)
    if proposed is None:
        return _changed(request, forming)
    if not form.is_valid():
        desk = desk_of(forming, person_of(request))
        shown = next(one for one in desk.tables if one.proposed == proposed)
        context = {
            "forming": forming,
            "circle": forming.congregation,
            "table": shown,
            "form": form,
        }
        return page(request, "crews/desk_table.html", context, status=422)
    wish = form.cleaned_data
    return _done(
        request,
        forming,
        lambda: services.name_table(
            table=proposed, by=person_of(request), version=wish["seen"], name=wish["name"]
        ),
    )


def _proposed(forming: FormingRound, table: int) -> ProposedCrew | None:
    return forming.proposed.filter(pk=table).first()


def _changed(request: HttpRequest, forming: FormingRound) -> HttpResponseBase:
    """The page that was open is of another time: the desk as it stands, and a word."""
    return _answer(request, forming, str(TablesChanged()), None)


def _done(
    request: HttpRequest,
    forming: FormingRound,
    wish: Callable[[], object],
    moved: dict[str, str] | None = None,
) -> HttpResponseBase:
    try:
        wish()
    except CircleError as error:
        return _answer(request, forming, str(error), None)
    return _answer(request, forming, "", moved)


def _answer(
    request: HttpRequest, forming: FormingRound, said: str, moved: dict[str, str] | None
) -> HttpResponseBase:
    """The desk after a press: its part for htmx, else the page again."""
    fresh = FormingRound.objects.select_related("congregation").get(pk=forming.pk)
    last = fresh.drawings.order_by("-pk").first()
    is_drawn = last is not None and last.ended_at is None
    if asked_by_htmx(request) and not is_drawn:
        return _shown(request, fresh, said, last, moved or {})
    if said:
        messages.info(request, said)
    query = f"?moved={moved['moved']}&from={moved['from']}" if moved else ""
    return go(request, reverse("crews:desk", args=[forming.pk]) + query)

"""Who may open a round, or a request for help and the page where one asks; others get 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from circles.access import circle_view, seat_of
from circles.models import Circle
from circles.scales import Scale
from congregation.models import HelpRequest
from people.signed_in import person_of


def round_view[R, **P](
    model: type[R], *, stewards_only: bool = False
) -> Callable[
    [Callable[Concatenate[HttpRequest, R, P], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Load the round `pk` through `visible_to`, with its congregation, or answer 404.

    With `stewards_only` members who are no stewards get 403.
    """
    rounds: Any = model

    def decorate(
        view: Callable[Concatenate[HttpRequest, R, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(
            request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            person = person_of(request)
            visible = rounds.objects.visible_to(person)
            round = get_object_or_404(visible.select_related("congregation", "opened_by"), pk=pk)
            if stewards_only:
                seat = seat_of(person, round.congregation)
                if seat is None or not seat.is_steward:
                    raise PermissionDenied
            return view(request, round, *args, **kwargs)

        return wrapped

    return decorate


def help_view[**P](
    view: Callable[Concatenate[HttpRequest, HelpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the request `pk` through `visible_to`; 404 otherwise."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        visible = HelpRequest.objects.visible_to(person_of(request), timezone.now())
        visible = visible.select_related("circle__parent", "session", "asked_by")
        return view(request, get_object_or_404(visible, pk=pk), *args, **kwargs)

    return wrapped


def table_view[**P](
    view: Callable[Concatenate[HttpRequest, Circle, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the crew or dyad `pk` for who sits there; 404 without a congregation or at its end."""

    def inside(
        request: HttpRequest, circle: Circle, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if circle.parent is None or not circle.is_open or circle.scale not in TABLES:
            raise Http404
        return view(request, circle, *args, **kwargs)

    return wraps(view)(circle_view(Circle)(inside))


TABLES = {Scale.DYAD, Scale.CREW}

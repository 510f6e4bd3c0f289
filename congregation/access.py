"""Who may open a request for help, and the page where one asks. Others hear it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from circles.access import circle_view
from circles.models import Circle
from circles.scales import Scale
from congregation.models import HelpRequest
from people.signed_in import person_of


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

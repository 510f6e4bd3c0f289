"""Who may open what: one decorator, one question to the database."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from circles.models import Circle, Membership
from circles.seats import seats_of
from people.signed_in import person_of


def circle_view[C: Circle, **P](
    model: type[C], *, members_only: bool = True, stewards_only: bool = False
) -> Callable[
    [Callable[Concatenate[HttpRequest, C, P], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Load the circle `pk` for the view, or answer 404 to those who may not know of it.

    With `members_only` somebody who may see the circle without sitting in it gets 403; with
    `stewards_only` so does a member who is no steward.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, C, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(
            request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            person = person_of(request)
            seat = _seat_in(person, pk)
            # Where one sits one may look; else the rule of `visible_to` decides.
            circles = model._default_manager.all() if seat else _visible(model, person)
            circle = get_object_or_404(circles, pk=pk)
            if (members_only and seat is None) or (
                stewards_only and not (seat and seat.is_steward)
            ):
                raise PermissionDenied
            return view(request, circle, *args, **kwargs)

        return wrapped

    return decorate


def _visible(model: type[Any], person: Any) -> Any:
    return model.objects.visible_to(person)


def seat_of(person: Any, circle: Circle) -> Membership | None:
    """The person's present seat in the circle, if they have one."""
    return _seat_in(person, circle.pk)


def _seat_in(person: Any, circle: int) -> Membership | None:
    return next((seat for seat in seats_of(person) if seat.circle_id == circle), None)

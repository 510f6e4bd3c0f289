"""Who may open a round of pairing: those with a seat in its congregation; others get 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from circles.access import seat_of
from dyads.models import PairingRound
from people.signed_in import person_of


def round_view[**P](
    *, stewards_only: bool = False
) -> Callable[
    [Callable[Concatenate[HttpRequest, PairingRound, P], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Load the round `pk` through `visible_to`, with its congregation, or answer 404.

    With `stewards_only` members who are no stewards get 403. The person's seat in the
    congregation is on `request.seat`.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, PairingRound, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(
            request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            person = person_of(request)
            rounds = PairingRound.objects.visible_to(person)
            round = get_object_or_404(rounds.select_related("congregation", "opened_by"), pk=pk)
            seat = seat_of(person, round.congregation)
            if stewards_only and not (seat and seat.is_steward):
                raise PermissionDenied
            request.seat = seat  # type: ignore[attr-defined]
            return view(request, round, *args, **kwargs)

        return wrapped

    return decorate

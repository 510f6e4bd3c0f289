"""Who may open what in the library. What somebody may not see is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from library.models import Draft, Practice
from people.models import Person
from people.signed_in import person_of


def reader_of(request: HttpRequest) -> Person | None:
    """Who reads, or None for a visitor."""
    return request.user if isinstance(request.user, Person) else None


def practice_view[**P](
    view: Callable[Concatenate[HttpRequest, Practice, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the practice `slug`, with its steps, through `visible_to`; 404 otherwise."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        shelf = Practice.objects.visible_to(reader_of(request)).prefetch_related("steps")
        whole = shelf.select_related("home", "written_by", "variation_of__home")
        return view(request, get_object_or_404(whole, slug=slug), *args, **kwargs)

    return wrapped


def draft_view[**P](
    view: Callable[Concatenate[HttpRequest, Draft, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the draft `pk` for its writer, or for those who may publish it; 404 otherwise."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        drafts = Draft.objects.visible_to(person_of(request))
        whole = drafts.select_related("home", "written_by", "practice__home", "variation_of")
        return view(request, get_object_or_404(whole, pk=pk), *args, **kwargs)

    return wrapped


def own_draft_view[**P](
    view: Callable[Concatenate[HttpRequest, Draft, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """As `draft_view`, for the writer alone; 403 for those who may only publish it."""

    def allowed(
        request: HttpRequest, draft: Draft, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if draft.written_by != person_of(request):
            raise PermissionDenied
        return view(request, draft, *args, **kwargs)

    return wraps(view)(draft_view(allowed))

"""Who may open a meeting or a poll: those with a seat in its circle. Others are told it is not
there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from circles.access import seat_of
from circles.models import Circle
from circles.scales import Scale
from people.signed_in import person_of
from practice.models import Poll, PracticeSession, Rhythm
from practice.services import may_plan


def is_for_one(circle: Circle) -> bool:
    """Whether somebody sits there alone, with themselves."""
    return circle.scale == Scale.SELF


def for_one_too[**P, Answer](view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Mark a view that also makes sense for somebody alone; any other is not there for them."""
    vars(view)["is_for_one_too"] = True
    return view


def among_others[**P, About: Circle | PracticeSession | Rhythm](
    view: Callable[Concatenate[HttpRequest, About, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, About, P], HttpResponseBase]:
    """Answer 404 where somebody sits alone, unless the view is marked `for_one_too`.

    Nobody answers, hosts or is a guest there; and what is written about it belongs into the
    private place, sealed.
    """

    @wraps(view)
    def wrapped(
        request: HttpRequest, about: About, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        circle = about if isinstance(about, Circle) else about.circle
        if is_for_one(circle) and not hasattr(view, "is_for_one_too"):
            raise Http404
        return view(request, about, *args, **kwargs)

    return wrapped


def session_view[**P](
    view: Callable[Concatenate[HttpRequest, PracticeSession, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the meeting `pk`, with answers, through `visible_to`; 404 otherwise."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        sessions = PracticeSession.objects.visible_to(person_of(request)).with_answers()
        session = get_object_or_404(sessions, pk=pk)
        return among_others(view)(request, session, *args, **kwargs)

    return wrapped


def attending_view[**P](
    view: Callable[Concatenate[HttpRequest, PracticeSession, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """As `session_view`, also for guests of this one meeting."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        sessions = PracticeSession.objects.concerning(person_of(request)).with_answers()
        session = get_object_or_404(sessions, pk=pk)
        return among_others(view)(request, session, *args, **kwargs)

    return wrapped


def planning_view[**P](
    view: Callable[Concatenate[HttpRequest, PracticeSession, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """As `session_view`, for those who may change the meeting; 403 for the others inside."""

    @wraps(view)
    def allowed(
        request: HttpRequest, session: PracticeSession, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not may_plan(session.circle, person_of(request)):
            raise PermissionDenied
        return view(request, session, *args, **kwargs)

    return session_view(allowed)


def rhythm_view[**P](
    view: Callable[Concatenate[HttpRequest, Rhythm, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the rhythm `pk` for those who plan their circle's meetings; as `planning_view` else."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        person = person_of(request)
        rhythm = get_object_or_404(Rhythm.objects.select_related("circle"), pk=pk)
        if seat_of(person, rhythm.circle) is None:
            raise Http404
        if not may_plan(rhythm.circle, person):
            raise PermissionDenied
        return among_others(view)(request, rhythm, *args, **kwargs)

    return wrapped


def poll_view[**P](
    view: Callable[Concatenate[HttpRequest, Poll, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the poll `pk` with its circle through `visible_to`; 404 otherwise."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        polls = Poll.objects.visible_to(person_of(request))
        polls = polls.select_related("circle", "made_by", "closed_by", "rhythm")
        return view(request, get_object_or_404(polls, pk=pk), *args, **kwargs)

    return wrapped


def poll_planning_view[**P](
    view: Callable[Concatenate[HttpRequest, Poll, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """As `poll_view`, for those who may plan; 403 for the others inside."""

    def allowed(
        request: HttpRequest, poll: Poll, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not may_plan(poll.circle, person_of(request)):
            raise PermissionDenied
        return view(request, poll, *args, **kwargs)

    return wraps(view)(poll_view(allowed))

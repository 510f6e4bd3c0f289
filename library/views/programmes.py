"""Programmes: open to everyone, visitors too."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from circles.models import Circle
from circles.scales import Scale
from circles.seats import seats_of
from library.models import Practice, Programme
from library.views.shelf import base_of
from pages.respond import page
from people.models import Person

MOST_SHOWN = 100


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponseBase:
    """All programmes by scale."""
    programmes = list(Programme.objects.annotate(meetings=Count("parts"))[:MOST_SHOWN])
    groups = [
        (value, label, [programme for programme in programmes if programme.scale == value])
        for value, label in Practice.Scale.choices
    ]
    context = {"groups": [group for group in groups if group[2]], "base": base_of(request)}
    return page(request, "library/programmes.html", context)


@require_safe
@login_not_required
def programme(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One programme with its meetings, ready to be printed; and who could take it on."""
    found = get_object_or_404(Programme.objects.with_parts(), slug=slug)
    parts = list(found.parts.all())
    context = {
        "programme": found,
        "parts": parts,
        "least": min((part.minutes for part in parts), default=0),
        "most": max((part.minutes for part in parts), default=0),
        "circles": _own_circles(request, found.scale),
        "base": base_of(request),
    }
    return page(request, "library/programme.html", context)


def _own_circles(request: HttpRequest, scale: str) -> list[Circle]:
    """The reader's open circles of this scale in which they may plan."""
    if not isinstance(request.user, Person):
        return []
    return [
        seat.circle
        for seat in seats_of(request.user)
        if seat.scale == scale
        and seat.circle.is_open
        and (scale != Scale.CONGREGATION or seat.is_steward)
    ]

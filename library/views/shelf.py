"""The shelf: everybody's practices are open to visitors, a congregation's own to its people."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from library.access import practice_view, reader_of
from library.forms import SearchForm
from library.models import Practice, homes_of
from library.searching import looked_for, wider
from library.showing import tried
from pages.registry import done_here
from pages.respond import page

PAGE_SIZE = 60


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponseBase:
    """All practices by scale, or those that were looked for."""
    form = SearchForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    shelf = Practice.objects.visible_to(reader_of(request))
    rows = looked_for(shelf, wanted).in_order().select_related("home", "written_by")
    rows = rows.defer("opening", "caution", "roles", "found_by")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    wishes = {name: value for name, value in wanted.items() if value}
    context = {
        "form": form,
        "shown": shown,
        "groups": [
            (scale, Practice.Scale(scale).label, list(practices))
            for scale, practices in groupby(shown, key=lambda practice: practice.scale)
        ],
        "is_search": bool(wishes),
        "wider": [] if shown.paginator.count else wider(shelf, wanted),
        "keep": f"&{urlencode(wishes)}" if wishes else "",
        "base": base_of(request),
    }
    return page(request, "library/index.html", context, part="found")


@require_safe
@login_not_required
@practice_view
def practice(request: HttpRequest, practice: Practice) -> HttpResponseBase:
    """One practice, ready to be read aloud or printed."""
    reader = reader_of(request)
    homes = homes_of(reader) if reader else set()
    origin = practice.variation_of
    context = {
        "practice": practice,
        "text": practice.text,
        "origin": origin if origin and origin.home_id in {None, *homes} else None,
        "may_change": practice.home_id in homes,
        "done_at": next(filter(None, (find(practice.slug) for find in done_here.sources)), ""),
        "tried": tried(practice, reader, timezone.now()),
        "base": base_of(request),
    }
    return page(request, "library/practice.html", context)


def base_of(request: HttpRequest) -> str:
    """The frame: the house for who is signed in, the hall for visitors."""
    return "base.html" if request.user.is_authenticated else "hall.html"

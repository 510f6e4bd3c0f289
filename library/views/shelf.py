"""The library: open to everyone, visitors too."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from library.forms import SearchForm
from library.models import Practice
from pages.respond import page

MOST_SHOWN = 200


@login_not_required
def index(request: HttpRequest) -> HttpResponseBase:
    """All practices by scale, or those that were looked for."""
    form = SearchForm(request.GET or None)
    found = Practice.objects.published().defer("opening", "caution", "roles")
    if form.is_valid():
        wanted = form.cleaned_data
        found = found.matching(wanted["words"]).fitting(
            people=wanted["people"], minutes=wanted["minutes"]
        )
        if wanted["scale"]:
            found = found.for_scale(wanted["scale"])
    practices = list(found.order_by("minutes", "title")[:MOST_SHOWN])
    groups = [
        (value, label, [practice for practice in practices if practice.scale == value])
        for value, label in Practice.Scale.choices
    ]
    context = {
        "form": form,
        "groups": [group for group in groups if group[2]],
        "base": _base(request),
    }
    return page(request, "library/index.html", context, part="found")


@login_not_required
def practice(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One practice, ready to be read aloud or printed."""
    found = get_object_or_404(Practice.objects.published().prefetch_related("steps"), slug=slug)
    return page(request, "library/practice.html", {"practice": found, "base": _base(request)})


def _base(request: HttpRequest) -> str:
    return "base.html" if request.user.is_authenticated else "hall.html"

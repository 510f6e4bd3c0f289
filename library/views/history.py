"""How a practice came to be."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles.saying import saying
from library import services
from library.access import practice_view, reader_of
from library.comparing import compare
from library.models import Practice
from library.views.shelf import base_of
from pages.respond import go, page
from people.signed_in import person_of

PAGE_SIZE = 40


@require_safe
@login_not_required
@practice_view
def history(request: HttpRequest, practice: Practice) -> HttpResponseBase:
    """Every edition, the latest first."""
    editions = practice.editions.select_related("written_by").defer("body")
    context = {
        "practice": practice,
        "shown": Paginator(editions, PAGE_SIZE).get_page(request.GET.get("page")),
        "base": base_of(request),
    }
    return page(request, "library/history.html", context)


@require_safe
@login_not_required
@practice_view
def edition(request: HttpRequest, practice: Practice, number: int) -> HttpResponseBase:
    """One edition as it was, and what it changed."""
    found = get_object_or_404(practice.editions.select_related("written_by"), number=number)
    before = practice.editions.filter(number__lt=number).first()
    reader = reader_of(request)
    is_latest = not practice.editions.filter(number__gt=number).exists()
    context = {
        "practice": practice,
        "edition": found,
        "text": found.text,
        "changes": compare(before.text, found.text) if before else [],
        "is_latest": is_latest,
        "may_bring_back": not is_latest
        and reader is not None
        and practice.home is not None
        and services.may_publish(practice.home, reader),
        "base": base_of(request),
    }
    return page(request, "library/edition.html", context)


@require_POST
@practice_view
def bring_back(request: HttpRequest, practice: Practice, number: int) -> HttpResponseBase:
    """Make it the newest edition again."""
    found = get_object_or_404(practice.editions.all(), number=number)
    with saying(request, _("Edition {number} is on the shelf again.").format(number=number)):
        services.bring_back(edition=found, by=person_of(request))
    return go(request, practice)

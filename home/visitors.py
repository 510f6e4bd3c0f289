"""Pages for whoever comes by."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase

from circles.scales import relationships
from pages.respond import go, page


@login_not_required
def welcome(request: HttpRequest) -> HttpResponseBase:
    """What this place is, in a few words, and one way in."""
    if request.user.is_authenticated:
        return go(request, "home:today")
    return page(request, "home/welcome.html")


@login_not_required
def idea(request: HttpRequest) -> HttpResponseBase:
    """Why groups of different sizes, and what practice means here."""
    sizes = [(people, relationships(people)) for people in (2, 3, 5, 6, 8, 50)]
    base = "base.html" if request.user.is_authenticated else "hall.html"
    return page(request, "home/idea.html", {"sizes": sizes, "base": base})


@login_not_required
def privacy(request: HttpRequest) -> HttpResponseBase:
    """Who can read what."""
    base = "base.html" if request.user.is_authenticated else "hall.html"
    return page(request, "home/privacy.html", {"base": base})

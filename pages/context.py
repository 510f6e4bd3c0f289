"""What every template may use."""

from itertools import chain
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pages.registry import Way, ways

# Which part of the navigation an app's pages belong to.
PLACES = {
    "home": "today",
    "selfwork": "self",
    "dyads": "dyad",
    "crews": "crew",
    "congregation": "congregation",
    "library": "practices",
    "practice": "calendar",
    "people": "you",
    "notifications": "you",
}


def site(request: HttpRequest) -> dict[str, Any]:
    """Whether this is a demo, where in the navigation the reader is, and ways of theirs.

    The ways are looked up only where a template asks for them.
    """
    app = request.resolver_match.app_name if request.resolver_match else ""

    def own_ways() -> list[Way]:
        return list(chain.from_iterable(source(request.user) for source in ways.sources))

    return {"DEMO": settings.DEMO, "place": PLACES.get(app, ""), "own_ways": own_ways}

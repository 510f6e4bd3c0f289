"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

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
    """Whether this is a demo, and where in the navigation the reader is."""
    app = request.resolver_match.app_name if request.resolver_match else ""
    return {"DEMO": settings.DEMO, "place": PLACES.get(app, "")}

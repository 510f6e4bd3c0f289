"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Whether this is a demo, and where the site lives."""
    return {"DEMO": settings.DEMO, "SITE_URL": settings.SITE_URL}

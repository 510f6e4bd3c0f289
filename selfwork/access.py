"""The owner's pages: nothing of them in an error report, and a calm word for a wrong key."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from pages.respond import page
from selfwork.vault import VaultError

logger = logging.getLogger(__name__)


def private_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep what is typed and read out of error reports.

    When no key of the environment opens the writing, say so; nothing is written over it.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return guarded(request, *args, **kwargs)
        except VaultError:
            logger.error("No key in SELFWORK_KEYS opens a data key; has the newest one gone?")
            return page(request, "selfwork/locked.html", status=503)

    guarded = sensitive_post_parameters()(sensitive_variables()(view))
    return wrapped
